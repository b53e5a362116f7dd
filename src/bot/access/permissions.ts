import type { Message, PermissionsBitField, PermissionsString, RepliableInteraction } from 'discord.js';
import { UserError } from '../../errors/user-error.js';

/** What the bot may do in a channel; null if unknown, and in direct messages, where Discord decides. */
export type BotPermissions = Readonly<PermissionsBitField> | null;

/** What the bot may do in the channel of an interaction or a message. */
export function botPermissionsIn(asked: RepliableInteraction | Message): BotPermissions {
  if (asked.guildId === null) return null;
  if (!('channel' in asked) || !('author' in asked)) return asked.appPermissions;
  return asked.inGuild() ? asked.channel.permissionsFor(asked.client.user) : null;
}

/** @throws UserError naming the permissions that are missing. */
export function requirePermissions(permissions: BotPermissions, needed: readonly PermissionsString[]): void {
  const missing = permissions?.missing([...needed]) ?? [];
  if (missing.length === 0) return;
  throw new UserError('bot.permissions', { missing });
}

/**
 * Checks that someone may delete a message or cancel work: its owner, or in a server anyone who can delete
 * others' messages.
 * @param owner id of a user
 * @throws UserError for everyone else.
 */
export function requireOwner(
  interaction: RepliableInteraction,
  owner: string | undefined,
  act: 'cancel' | 'delete',
): void {
  if (interaction.user.id === owner || interaction.memberPermissions?.has('ManageMessages') === true) return;
  throw new UserError('bot.not-owner', { act });
}
