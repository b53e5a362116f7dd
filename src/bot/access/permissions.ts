import type { Message, PermissionsBitField, PermissionsString, RepliableInteraction } from 'discord.js';
import { UserError } from '../../errors/user-error.js';

/**
 * Checks, in a server, what the bot may do in the channel of an interaction.
 * @throws UserError naming the permissions that are missing.
 */
export function requirePermissions(
  interaction: RepliableInteraction,
  needed: readonly PermissionsString[],
): void {
  if (interaction.guildId !== null) requireAll(interaction.appPermissions, needed);
}

/**
 * Checks, in a server, what the bot may do in the channel of a message.
 * @throws UserError naming the permissions that are missing.
 */
export function requireMessagePermissions(message: Message, needed: readonly PermissionsString[]): void {
  if (message.inGuild()) requireAll(message.channel.permissionsFor(message.client.user), needed);
}

/** @param permissions null when nobody knows them: then Discord will say. */
function requireAll(
  permissions: Readonly<PermissionsBitField> | null,
  needed: readonly PermissionsString[],
): void {
  const missing = permissions?.missing([...needed]) ?? [];
  if (missing.length === 0) return;
  const names = missing.map((name) => `“${words(name)}”`).join(' and ');
  throw new UserError(
    'bot.permissions',
    `I lack the permission ${names} in this channel; please ask someone who manages the server to give it to me, or use me elsewhere.`,
    { missing },
  );
}

/** `AttachFiles` as Discord's settings say it: Attach Files. */
function words(permission: PermissionsString): string {
  return permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

/**
 * Checks that somebody may do away with a message or a piece of work: its owner, or in a server
 * those who may delete messages of others.
 * @param owner id of a user
 * @throws UserError for everybody else.
 */
export function requireOwner(
  interaction: RepliableInteraction,
  owner: string | undefined,
  act: 'cancel' | 'delete',
): void {
  if (interaction.user.id === owner || interaction.memberPermissions?.has('ManageMessages') === true) return;
  throw new UserError(
    'bot.not-owner',
    `Only the person who asked for this, and people with the permission “Manage Messages”, can ${act} it.`,
    { act },
  );
}
