import type { BaseInteraction } from 'discord.js';
import { UserError } from '../../errors/user-error.js';

/**
 * Checks that somebody manages the server. What Discord shows to whom is only a default that a
 * server may change, so every entry checks this itself.
 * @throws UserError in direct messages, and for everybody else
 */
export function requireManager(interaction: BaseInteraction): void {
  serverOf(interaction);
  if (!managesServer(interaction)) {
    throw new UserError('settings.only-managers');
  }
}

export function managesServer({ memberPermissions }: BaseInteraction): boolean {
  return memberPermissions?.has('ManageGuild') === true;
}

/** The id of the server. @throws UserError in direct messages */
export function serverOf({ guildId }: BaseInteraction): string {
  if (guildId === null) {
    throw new UserError('settings.no-server');
  }
  return guildId;
}
