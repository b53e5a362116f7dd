import type { Note } from '../music/note.js';
import { mean } from './statistics.js';

const binsPerSecond = 100;
const windowSeconds = 12;
/** Width of the Gaussian that lets onsets played with expressive timing coincide. */
const smoothingSeconds = 0.02;
/** A window with fewer bins with onsets is skipped. */
const leastOnsets = 20;
/** Maximum weight of an accent. */
const mostWeight = 3;
const shortestBeatSeconds = 0.15;
const longestBeatSeconds = 2;

/**
 * How clear the pulse of music is, from about 0.2 for gaps in random order to 1 for a metronome: the maximum
 * autocorrelation of its onsets, weighted by loudness, for lags between 0.15 and 2 s; the mean over windows
 * of 12 s that overlap by half.
 * @returns undefined for music that is too short or sparse
 */
export function pulseClarity(notes: readonly Note[]): number | undefined {
  const clarities = windowsOf(onsetSignal(notes)).flatMap((window) => {
    const clarity = clarityOf(window);
    return clarity === undefined ? [] : [clarity];
  });
  return clarities.length === 0 ? undefined : mean(clarities);
}

function onsetSignal(notes: readonly Note[]): Float64Array {
  const start = Math.min(...notes.map(({ onsetSeconds }) => onsetSeconds));
  const end = Math.max(...notes.map(({ onsetSeconds }) => onsetSeconds));
  const signal = new Float64Array(Math.floor((end - start) * binsPerSecond) + 1);
  for (const { onsetSeconds, velocity } of notes) {
    const bin = Math.min(Math.round((onsetSeconds - start) * binsPerSecond), signal.length - 1);
    signal[bin] = Math.min(signal[bin]! + velocity / 64, mostWeight);
  }
  return signal;
}

function windowsOf(signal: Float64Array): Float64Array[] {
  const length = windowSeconds * binsPerSecond;
  const count = Math.floor((signal.length - length) / (length / 2)) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, i) =>
    signal.subarray((i * length) / 2, (i * length) / 2 + length),
  );
}

function clarityOf(window: Float64Array): number | undefined {
  if (window.filter((weight) => weight > 0).length < leastOnsets) return undefined;
  const smooth = smoothed(window);
  const centre = mean(smooth);
  const centred = smooth.map((value) => value - centre);
  const atLag = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < centred.length; i++) sum += centred[i]! * centred[i - lag]!;
    return sum / (centred.length - lag);
  };
  const whole = atLag(0);
  const first = shortestBeatSeconds * binsPerSecond;
  const fits = Array.from(
    { length: (longestBeatSeconds - shortestBeatSeconds) * binsPerSecond + 3 },
    (_, i) => atLag(first - 1 + i) / whole,
  );
  const peaks = fits.filter(
    (fit, i) => i > 0 && i < fits.length - 1 && fit > fits[i - 1]! && fit >= fits[i + 1]!,
  );
  return peaks.length === 0 ? 0 : Math.max(...peaks);
}

function smoothed(signal: Float64Array): Float64Array {
  const deviation = smoothingSeconds * binsPerSecond;
  const reach = Math.ceil(4 * deviation);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  return signal.map((_, at) =>
    kernel.reduce((sum, weight, i) => sum + weight * (signal[at + i - reach] ?? 0), 0),
  );
}
