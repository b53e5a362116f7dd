import { largeBytes } from '../large-bytes.js';
import { mostFrames, sampleKernel } from './samples.js';
import type { StereoBlock } from './synth.js';

interface Stored {
  /** Offset of its samples; left ones first, then as many right ones. */
  readonly from: number;
  readonly frames: number;
  /** Amplitude of the integer 1. */
  readonly scale: number;
  readonly last: boolean;
}

/**
 * A fixed-size buffer for audio that is needed again: four bytes per frame, with noise 98 dB below the
 * highest sample of each block. Memory is taken as it is filled, and kept for the next.
 */
export class Recording {
  readonly #samples: Int16Array;
  readonly #stored: Stored[] = [];
  #filled = 0;

  constructor(maxFrames: number) {
    this.#samples = new Int16Array(largeBytes(4 * maxFrames).buffer, 0, 2 * maxFrames);
  }

  /** Removes all blocks. */
  clear(): void {
    this.#stored.length = 0;
    this.#filled = 0;
  }

  /** @returns whether the block fitted; it has at most one working block of frames */
  add({ left, right, last }: StereoBlock): boolean {
    const frames = left.length;
    const from = this.#filled;
    if (from + 2 * frames > this.#samples.length) return false;
    const kernel = sampleKernel();
    kernel.take(left, right);
    const { calls, integers, integerSamples } = kernel;
    const highest = Math.max(calls.peak(kernel.left, frames), calls.peak(kernel.right, frames));
    const factor = highest > 0 ? 32767 / highest : 0;
    [kernel.left, kernel.right].forEach((samples, channel) => {
      calls.toIntegers(samples, frames, factor, integers);
      this.#samples.set(integerSamples.subarray(0, frames), from + channel * frames);
    });
    this.#stored.push({ from, frames, scale: highest / 32767, last });
    this.#filled += 2 * frames;
    return true;
  }

  /** The blocks that were added. They share memory: each is valid until the next is requested. */
  *blocks(): Generator<StereoBlock, void, void> {
    const both = [new Float32Array(mostFrames), new Float32Array(mostFrames)] as const;
    const { calls, integers, integerSamples, ...kernel } = sampleKernel();
    for (const { from, frames, scale, last } of this.#stored) {
      both.forEach((samples, channel) => {
        const start = from + channel * frames;
        integerSamples.set(this.#samples.subarray(start, start + frames));
        calls.toFloats(integers, frames, scale, kernel.left);
        samples.set(kernel.samples[0].subarray(0, frames));
      });
      const [left, right] = both;
      yield { left: left.subarray(0, frames), right: right.subarray(0, frames), last };
    }
  }
}
