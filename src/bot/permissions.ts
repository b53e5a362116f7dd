import type { PermissionsString, RepliableInteraction } from 'discord.js';
import { UserError } from '../music/user-error.js';

/**
 * Checks, in a server, what the bot may do in the channel of an interaction.
 * @throws UserError naming the permissions that are missing.
 */
export function requirePermissions(
  interaction: RepliableInteraction,
  needed: readonly PermissionsString[],
): void {
  if (interaction.guildId === null) return;
  const missing = interaction.appPermissions.missing([...needed]);
  if (missing.length === 0) return;
  const names = missing.map((name) => `“${words(name)}”`).join(' and ');
  throw new UserError(
    'bot.permissions',
    `I lack the permission ${names} in this channel; please ask someone who manages the server to give it to me, or use me elsewhere.`,
  );
}

/** `AttachFiles` as Discord's settings say it: Attach Files. */
function words(permission: PermissionsString): string {
  return permission.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}
