import { Routes, type Message } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import { ChannelMessage } from './channel-message.js';
import { voiceMessage, type MessageContent } from './message-content.js';
import type { VoicedTarget } from './live-message.js';

/**
 * A reply to someone's message; until it is posted, Discord shows that the bot is typing.
 * @param nonce by which Discord recognises a repeated post
 */
export async function messageReply({ client, channel, id }: Message, nonce: string): Promise<VoicedTarget> {
  if (channel.isSendable()) await channel.sendTyping();
  const reply = new ChannelMessage(client.rest, channel.id, undefined, id, nonce);
  return {
    show: (message: MessageContent, signal?: AbortSignal) => reply.show(message, signal),
    speak: async (composition: Composition) => {
      await client.rest.post(Routes.channelMessages(channel.id), voiceMessage(composition));
    },
    withdraw: () => reply.delete(),
  };
}
