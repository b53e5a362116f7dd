import { MessageFlags, type Message } from 'discord.js';
import { UserError } from '../../errors/user-error.js';
import type { ActionInteraction } from './command.js';

/**
 * The message that a button or a modal belongs to.
 * @throws UserError when there is none; Discord's own clients always send one.
 */
export function messageOf(interaction: ActionInteraction): Message {
  if (interaction.message !== null) return interaction.message;
  throw new UserError('action.no-message');
}

/** Whether only the requester sees the message. */
export function isPrivate(message: Message): boolean {
  return message.flags.has(MessageFlags.Ephemeral);
}
