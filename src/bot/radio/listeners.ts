import type { Guild } from 'discord.js';

/** IDs of the people in a voice channel; bots don't listen. */
export function listenersIn(guild: Guild, channel: string): readonly string[] {
  return guild.voiceStates.cache
    .filter(
      ({ channelId, id, member }) =>
        channelId === channel && id !== guild.client.user.id && member?.user.bot !== true,
    )
    .map(({ id }) => id);
}
