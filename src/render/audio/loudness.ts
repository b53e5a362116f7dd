import { mean } from '../../music/numbers.js';
import { mostFrames, sampleKernel } from './samples.js';
import { fullRate, type SampleRate } from './synth.js';

/**
 * Integrated loudness after ITU-R BS.1770-4, "Algorithms to measure audio programme loudness and
 * true-peak audio level" (2015), annex 1, for stereo.
 */

/** The coefficients of one second-order filter; a0 is 1. */
interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** BS.1770-4, table 1: the head's effect as a high shelf, +4 dB above 2 kHz. At 48 kHz. */
const headShelf: Biquad = {
  b0: 1.53512485958697,
  b1: -2.69169618940638,
  b2: 1.19839281085285,
  a1: -1.69065929318241,
  a2: 0.73248077421585,
};

/** BS.1770-4, table 2: the high-pass of the revised low-frequency B curve. At 48 kHz. */
const highPass: Biquad = { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 };

/** Peaks are stored for every 5 ms, … */
const peakSeconds = 0.005;
/** … energies for every 100 ms, the step between two gating blocks. */
const energySeconds = 0.1;
export const peaksOfEnergy = 20;
/** A gating block is 400 ms: four steps. */
const stepsInBlock = 4;

const absoluteGateLufs = -70;
const relativeGateLu = -10;

/** Measures a stereo signal block by block, for levelling. */
export class LoudnessMeter {
  /** Frames of 5 ms. */
  readonly peakFrames: number;
  /** Highest absolute sample of every 5 ms. The last entry may cover less. */
  readonly peaks: number[] = [];
  /** Mean K-weighted square of every full 100 ms, summed over both channels. */
  readonly energies: number[] = [];
  /** Number of frames so far. */
  frames = 0;

  #energy = 0;
  /** State of the filters: of the shelf, then of the high-pass, two values for left and right each. */
  readonly #memory = new Float64Array(8);
  readonly #energyFrames: number;
  readonly #weighting: readonly number[];

  constructor(sampleRate: SampleRate = fullRate) {
    this.peakFrames = Math.round(peakSeconds * sampleRate);
    this.#energyFrames = Math.round(energySeconds * sampleRate);
    this.#weighting = weightingAt(sampleRate);
  }

  /** @param left and right: simultaneous samples, any number */
  add(left: Float32Array, right: Float32Array): void {
    for (let from = 0; from < left.length; from += mostFrames) {
      this.#add(left.subarray(from, from + mostFrames), right.subarray(from, from + mostFrames));
    }
  }

  #add(left: Float32Array, right: Float32Array): void {
    const kernel = sampleKernel();
    kernel.take(left, right);
    kernel.coefficients.set(this.#weighting);
    kernel.remembered.set(this.#memory);
    const { calls, filters, filterMemory } = kernel;
    const { peakFrames } = this;
    for (let from = 0; from < left.length;) {
      const intoPeak = this.frames % peakFrames;
      const count = Math.min(left.length - from, peakFrames - intoPeak);
      const [l, r] = [kernel.left + 4 * from, kernel.right + 4 * from];
      const before = intoPeak === 0 ? 0 : this.peaks.pop()!;
      this.peaks.push(Math.max(before, calls.peak(l, count), calls.peak(r, count)));
      this.#energy += calls.filteredEnergy(l, r, count, filters, filterMemory);
      this.frames += count;
      from += count;
      if (this.frames % this.#energyFrames === 0) {
        this.energies.push(this.#energy / this.#energyFrames);
        this.#energy = 0;
      }
    }
    this.#memory.set(kernel.remembered);
  }
}

function weightingAt(sampleRate: SampleRate): readonly number[] {
  const weighting: number[] = [];
  for (const filter of [headShelf, highPass]) {
    const { b0, b1, b2, a1, a2 } = sampleRate === fullRate ? filter : warped(filter, fullRate, sampleRate);
    weighting.push(b0, b1, b2, a1, a2);
  }
  return weighting;
}

/**
 * Converts a filter designed for one rate to another: back to the analogue filter by the bilinear transform,
 * and forth again. So z⁻¹ of the one is (z⁻¹ + r) / (1 + r z⁻¹) of the other, with r = (from − to) / (from +
 * to).
 */
function warped({ b0, b1, b2, a1, a2 }: Biquad, from: number, to: number): Biquad {
  const r = (from - to) / (from + to);
  const of = (c0: number, c1: number, c2: number): readonly [number, number, number] => [
    c0 + c1 * r + c2 * r * r,
    2 * r * (c0 + c2) + c1 * (1 + r * r),
    c0 * r * r + c1 * r + c2,
  ];
  const [n0, n1, n2] = of(b0, b1, b2);
  const [d0, d1, d2] = of(1, a1, a2);
  return { b0: n0 / d0, b1: n1 / d0, b2: n2 / d0, a1: d1 / d0, a2: d2 / d0 };
}

/**
 * Integrated loudness in LUFS of a signal from its energies ({@link LoudnessMeter.energies}), with both gates
 * of BS.1770-4; −Infinity if nothing is above the absolute gate.
 */
export function integratedLoudness(energies: ArrayLike<number>): number {
  const blocks: number[] = [];
  for (let step = stepsInBlock; step <= energies.length; step++) {
    let sum = 0;
    for (let i = step - stepsInBlock; i < step; i++) sum += energies[i]!;
    blocks.push(sum / stepsInBlock);
  }
  const audible = blocks.filter((energy) => loudness(energy) > absoluteGateLufs);
  if (audible.length === 0) return -Infinity;
  const relativeGate = loudness(mean(audible)) + relativeGateLu;
  return loudness(mean(audible.filter((energy) => loudness(energy) > relativeGate)));
}

/** EBU Tech 3341: a window of three seconds. */
const stepsInShortTerm = 30;

/**
 * Short-term loudness (EBU Tech 3341) in LUFS of every three seconds, in steps of 100 ms, from energies; for
 * less than three seconds, of the whole. −Infinity for silence.
 */
export function shortTermLoudness(energies: ArrayLike<number>): number[] {
  const steps = Math.min(stepsInShortTerm, energies.length);
  return Array.from({ length: energies.length - steps + 1 }, (_, from) => {
    // Summed from scratch each time: a running sum would not return to exactly zero.
    let sum = 0;
    for (let i = from; i < from + steps; i++) sum += energies[i]!;
    return loudness(sum / steps);
  });
}

/** The highest of some peaks; 0 if there are none. */
export function highest(peaks: readonly number[]): number {
  let peak = 0;
  for (const each of peaks) peak = Math.max(peak, each);
  return peak;
}

/** BS.1770-4, equation 2: −0.691 + 10 log10 Σ z; the weights of left and right are 1. */
function loudness(energy: number): number {
  return -0.691 + 10 * Math.log10(energy);
}
