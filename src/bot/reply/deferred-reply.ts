import { MessageFlags, Routes, type RepliableInteraction } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import { messageBody, uploads, voiceMessage, type MessageContent } from './message-content.js';
import type { VoicedTarget } from './live-message.js';

/**
 * Acknowledges an interaction: Discord shows that the bot is thinking, to everyone or to the
 * person alone, in the message that the answer will be.
 */
export async function deferredReply(
  interaction: RepliableInteraction,
  isPrivate: boolean,
): Promise<VoicedTarget> {
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
    // Telling a failure takes the place of what was shown.
    withdraw: () => Promise.resolve(),
    async speak(composition: Composition): Promise<void> {
      const { body, files } = voiceMessage(composition);
      await client.rest.post(Routes.webhook(applicationId, token), {
        body: { ...body, flags: isPrivate ? body.flags | MessageFlags.Ephemeral : body.flags },
        files,
        auth: false,
      });
    },
  };
}
