import { onwards } from '../music/edit/excerpt.js';
import { writeMidi } from '../music/midi/write.js';
import { secondsOf } from '../music/tempo-map.js';
import { soundOf } from '../render/audio/audio.js';
import { foretoldLoudness } from '../render/audio/foretold-loudness.js';
import { LiveLevel, type LevelledBlock, type LevelMark } from '../render/audio/live-level.js';
import { OpusPackets, packetRate } from '../render/audio/opus-packets.js';
import { fullRate, type SampleRate } from '../render/audio/synth.js';
import type { FromSound, Source } from './messages.js';
import { blockSeconds, Rendering, type Block } from './rendering.js';

/** Bits per second: Discord's maximum on servers without boosts. */
const bitrate = 96_000;
/** dBFS of samples: {@link LiveLevel}. */
const ceiling = -2.5;
const fadeInSeconds = 3;
const skipSeconds = 0.4;
/** One block. */
const cutSeconds = blockSeconds;
/** Maximum length of a piece, whatever its file says. */
const mostSeconds = 900;
/**
 * The share of a piece's difference from the usual loudness that is kept, and its maximum in LU, so that calm pieces stay
 * softer than lively ones.
 */
const keptShare = 0.3;
const mostKept = 2;
const usualLufs = -23;

const blockPackets = packetRate * blockSeconds;
/**
 * Number of unheard blocks that are never made anew: the first is being heard, and the second may be before what replaces
 * it arrives.
 */
const sureBlocks = 2;

/** A block that was made and has not been heard. */
interface Unheard {
  readonly rendering: Rendering;
  /** Which of its blocks. */
  readonly index: number;
  /** The level before it. */
  readonly mark: LevelMark;
  /** Renderings that end with it. */
  readonly ends: Rendering[];
  /** As it is heard, once it is encoded. */
  heard?: LevelledBlock;
}

interface Queued {
  readonly source: Source;
  /** Its instruments are decoded then; undefined if it cannot be played. */
  readonly ready: Promise<Rendering | undefined>;
  /** If it had begun before. */
  readonly begun?: Rendering;
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

/**
 * Plays pieces one after another as Opus packets, each at the same loudness. Packets are made before they are heard; a
 * command drops those that are not heard yet, and they are made anew. It continues without a click, as all sound is kept
 * until it is heard.
 */
export class SoundPlayer {
  readonly #soundFont: string | undefined;
  readonly #tell: (news: News) => void;
  /** By sample rate; packets of one encoder can follow those of another. */
  readonly #encoders = new Map<number, OpusPackets>();
  readonly #level = new LiveLevel(ceiling);
  #queue: Queued[] = [];
  #now: Rendering | undefined;
  /** The next block of the current rendering. */
  #index = 0;
  /** Oldest first. The last may still be waiting to be encoded. */
  #unheard: Unheard[] = [];
  #waiting: Unheard | undefined;
  /** Number of blocks heard since the start. */
  #heard = 0;
  /** Counts changes of what comes next, so that a block that was awaited meanwhile is not taken for it. */
  #changes = 0;
  /** What made the last packets, and their sound. */
  #encoder: OpusPackets | undefined;
  #previous: LevelledBlock | undefined;
  #lufs: number;

  constructor({ lufs, soundFont, tell }: SoundPlayerOptions) {
    this.#lufs = lufs;
    this.#soundFont = soundFont;
    this.#tell = tell;
    this.#level.fadeIn(fadeInSeconds);
  }

  enqueue(source: Source): void {
    this.#queue.push({ source, ready: this.#prepare(source) });
  }

  /** Drops everything after the music that is being heard. */
  clear(): void {
    const heard = this.#current;
    const first = this.#unheard.findIndex(({ rendering }) => rendering !== heard);
    if (first >= 0) this.#rewind(Math.max(first, sureBlocks));
    this.#dropQueue();
    if (this.#now !== undefined && this.#now !== heard) {
      drop(this.#now);
      this.#now = undefined;
    }
    this.#changes += 1;
  }

  /** Ends a source at this position in seconds; at once if it has passed. */
  cut(id: number, seconds: number): void {
    const rendering = [...this.#unheard.map((each) => each.rendering), this.#now].find(
      (each) => each?.source.id === id,
    );
    if (rendering === undefined) return;
    rendering.cutAt = seconds;
    const madeTo = rendering === this.#now ? (rendering.secondsAt(this.#index) ?? 0) : Infinity;
    if (madeTo + cutSeconds > seconds) this.#rewind();
  }

  /** Fades out the music that is being heard. */
  skip(seconds = skipSeconds): void {
    const rendering = this.#current;
    if (rendering === undefined) return;
    this.#rewind();
    // It may be over by then.
    if (this.#now !== rendering) return;
    rendering.isFadingOut = true;
    this.#level.fade(0, seconds);
  }

  set lufs(lufs: number) {
    this.#lufs = lufs;
    this.#rewind();
    this.#setGain(false);
  }

  /** What is not heard yet will fade in from silence. */
  fadeIn(): void {
    this.#rewind(0);
    if (this.#now?.isFadingOut !== true) this.#level.fadeIn(fadeInSeconds);
  }

  /** The packets of the next 100 ms; none if there is nothing to play. */
  async packets(): Promise<readonly Uint8Array[]> {
    const changes = this.#changes;
    const [first] = this.#queue;
    if (this.#now === undefined && first !== undefined) {
      const rendering = await first.ready;
      if (changes !== this.#changes) return [];
      this.#queue.shift();
      if (rendering === undefined) return this.packets();
      this.#begin(rendering);
    }
    const rendering = this.#now;
    if (rendering === undefined) return this.#encoded(this.#level.flush(), undefined);
    const isOver = rendering.isFadingOut && this.#level.isSilent;
    const block = isOver ? undefined : await this.#blockOf(rendering);
    if (changes !== this.#changes) return [];
    if (block === undefined) {
      this.#end(rendering);
      return this.packets();
    }
    const end = rendering.secondsAt(this.#index + 1) ?? -Infinity;
    if (!rendering.isFadingOut && end + cutSeconds > rendering.cutAt) {
      this.#level.fade(0, cutSeconds);
      rendering.isFadingOut = true;
    }
    const levelled = this.#level.add(block.left, block.right);
    const made = { rendering, index: this.#index, mark: this.#level.mark(), ends: [] };
    this.#index += 1;
    this.#unheard.push(made);
    return this.#encoded(levelled, made);
  }

  /** Number of packets made since the start, without those that were replaced. */
  get made(): number {
    return (this.#heard + this.#encodedBlocks) * blockPackets;
  }

  /** Number of packets made and not heard. */
  get ahead(): number {
    return this.#encodedBlocks * blockPackets;
  }

  /** @param packets number of packets sent since the start */
  sent(packets: number): void {
    while ((this.#heard + 1) * blockPackets <= packets && this.#encodedBlocks > 0) {
      const { rendering, index, ends } = this.#unheard.shift()!;
      this.#heard += 1;
      rendering.forget(index + 1);
      this.#sayBegun(rendering);
      const seconds = rendering.secondsAt(index + 1);
      if (seconds !== undefined) this.#say(rendering, { type: 'at', id: rendering.source.id, seconds });
      for (const each of ends) this.#over(each);
    }
  }

  async close(): Promise<void> {
    const open = new Set([
      this.#now,
      ...this.#unheard.flatMap(({ rendering, ends }) => [rendering, ...ends]),
    ]);
    this.#dropQueue();
    this.#now = undefined;
    this.#unheard = [];
    this.#changes += 1;
    for (const each of open) await each?.close();
  }

  get isIdle(): boolean {
    return this.#now === undefined && this.#queue.length === 0;
  }

  /** What is being heard. */
  get #current(): Rendering | undefined {
    return this.#unheard[0]?.rendering ?? this.#now;
  }

  get #encodedBlocks(): number {
    return this.#unheard.length - (this.#waiting === undefined ? 0 : 1);
  }

  /** Takes back what was made and is not heard yet. @param sure number of unheard blocks that stay as they are */
  #rewind(sure = sureBlocks): void {
    const taken = this.#unheard.splice(sure);
    const [first] = taken;
    if (first === undefined) return;
    const renderings = [...taken.map(({ rendering }) => rendering), ...(this.#now ? [this.#now] : [])];
    const [now, ...later] = new Set(renderings);
    this.#queue.unshift(
      ...later.map((begun) => ({ source: begun.source, ready: Promise.resolve(begun), begun })),
    );
    this.#now = now;
    this.#index = first.index;
    this.#level.rewind(first.mark);
    this.#waiting = undefined;
    this.#changes += 1;
    // The next packets can't build on the last ones that were made.
    this.#encoder = undefined;
    this.#previous = this.#unheard.at(-1)?.heard;
  }

  /** Encodes the block that was waiting. @param next the block that waits now */
  #encoded(levelled: LevelledBlock | undefined, next: Unheard | undefined): readonly Uint8Array[] {
    const block = this.#waiting;
    this.#waiting = next;
    if (levelled === undefined || block === undefined) return [];
    block.heard = levelled;
    const { left, right } = levelled;
    const encoder = this.#encoderFor(left.length);
    if (encoder !== this.#encoder) {
      const frames = left.length / blockPackets;
      const [before, silence] = [this.#previous, new Float32Array(frames)];
      if (before?.left.length === left.length)
        encoder.restartAfter(before.left.subarray(-frames), before.right.subarray(-frames));
      else encoder.restartAfter(silence, silence);
      this.#encoder = encoder;
    }
    this.#previous = levelled;
    return encoder.add(left, right);
  }

  #encoderFor(blockFrames: number): OpusPackets {
    const rate: SampleRate = blockFrames === fullRate * blockSeconds ? fullRate : 24_000;
    const encoder = this.#encoders.get(rate) ?? new OpusPackets(bitrate, rate);
    this.#encoders.set(rate, encoder);
    return encoder;
  }

  #begin(rendering: Rendering): void {
    this.#now = rendering;
    this.#index = 0;
    if (this.#level.isFadingOut) this.#level.fade(1, 0.01);
    this.#setGain(true);
    if (this.#unheard.length === 0) this.#sayBegun(rendering);
  }

  #end(rendering: Rendering): void {
    this.#now = undefined;
    const last = this.#unheard.at(-1);
    if (last === undefined) this.#over(rendering);
    else last.ends.push(rendering);
  }

  #dropQueue(): void {
    for (const { ready, begun } of this.#queue) {
      if (begun !== undefined) drop(begun);
      else void ready.then((rendering) => rendering?.close());
    }
    this.#queue = [];
  }

  /** The next block of a rendering; undefined at its end, and when no more of it can be made. */
  async #blockOf(rendering: Rendering): Promise<Block | undefined> {
    try {
      return await rendering.block(this.#index);
    } catch (error) {
      this.#fail(rendering.source, error);
      return undefined;
    }
  }

  #over(rendering: Rendering): void {
    void rendering.close();
    this.#say(rendering, { type: 'ended', id: rendering.source.id });
  }

  #sayBegun(rendering: Rendering): void {
    if (rendering.isBegun) return;
    rendering.isBegun = true;
    this.#say(rendering, { type: 'begun', id: rendering.source.id });
  }

  #say({ isDropped }: Rendering, news: News): void {
    if (!isDropped) this.#tell(news);
  }

  async #prepare(source: Source): Promise<Rendering | undefined> {
    const { piece, fromTick } = source;
    try {
      const heard = fromTick === 0 ? piece : onwards(piece, fromTick);
      const midi = fromTick === 0 ? source.midi : writeMidi(heard);
      const { sampleRate, play } = await soundOf(heard, midi, this.#soundFont);
      const rendering = new Rendering({
        ...{ source, sampleRate },
        startSeconds: secondsOf(piece)(fromTick),
        foretoldLufs: foretoldLoudness(heard),
        blocks: play({ maxFrames: mostSeconds * sampleRate, blockSeconds }),
      });
      await rendering.begin();
      return rendering;
    } catch (error) {
      this.#fail(source, error);
      return undefined;
    }
  }

  #fail({ id }: Source, error: unknown): void {
    this.#tell({ type: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }

  #setGain(atOnce: boolean): void {
    const foretold = this.#now?.foretoldLufs ?? -Infinity;
    if (!Number.isFinite(foretold)) return;
    const kept = Math.max(-mostKept, Math.min(mostKept, keptShare * (foretold - usualLufs)));
    this.#level.setGain(this.#lufs + kept - foretold, atOnce);
  }
}

function drop(rendering: Rendering): void {
  rendering.isDropped = true;
  void rendering.close();
}
