import { highest, integratedLoudness, peaksOfEnergy } from './loudness.js';
import { mostFrames, sampleKernel } from './samples.js';

/** Measurements of a signal needed for levelling, from a loudness meter. */
export interface Measured {
  /** Frames of 5 ms. */
  readonly peakFrames: number;
  /** Highest absolute sample of every 5 ms. */
  readonly peaks: readonly number[];
  /** Mean K-weighted square of every 100 ms. */
  readonly energies: readonly number[];
}

export interface Levels {
  /** LUFS. */
  readonly loudness: number;
  /** dBFS; no sample will exceed it. */
  readonly peak: number;
  /** The end of the signal. */
  readonly frames: number;
  /** Length of the fade-out at the end. */
  readonly fadeFrames: number;
}

/**
 * Maximum reduction of a peak by the limiter, in dB; a piece that would need more stays softer as a whole.
 */
const maxLimiting = 6;
/** Change of the limiter's gain in dB per 5 ms, before a peak and after it. */
const closing = 2;
const opening = 0.15;

/**
 * The gain at the boundary of every 5 ms, linear in between, that brings a signal to a loudness without
 * samples above the peak. It is constant wherever the peaks allow it, so that dynamics are preserved; only
 * around a peak that would exceed the limit is it reduced, before the peak and slowly back after it. It has
 * one more entry than `frames` has (complete or partial) 5 ms.
 */
export function gainCurve(measured: Measured, levels: Levels): Float32Array {
  const { peakFrames } = measured;
  const peaks = measured.peaks.slice(0, Math.ceil(levels.frames / peakFrames));
  const energies = measured.energies.slice(0, Math.floor(levels.frames / (peaksOfEnergy * peakFrames)));
  const ceiling = fromDecibels(levels.peak);
  const loudest = highest(peaks);

  let gain = loudest > 0 ? ceiling / loudest : 1;
  let curve = fade(limit(peaks, gain, ceiling), levels, peakFrames);
  // Limiting and fading reduce the loudness slightly, which more gain compensates: a few iterations converge.
  for (let round = 0; round < 5; round++) {
    const loudness = integratedLoudness(energies.map((energy, i) => energy * meanSquare(curve, i)));
    if (loudness === -Infinity) break;
    const wanted = gain * fromDecibels(levels.loudness - loudness);
    gain = Math.min(wanted, (ceiling * fromDecibels(maxLimiting)) / loudest);
    curve = fade(limit(peaks, gain, ceiling), levels, peakFrames);
  }
  return curve;
}

/**
 * Multiplies samples by the gain curve, in place; the first sample has index `offset` in the signal.
 * @param peakFrames frames in 5 ms
 */
export function applyGain(
  samples: Float32Array,
  curve: Float32Array,
  offset: number,
  peakFrames: number,
): void {
  for (let from = 0; from < samples.length; from += mostFrames) {
    amplify(samples.subarray(from, from + mostFrames), curve, offset + from, peakFrames);
  }
}

function amplify(samples: Float32Array, curve: Float32Array, offset: number, peakFrames: number): void {
  const kernel = sampleKernel();
  const [inKernel] = kernel.samples;
  inKernel.set(samples);
  for (let from = 0; from < samples.length;) {
    const segment = Math.floor((offset + from) / peakFrames);
    const into = (offset + from) % peakFrames;
    const count = Math.min(samples.length - from, peakFrames - into);
    const slope = (curve[segment + 1]! - curve[segment]!) / peakFrames;
    kernel.calls.amplify(kernel.left + 4 * from, count, curve[segment]! + slope * into, slope);
    from += count;
  }
  samples.set(inKernel.subarray(0, samples.length));
}

/**
 * At each boundary, the smaller of the gains needed on both sides keeps the line between two boundaries below
 * both.
 */
function limit(peaks: readonly number[], gain: number, ceiling: number): Float32Array {
  const curve = new Float32Array(peaks.length + 1).fill(gain);
  for (const [segment, peak] of peaks.entries()) {
    curve[segment + 1] = Math.min(gain, ceiling / peak);
    curve[segment] = Math.min(curve[segment]!, curve[segment + 1]!);
  }
  const [opens, closes] = [fromDecibels(opening), fromDecibels(closing)];
  for (let i = 1; i < curve.length; i++) curve[i] = Math.min(curve[i]!, curve[i - 1]! * opens);
  for (let i = curve.length - 2; i >= 0; i--) curve[i] = Math.min(curve[i]!, curve[i + 1]! * closes);
  return curve;
}

/** Fades a curve to zero at the end of the signal, along half a cosine, in place. */
function fade(curve: Float32Array, { frames, fadeFrames }: Levels, peakFrames: number): Float32Array {
  for (let i = 0; i < curve.length; i++) {
    const left = Math.max(0, frames - i * peakFrames) / fadeFrames;
    if (left < 1) curve[i]! *= (1 - Math.cos(Math.PI * left)) / 2;
  }
  return curve;
}

/** Mean square of a curve over energy step `step`. */
function meanSquare(curve: Float32Array, step: number): number {
  let sum = 0;
  for (let i = step * peaksOfEnergy; i < (step + 1) * peaksOfEnergy; i++) sum += curve[i]! ** 2;
  return sum / peaksOfEnergy;
}

function fromDecibels(decibels: number): number {
  return 10 ** (decibels / 20);
}
