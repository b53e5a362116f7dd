import type { BaseInteraction, Guild } from 'discord.js';
import { UserError } from '../../errors/user-error.js';

/**
 * Checks that someone manages the server. Discord's visibility settings are only defaults that a server can
 * change, so every entry point checks this itself.
 * @throws UserError in direct messages, and for everyone else
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

/** @throws UserError in direct messages, and when the bot is only installed for the person, not in the server */
export function guildOf({ guild }: BaseInteraction): Guild {
  if (guild !== null) return guild;
  throw new UserError('settings.no-server');
}

/** The id of the server. @throws UserError in direct messages */
export function serverOf({ guildId }: BaseInteraction): string {
  if (guildId === null) {
    throw new UserError('settings.no-server');
  }
  return guildId;
}
