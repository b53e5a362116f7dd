import { entersState, VoiceConnectionStatus } from '@discordjs/voice';
import { GatewayIntentBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, type TestBot } from '../bot.js';
import { LocalDiscord } from '../local-discord.js';
import type { VoiceChannel } from '../places.js';
import type { Listener } from './listener.js';
import { Speaker } from './speaker.js';

interface Scene {
  readonly discord: LocalDiscord;
  readonly bot: TestBot;
  readonly channel: VoiceChannel;
  /** Ready to play. */
  readonly speaker: Speaker;
  /** In the channel. */
  readonly ann: Listener;
}

/** A listener in a channel, and a bot that has joined it after her; nothing may be found fault with. */
async function withSpeaker(
  play: (scene: Scene) => Promise<void>,
  { isStage = false, prepare }: { isStage?: boolean; prepare?: (discord: LocalDiscord) => void } = {},
): Promise<void> {
  const discord = await LocalDiscord.start();
  const channel = discord.addVoiceChannel(discord.guild, 'concert', { isStage });
  prepare?.(discord);
  const bot = await startBot(discord, undefined, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
  });
  const ann = await discord.user({ name: 'Ann' }).joinVoice(channel);
  const speaker = new Speaker(bot, channel);
  try {
    await entersState(speaker.connection, VoiceConnectionStatus.Ready, 60_000);
    await play({ discord, bot, channel, speaker, ann });
    expect(speaker.errors).toEqual([]);
    expect(bot.errors).toEqual([]);
    expect(discord.voice.problems).toEqual([]);
  } finally {
    speaker.stop();
    await bot.stop();
    await discord.stop();
  }
}

describe.concurrent('a bot in a voice channel', () => {
  it('is heard, encrypted from end to end, every frame in its turn', () =>
    withSpeaker(async ({ discord, speaker, ann }) => {
      await discord.until(() => ann.hasKeys, 'keys');
      speaker.play();
      await ann.hears(25);
      speaker.pause();
      await discord.until(() => ann.frames.length === speaker.played, 'the last frame');
      const hearing = ann.hearing();
      expect(hearing.encrypted).toBe(speaker.played);
      expect(hearing.heard).toBe(speaker.played);
      expect(hearing.lost + hearing.outOfOrder + hearing.wrongTimestamps).toBe(0);
      const pcm = ann.pcm();
      expect(pcm.length).toBe(speaker.played * 960 * 2);
      expect(Math.max(...pcm.slice(0, 9600))).toBeGreaterThan(7000);
    }));
});
