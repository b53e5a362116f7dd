import { joinVoiceChannel, VoiceConnectionStatus, type VoiceConnection } from '@discordjs/voice';
import { Encoder } from '@evan/opus/wasm/index.mjs';
import type { TestBot } from '../bot.js';
import type { VoiceChannel } from '../places.js';
import { frameSamples } from './heard.js';

const frameMs = 20;
/** Later than this, frames are skipped: the network would lose a burst of them. */
const latestMs = 200;

/** Extends a bot: joins a voice channel with an unmodified @discordjs/voice, and plays a tone there. */
export class Speaker {
  readonly connection: VoiceConnection;
  /** Errors reported by the library. */
  readonly errors: Error[] = [];
  /** Number of frames played, including those without a connection. */
  played = 0;
  #clock: NodeJS.Timeout | undefined;

  constructor({ client }: TestBot, { id, guild }: VoiceChannel) {
    const { voiceAdapterCreator: adapterCreator } = client.guilds.cache.get(guild.id)!;
    this.connection = joinVoiceChannel({ guildId: guild.id, channelId: id, adapterCreator });
    this.connection.on('error', (error) => this.errors.push(error));
  }

  /** Plays a frame every 20 ms from now on; after a stall, no more than those of 200 ms at once. */
  play(): void {
    let due = performance.now();
    this.#clock ??= setInterval(() => {
      const now = performance.now();
      if (now - due > latestMs) due = now;
      for (; due <= now; due += frameMs) this.playFrame();
    }, 5);
  }

  pause(): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  playFrame(): void {
    this.connection.playOpusPacket(tone[this.played % tone.length]!);
    this.played += 1;
  }

  stop(): void {
    this.pause();
    if (this.connection.state.status !== VoiceConnectionStatus.Destroyed) this.connection.destroy();
  }
}

/** Half a second of 440 Hz, left and right, as Opus packets. */
const tone: readonly Buffer[] = encodeTone(25);

function encodeTone(frames: number): readonly Buffer[] {
  const encoder = new Encoder({ channels: 2, sample_rate: 48_000, application: 'audio' });
  return Array.from({ length: frames }, (_, frame) => {
    const samples = Int16Array.from({ length: 2 * frameSamples }, (__, index) => {
      const at = frame * frameSamples + (index >> 1);
      return 8000 * Math.sin((2 * Math.PI * 440 * at) / 48_000);
    });
    return Buffer.from(encoder.encode(samples));
  });
}
