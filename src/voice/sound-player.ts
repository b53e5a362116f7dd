import { onwards } from '../music/edit/excerpt.js';
import { writeMidi } from '../music/midi/write.js';
import { secondsOf } from '../music/tempo-map.js';
import { soundOf } from '../render/audio/audio.js';
import { foretoldLoudness } from '../render/audio/foretold-loudness.js';
import { LiveLevel } from '../render/audio/live-level.js';
import { OpusPackets } from '../render/audio/opus-packets.js';
import { fullRate, type SampleRate, type StereoBlock } from '../render/audio/synth.js';
import type { FromSound, Source } from './messages.js';

/** Sound is rendered in blocks of 100 ms: shorter ones cost more, longer ones respond later. */
const blockSeconds = 0.1;
/** Bits per second: Discord's maximum on servers without boosts. */
const bitrate = 96_000;
/** dBFS of samples: {@link LiveLevel}. */
const ceiling = -2.5;
const fadeInSeconds = 3;
const skipSeconds = 0.4;
const cutSeconds = 0.1;
/** Maximum length of a piece, whatever its file says. */
const mostSeconds = 900;
/**
 * The share of a piece's difference from the usual loudness that is kept, and its maximum in LU, so that calm pieces stay
 * softer than lively ones.
 */
const keptShare = 0.3;
const mostKept = 2;
const usualLufs = -23;

/** A source with its instruments decoded. */
interface Ready {
  readonly source: Source;
  readonly startSeconds: number;
  readonly foretoldLufs: number;
  readonly sampleRate: SampleRate;
  readonly blocks: AsyncGenerator<StereoBlock, void, void>;
}

/** What a player reports about a source. */
export type News = FromSound extends infer Each ? (Each extends unknown ? Omit<Each, 'line'> : never) : never;

export interface SoundPlayerOptions {
  /** Loudness at which pieces are played. */
  readonly lufs: number;
  /** Path of the operator's SoundFont. */
  readonly soundFont?: string | undefined;
  readonly tell: (news: News) => void;
}

/** Plays pieces one after another as Opus packets, each at the same loudness. */
export class SoundPlayer {
  readonly #soundFont: string | undefined;
  readonly #tell: (news: News) => void;
  /** By sample rate; packets of one encoder can follow those of another. */
  readonly #encoders = new Map<number, OpusPackets>();
  readonly #level = new LiveLevel(ceiling);
  #queue: { readonly source: Source; readonly ready: Promise<Ready | undefined> }[] = [];
  #now: Ready | undefined;
  #lufs: number;
  /** Blocks of silence left before the current source. */
  #breath = 0;
  /** Played so far, of the current piece. */
  #seconds = 0;
  #cutAt = Infinity;
  #isSkipping = false;

  constructor({ lufs, soundFont, tell }: SoundPlayerOptions) {
    this.#lufs = lufs;
    this.#soundFont = soundFont;
    this.#tell = tell;
    this.#level.fadeIn(fadeInSeconds);
  }

  enqueue(source: Source): void {
    this.#queue.push({ source, ready: this.#prepare(source) });
  }

  clear(): void {
    this.#queue = [];
  }

  cut(seconds: number): void {
    this.#cutAt = seconds;
  }

  /** @param seconds how long it fades */
  skip(seconds = skipSeconds): void {
    if (this.#now === undefined) return;
    this.#isSkipping = true;
    this.#level.fade(0, seconds);
  }

  set lufs(lufs: number) {
    this.#lufs = lufs;
    this.#setGain(false);
  }

  fadeIn(): void {
    if (!this.#isSkipping) this.#level.fadeIn(fadeInSeconds);
  }

  /** The packets of the next 100 ms; none if there is nothing to play. */
  async packets(): Promise<readonly Uint8Array[]> {
    const block = await this.#block();
    const levelled = block === undefined ? this.#level.flush() : this.#level.add(block.left, block.right);
    return levelled === undefined
      ? []
      : this.#encoderFor(levelled.left.length).add(levelled.left, levelled.right);
  }

  #encoderFor(blockFrames: number): OpusPackets {
    const rate: SampleRate = blockFrames === fullRate * blockSeconds ? fullRate : 24_000;
    const encoder = this.#encoders.get(rate) ?? new OpusPackets(bitrate, rate);
    this.#encoders.set(rate, encoder);
    return encoder;
  }

  async close(): Promise<void> {
    this.#queue = [];
    await this.#now?.blocks.return();
    this.#now = undefined;
  }

  get isIdle(): boolean {
    return this.#now === undefined && this.#queue.length === 0;
  }

  async #block(): Promise<Pick<StereoBlock, 'left' | 'right'> | undefined> {
    const playing = this.#now ?? (await this.#begin());
    if (playing === undefined) return undefined;
    if (this.#breath > 0) {
      this.#breath -= 1;
      const silence = new Float32Array(blockFramesAt(playing.sampleRate));
      return { left: silence, right: silence };
    }
    const isOver = this.#isSkipping && this.#level.isSilent;
    const { value } = isOver ? { value: undefined } : await playing.blocks.next();
    if (value === undefined || this.#now !== playing) {
      await this.#end(playing);
      return this.#block();
    }
    this.#seconds += blockSeconds;
    if (this.#seconds >= this.#cutAt) {
      if (!this.#isSkipping) this.#level.fade(0, cutSeconds);
      this.#isSkipping = true;
    }
    this.#tell({ type: 'at', id: playing.source.id, seconds: this.#seconds });
    const frames = blockFramesAt(playing.sampleRate);
    return { left: whole(value.left, frames), right: whole(value.right, frames) };
  }

  async #begin(): Promise<Ready | undefined> {
    const [first] = this.#queue;
    const ready = await first?.ready;
    if (first === undefined || this.#queue[0] !== first) return undefined;
    this.#queue.shift();
    if (ready === undefined) return this.#begin();
    this.#now = ready;
    this.#breath = Math.round(first.source.breathSeconds / blockSeconds);
    this.#seconds = ready.startSeconds;
    this.#cutAt = Infinity;
    if (this.#isSkipping) this.#level.fade(1, 0.01);
    this.#isSkipping = false;
    this.#setGain(true);
    this.#tell({ type: 'begun', id: first.source.id });
    return ready;
  }

  async #end({ source, blocks }: Ready): Promise<void> {
    this.#now = undefined;
    await blocks.return();
    this.#tell({ type: 'ended', id: source.id });
  }

  async #prepare(source: Source): Promise<Ready | undefined> {
    const { piece, fromTick } = source;
    try {
      const heard = fromTick === 0 ? piece : onwards(piece, fromTick);
      const midi = fromTick === 0 ? source.midi : writeMidi(heard);
      const { sampleRate, play } = await soundOf(heard, midi, this.#soundFont);
      return {
        source,
        startSeconds: secondsOf(piece)(fromTick),
        foretoldLufs: foretoldLoudness(heard),
        sampleRate,
        blocks: play({ maxFrames: mostSeconds * sampleRate, blockSeconds }),
      };
    } catch (error) {
      this.#tell({
        type: 'failed',
        id: source.id,
        reason: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    }
  }

  #setGain(atOnce: boolean): void {
    const foretold = this.#now?.foretoldLufs ?? -Infinity;
    if (!Number.isFinite(foretold)) return;
    const kept = Math.max(-mostKept, Math.min(mostKept, keptShare * (foretold - usualLufs)));
    this.#level.setGain(this.#lufs + kept - foretold, atOnce);
  }
}

function blockFramesAt(rate: SampleRate): number {
  return Math.round(rate * blockSeconds);
}

/** The last block may be shorter. */
function whole(samples: Float32Array<ArrayBuffer>, frames: number): Float32Array<ArrayBuffer> {
  if (samples.length === frames) return samples;
  const block = new Float32Array(frames);
  block.set(samples);
  return block;
}
