import { MessageFlags, Routes, type RepliableInteraction } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import { messageBody, uploads, voiceMessage, type MessageContent } from './message-content.js';
import type { VoicedTarget } from './live-message.js';

/**
 * Acknowledges an interaction: Discord shows that the bot is thinking, to everyone or only to the person, in
 * the message that will become the answer.
 */
export async function deferredReply(
  interaction: RepliableInteraction,
  isPrivate: boolean,
): Promise<VoicedTarget> {
  await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
  const { client, applicationId, token } = interaction;
  return {
    // discord.js's own `editReply` cannot be aborted.
    async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
      await client.rest.patch(Routes.webhookMessage(applicationId, token), {
        body: messageBody(message),
        files: uploads(message.files),
        auth: false,
        ...(signal !== undefined && { signal }),
      });
    },
    // The error message replaces what was shown.
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
