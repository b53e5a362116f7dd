import { MessageFlags, Routes, type RepliableInteraction } from 'discord.js';
import { messageBody, uploads, type MessageContent } from './message-content.js';
import type { MessagePlace } from './reply.js';

/**
 * Acknowledges an interaction: Discord shows that the bot is thinking, to everyone or to the
 * person alone, in the message that the answer will be.
 */
export async function deferredPlace(
  interaction: RepliableInteraction,
  isPrivate: boolean,
): Promise<MessagePlace> {
  await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  const { client, applicationId, token } = interaction;
  return {
    // Not through discord.js's own `editReply`, which cannot be aborted.
    async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
      await client.rest.patch(Routes.webhookMessage(applicationId, token), {
        body: messageBody(message),
        files: uploads(message.files),
        auth: false,
        ...(signal !== undefined && { signal }),
      });
    },
  };
}
