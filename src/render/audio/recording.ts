import type { StereoBlock } from './synth.js';

interface Stored {
  /** Where its samples are; left ones first, then as many right ones. */
  readonly from: number;
  readonly frames: number;
  /** Amplitude of the integer 1. */
  readonly scale: number;
  readonly last: boolean;
}

/**
 * A store of fixed size for sound that will be needed once more: four bytes a frame, with noise
 * 98 dB below the highest sample of each block. Made once and used again, because buffers as large
 * as this stay in memory long after they were dropped.
 */
export class Recording {
  readonly #samples: Int16Array;
  readonly #stored: Stored[] = [];
  #filled = 0;

  constructor(maxFrames: number) {
    this.#samples = new Int16Array(2 * maxFrames);
  }

  /** Forgets everything. */
  clear(): void {
    this.#stored.length = 0;
    this.#filled = 0;
  }

  /** @returns whether there was still room for the block */
  add({ left, right, last }: StereoBlock): boolean {
    const frames = left.length;
    const from = this.#filled;
    if (from + 2 * frames > this.#samples.length) return false;
    let highest = 0;
    for (let i = 0; i < frames; i++) highest = Math.max(highest, Math.abs(left[i]!), Math.abs(right[i]!));
    const factor = highest > 0 ? 32767 / highest : 0;
    for (let i = 0; i < frames; i++) {
      this.#samples[from + i] = Math.floor(left[i]! * factor + 0.5);
      this.#samples[from + frames + i] = Math.floor(right[i]! * factor + 0.5);
    }
    this.#stored.push({ from, frames, scale: highest / 32767, last });
    this.#filled += 2 * frames;
    return true;
  }

  /** What was added, block by block. The blocks share their memory: each is valid until the next is asked for. */
  *blocks(): Generator<StereoBlock, void, void> {
    const longest = this.#stored.reduce((most, { frames }) => Math.max(most, frames), 0);
    const [left, right] = [new Float32Array(longest), new Float32Array(longest)];
    for (const { from, frames, scale, last } of this.#stored) {
      for (let i = 0; i < frames; i++) {
        left[i] = this.#samples[from + i]! * scale;
        right[i] = this.#samples[from + frames + i]! * scale;
      }
      yield { left: left.subarray(0, frames), right: right.subarray(0, frames), last };
    }
  }
}
