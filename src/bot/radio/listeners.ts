import type { Guild } from 'discord.js';

/** IDs of the people in a voice channel; bots don't listen. */
export function listenersIn(guild: Guild, channel: string): readonly string[] {
  return others(guild, channel, false);
}

/** IDs of the other bots in a voice channel. */
export function botsIn(guild: Guild, channel: string): readonly string[] {
  return others(guild, channel, true);
}

function others(guild: Guild, channel: string, areBots: boolean): readonly string[] {
  return guild.voiceStates.cache
    .filter(
      ({ channelId, id, member }) =>
        channelId === channel && id !== guild.client.user.id && (member?.user.bot === true) === areBots,
    )
    .map(({ id }) => id);
}
