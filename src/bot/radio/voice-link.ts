import type { Guild } from 'discord.js';
import type { Music, Speaker } from '../../radio/radio.js';
import type { LeftReason, LineFigures } from '../../voice/messages.js';
import type { Line, LineEvents, Voices } from '../../voice/voices.js';
import type { Logger } from '../ops/logging.js';
import { voiceGatewayOf } from './voice-gateway.js';
import { lufsOf } from './volume.js';

/** What a link reports: of the music, and of itself. */
export interface LinkEvents extends Pick<LineEvents, 'begun' | 'at' | 'ended' | 'failed'> {
  /** The bot is in the channel. */
  readonly ready: () => void;
  /** It joins again; nothing of what was to be played is left. */
  readonly emptied: () => void;
  /** It does not join again. */
  readonly left: (reason: LeftReason) => void;
}

export interface VoiceLinkOptions {
  readonly guild: Guild;
  /** ID of the voice channel. */
  readonly channel: string;
  readonly volume: number;
  readonly voices: Pick<Voices, 'join'>;
  readonly log: Logger;
  /** Whether it joins again whenever the network takes it out of its channel. */
  readonly stays: boolean;
  readonly events: LinkEvents;
}

/** Increasing delays before joining again after a lost connection; a radio that stays repeats the last. */
const rejoinAfterMs = [5000, 15_000, 60_000];
/** After this time in the channel, the delays begin anew. */
const steadyMs = 60_000;

/** The bot in a voice channel: one line, and after a lost connection another one. */
export class VoiceLink implements Speaker {
  readonly #options: VoiceLinkOptions;
  #line: Line;
  #channel: string;
  #volume: number;
  #isReady = false;
  #isOver = false;
  #rejoin: NodeJS.Timeout | undefined;
  #rejoins = 0;
  #steady: NodeJS.Timeout | undefined;
  #isLeaving = false;
  /** Of earlier lines. */
  #earlier: LineFigures = { sent: 0, gaps: 0, starved: 0 };

  /** Joins the channel. */
  constructor(options: VoiceLinkOptions) {
    this.#options = options;
    this.#channel = options.channel;
    this.#volume = options.volume;
    this.#line = this.#join();
  }

  /** ID of the voice channel; somebody may move the bot to another one. */
  get channel(): string {
    return this.#channel;
  }

  set channel(channel: string) {
    this.#channel = channel;
  }

  /** Whether the bot is there. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the bot itself leaves, to join again. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  get figures(): LineFigures {
    const [a, b] = [this.#earlier, this.#line.figures];
    return { sent: a.sent + b.sent, gaps: a.gaps + b.gaps, starved: a.starved + b.starved };
  }

  /** In percent. */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = volume;
    this.#line.setLoudness(lufsOf(volume));
  }

  enqueue(music: Music): void {
    this.#line.enqueue(music);
  }

  clear(): void {
    this.#line.clear();
  }

  cut(id: number, seconds: number): void {
    this.#line.cut(id, seconds);
  }

  skip(seconds?: number): void {
    this.#line.skip(seconds);
  }

  /** Sends nothing until {@link sound}. */
  hush(): void {
    this.#line.hush();
  }

  sound(): void {
    this.#line.sound();
  }

  /** Leaves the channel for good. */
  leave(): void {
    this.close();
    this.#line.leave();
  }

  /** Falls silent, and does not join again. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#rejoin);
    clearTimeout(this.#steady);
    this.#line.hush();
  }

  #join(): Line {
    const { guild, voices, events } = this.#options;
    return voices.join(
      guild.id,
      this.#channel,
      lufsOf(this.#volume),
      voiceGatewayOf(guild, () => (this.#isLeaving = true)),
      {
        ...events,
        ready: () => {
          if (this.#isOver) return;
          this.#isReady = true;
          clearTimeout(this.#steady);
          this.#steady = setTimeout(() => (this.#rejoins = 0), steadyMs);
          this.#isLeaving = false;
          events.ready();
        },
        left: (reason) => this.#lost(reason),
      },
    );
  }

  #lost(reason: LeftReason): void {
    if (this.#isOver) return;
    clearTimeout(this.#steady);
    const { stays, guild, events, log } = this.#options;
    // If somebody had disconnected it, Discord would have said so before.
    const isForGood = stays
      ? reason === 'no-encryption' || !guild.channels.cache.has(this.#channel)
      : reason !== 'lost';
    const wait = rejoinAfterMs[this.#rejoins] ?? (stays ? rejoinAfterMs.at(-1) : undefined);
    if (isForGood || wait === undefined) {
      // Nor then was it somebody who disconnected it.
      events.left(reason === 'kicked' ? 'lost' : reason);
      return;
    }
    log.warn({ wait }, 'the radio lost its voice channel, and joins it again');
    this.#rejoins += 1;
    this.#isLeaving = true;
    this.#isReady = false;
    this.#earlier = this.figures;
    this.#rejoin = setTimeout(() => {
      this.#line = this.#join();
      events.emptied();
    }, wait);
  }
}
