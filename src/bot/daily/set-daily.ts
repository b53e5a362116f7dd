import type { Guild, PermissionsString } from 'discord.js';
import { UserError } from '../../errors/user-error.js';
import { usualHour, type Daily } from './daily.js';

/** What the bot needs in the channel. */
export const neededPermissions: readonly PermissionsString[] = ['ViewChannel', 'SendMessages', 'AttachFiles'];

/** A manager's choice. */
export interface DailyChoice {
  /** ID; without one, no more pieces are posted. */
  readonly channel: string | undefined;
  readonly hour: number | undefined;
  /** When it was made, in milliseconds since 1970. */
  readonly atMs: number;
}

/** The settings after a manager's choice. @throws UserError when the bot cannot post in the channel */
export function chooseDaily(before: Daily | undefined, choice: DailyChoice, guild: Guild | null): Daily {
  const { channel, atMs } = choice;
  const hour = choice.hour ?? before?.hour ?? usualHour;
  if (channel !== undefined) checkChannel(guild, channel);
  // What was posted today is kept, so that a change does not post a second piece.
  return { ...before, channel, hour, since: atMs };
}

function checkChannel(guild: Guild | null, id: string): void {
  const channel = guild?.channels.cache.get(id);
  const missing = channel
    ? channel.permissionsFor(channel.client.user)?.missing([...neededPermissions])
    : [...neededPermissions];
  if (missing === undefined || missing.length === 0) return;
  throw new UserError('bot.channel-permissions', { channel: `<#${id}>`, missing });
}
