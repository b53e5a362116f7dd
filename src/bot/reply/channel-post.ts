import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from 'discord.js';
import { UserError } from '../../errors/user-error.js';
import { ChannelMessage } from './channel-message.js';
import type { MessageContent } from './message-content.js';
import type { MessageTarget } from './live-message.js';

const refusals = new Set<string | number>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
]);

/**
 * Acknowledges an interaction privately; the answer is then posted in another channel.
 * @param channel ID
 */
export async function channelPost(
  interaction: RepliableInteraction,
  channel: string,
): Promise<MessageTarget> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const posted = new ChannelMessage(interaction.client.rest, channel);
  return {
    async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
      try {
        await posted.show(message, signal);
      } catch (error) {
        if (!(error instanceof DiscordAPIError) || !refusals.has(error.code)) throw error;
        throw new UserError('share.channel', { channel });
      }
    },
    withdraw: () => posted.delete(),
  };
}
