import { entersState, VoiceConnectionStatus } from '@discordjs/voice';
import { GatewayIntentBits } from 'discord.js';
import { startBot, type TestBot } from '../bot.js';
import { patienceMs, type Activity } from '../feed.js';
import { LocalDiscord } from '../local-discord.js';
import type { VoiceChannel } from '../places.js';
import type { Listener } from './listener.js';
import { Speaker } from './speaker.js';

/** A bot that plays in a voice channel, and a listener, for one test. */
export interface Concert {
  readonly discord: LocalDiscord;
  readonly bot: TestBot;
  readonly channel: VoiceChannel;
  /** The one that joined last, ready to play. */
  readonly speaker: Speaker;
  readonly ann: Listener;
}

export interface ConcertOptions {
  readonly isStage?: boolean;
  /** Called before the bot starts. */
  readonly prepare?: (discord: LocalDiscord) => void;
}

export const voiceIntents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates];

/** @throws Error when anything went wrong that the test does not expect */
export async function withConcert(
  play: (concert: Concert) => Promise<void>,
  { isStage = false, prepare }: ConcertOptions = {},
): Promise<void> {
  const discord = await LocalDiscord.start();
  const channel = discord.addVoiceChannel(discord.guild, 'concert', { isStage });
  prepare?.(discord);
  const bot = await startBot(discord, undefined, { intents: voiceIntents });
  const ann = await discord.user({ name: 'Ann' }).joinVoice(channel);
  const speaker = new Speaker(bot, channel);
  try {
    await ready(speaker);
    if (!isStage) await discord.until(() => ann.hasKeys, 'keys');
    await play({ discord, bot, channel, speaker, ann });
    const wrong = [...speaker.errors, ...bot.errors, ...discord.voice.problems, ...discord.violations];
    if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(String).join('; '));
  } finally {
    speaker.stop();
    await bot.stop();
    await discord.stop();
  }
}

export async function ready({ connection }: Speaker): Promise<void> {
  await entersState(connection, VoiceConnectionStatus.Ready, patienceMs);
}

/** The next event of a bot at the voice server. */
export function nextAtServer(
  discord: LocalDiscord,
  event: Extract<Activity, { kind: 'voice-server' }>['event'],
): Promise<Activity> {
  const isIt = (activity: Activity): boolean => activity.kind === 'voice-server' && activity.event === event;
  return discord.next(isIt, `a bot that has ${event} at the voice server`);
}
