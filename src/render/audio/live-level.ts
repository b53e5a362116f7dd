import { applyGain } from './levelling.js';

/** dB for each 5 ms: how fast the limiter closes ahead of a peak and opens behind it. */
const closing = 2;
const opening = 0.15;
/** The most that the gain changes in 5 ms, in dB, where it is not to change at once: 6 dB a second. */
const drift = 0.03;

/** Every 5 ms of a block has a gain of its own. */
const segments = 20;

/** Sound of both channels, of one length. */
export interface LevelledBlock {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

interface Waiting extends LevelledBlock {
  /** The gain that is wished at the border of every 5 ms. */
  readonly wished: Float32Array;
  /** The highest absolute sample of every 5 ms. */
  readonly peaks: Float32Array;
}

/**
 * Levels sound that is not known yet: a gain that can change, fades, and a limiter that sees one block ahead, so that
 * no sample exceeds the ceiling. Blocks come out one behind those that go in; each is 100 ms,
 * whatever its rate.
 */
export class LiveLevel {
  readonly #ceiling: number;
  #gain = 0;
  #wanted = 0;
  #fade = 1;
  #fadeTo = 1;
  #fadeStep = 0;
  #waiting: Waiting | undefined;
  /** The wish at the end of the last block that came in. */
  #lastWish: number | undefined;
  /** What the limiter leaves at the end of the last block that came out, a factor of at most 1. */
  #limit: number | undefined;

  /** @param ceiling dBFS */
  constructor(ceiling: number) {
    this.#ceiling = fromDecibels(ceiling);
  }

  /** @param decibels that sound is to be raised by, from the next block on; @param atOnce not gradually */
  setGain(decibels: number, atOnce: boolean): void {
    this.#wanted = decibels;
    if (atOnce) this.#gain = decibels;
  }

  /** Fades linearly, from what it is. @param to a factor from 0 to 1 */
  fade(to: number, seconds: number): void {
    this.#fadeTo = to;
    this.#fadeStep = (to - this.#fade) / Math.max(1, Math.round(seconds / 0.005));
  }

  /** From silence on. */
  fadeIn(seconds: number): void {
    this.#fade = 0;
    this.fade(1, seconds);
  }

  /** Nothing is to be heard any more until the next fade. */
  get isSilent(): boolean {
    return this.#fade === 0 && this.#fadeTo === 0;
  }

  /** @returns the block before, levelled */
  add(left: Float32Array, right: Float32Array): LevelledBlock | undefined {
    const frames = left.length / segments;
    const wished = new Float32Array(segments + 1);
    for (let border = 0; border <= segments; border++) {
      wished[border] = fromDecibels(this.#gain) * this.#fade;
      if (border < segments) this.#move();
    }
    wished[0] = this.#lastWish ?? wished[0]!;
    this.#lastWish = wished[segments]!;
    const peaks = new Float32Array(segments);
    for (let i = 0; i < segments; i++) {
      for (let at = i * frames; at < (i + 1) * frames; at++) {
        peaks[i] = Math.max(peaks[i]!, Math.abs(left[at]!), Math.abs(right[at]!));
      }
    }
    const next = { left: Float32Array.from(left), right: Float32Array.from(right), wished, peaks };
    return this.#exchange(next);
  }

  /** The block that is left. */
  flush(): LevelledBlock | undefined {
    return this.#exchange(undefined);
  }

  #move(): void {
    this.#gain += Math.max(-drift, Math.min(drift, this.#wanted - this.#gain));
    const next = this.#fade + this.#fadeStep;
    const isThere = this.#fadeStep >= 0 ? next >= this.#fadeTo : next <= this.#fadeTo;
    this.#fade = isThere ? this.#fadeTo : next;
    if (isThere) this.#fadeStep = 0;
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
    limits[0] = this.#limit ?? limits[0]!;
    for (let i = 1; i < limits.length; i++)
      limits[i] = Math.min(limits[i]!, limits[i - 1]! * fromDecibels(opening));
    for (let i = limits.length - 2; i > 0; i--)
      limits[i] = Math.min(limits[i]!, limits[i + 1]! * fromDecibels(closing));
    this.#limit = limits[segments];
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
