import { applyGain } from './levelling.js';

/** How fast the limiter attacks before a peak and releases after it, in dB per 5 ms. */
const closing = 2;
const opening = 0.15;
/** Maximum change of a gradual gain, in dB per 5 ms: 6 dB per second. */
const drift = 0.03;

/** Each 5 ms of a block has its own gain. */
const segments = 20;

/** A block of stereo sound; both channels have the same length. */
export interface LevelledBlock {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** A point to which a {@link LiveLevel} can return. */
export interface LevelMark {
  /** In dB: the gain, and where it goes. */
  gain: number;
  wanted: number;
  /** The factor of a fade, where it goes, and how fast, in 5 ms. */
  fade: number;
  fadeTo: number;
  fadeStep: number;
  /** Requested gain at the end of the last input block. */
  lastWish: number | undefined;
  /** The limiter's factor at the end of the last output block, at most 1. */
  limit: number | undefined;
}

interface Waiting extends LevelledBlock {
  /** The requested gain at the start of each 5 ms. */
  readonly wished: Float32Array;
  /** The highest absolute sample of each 5 ms. */
  readonly peaks: Float32Array;
}

/**
 * Levels sound as it is rendered: a variable gain, fades, and a limiter with one block of look-ahead, so that no sample
 * exceeds the ceiling. Output is one block behind input; each block is 100 ms at any sample rate.
 */
export class LiveLevel {
  readonly #ceiling: number;
  #now: LevelMark = {
    ...{ gain: 0, wanted: 0, fade: 1, fadeTo: 1, fadeStep: 0 },
    ...{ lastWish: undefined, limit: undefined },
  };
  /** Before the last input block. */
  #before = this.#now;
  #waiting: Waiting | undefined;

  /** @param ceiling dBFS */
  constructor(ceiling: number) {
    this.#ceiling = fromDecibels(ceiling);
  }

  /** @param decibels gain from the next block on; @param atOnce whether to change without a transition */
  setGain(decibels: number, atOnce: boolean): void {
    this.#now.wanted = decibels;
    if (atOnce) this.#now.gain = decibels;
  }

  /** Fades linearly from the current factor. @param to a factor from 0 to 1 */
  fade(to: number, seconds: number): void {
    this.#now.fadeTo = to;
    this.#now.fadeStep = (to - this.#now.fade) / Math.max(1, Math.round(seconds / 0.005));
  }

  /** Starts from silence. */
  fadeIn(seconds: number): void {
    this.#now.fade = 0;
    this.#now.lastWish = undefined;
    this.fade(1, seconds);
  }

  /** Whether it fades to silence, or is silent until the next fade. */
  get isFadingOut(): boolean {
    return this.#now.fadeTo === 0;
  }

  get isSilent(): boolean {
    return this.#now.fade === 0 && this.#now.fadeTo === 0;
  }

  /** @returns the previous block, levelled */
  add(left: Float32Array, right: Float32Array): LevelledBlock | undefined {
    this.#before = { ...this.#now };
    const frames = left.length / segments;
    const wished = new Float32Array(segments + 1);
    for (let border = 0; border <= segments; border++) {
      wished[border] = fromDecibels(this.#now.gain) * this.#now.fade;
      if (border < segments) this.#move();
    }
    wished[0] = this.#now.lastWish ?? wished[0]!;
    this.#now.lastWish = wished[segments]!;
    const peaks = new Float32Array(segments);
    for (let i = 0; i < segments; i++) {
      for (let at = i * frames; at < (i + 1) * frames; at++) {
        peaks[i] = Math.max(peaks[i]!, Math.abs(left[at]!), Math.abs(right[at]!));
      }
    }
    const next = { left: Float32Array.from(left), right: Float32Array.from(right), wished, peaks };
    return this.#exchange(next);
  }

  /** The point before the last input block. */
  mark(): LevelMark {
    return { ...this.#before, limit: this.#now.limit };
  }

  /** Returns to a point, with the block that came after it as the next input. */
  rewind(mark: LevelMark): void {
    this.#now = { ...mark };
    this.#waiting = undefined;
  }

  /** The remaining block. */
  flush(): LevelledBlock | undefined {
    return this.#exchange(undefined);
  }

  #move(): void {
    this.#now.gain += Math.max(-drift, Math.min(drift, this.#now.wanted - this.#now.gain));
    const next = this.#now.fade + this.#now.fadeStep;
    const isThere = this.#now.fadeStep >= 0 ? next >= this.#now.fadeTo : next <= this.#now.fadeTo;
    this.#now.fade = isThere ? this.#now.fadeTo : next;
    if (isThere) this.#now.fadeStep = 0;
  }

  #exchange(next: Waiting | undefined): LevelledBlock | undefined {
    const block = this.#waiting;
    this.#waiting = next;
    if (block === undefined) return undefined;
    const peaks = [...block.peaks, ...(next?.peaks ?? [])];
    const wished = [...block.wished, ...(next?.wished.subarray(1) ?? [])];
    const limits = wished.map((wish, border) => {
      const peak = Math.max(peaks[border - 1] ?? 0, peaks[border] ?? 0);
      return Math.min(1, this.#ceiling / (wish * peak));
    });
    limits[0] = this.#now.limit ?? limits[0]!;
    for (let i = 1; i < limits.length; i++)
      limits[i] = Math.min(limits[i]!, limits[i - 1]! * fromDecibels(opening));
    for (let i = limits.length - 2; i > 0; i--)
      limits[i] = Math.min(limits[i]!, limits[i + 1]! * fromDecibels(closing));
    this.#now.limit = limits[segments];
    const curve = Float32Array.from(
      { length: segments + 1 },
      (_, border) => wished[border]! * limits[border]!,
    );
    applyGain(block.left, curve, 0, block.left.length / segments);
    applyGain(block.right, curve, 0, block.right.length / segments);
    return block;
  }
}

function fromDecibels(decibels: number): number {
  return 10 ** (decibels / 20);
}
