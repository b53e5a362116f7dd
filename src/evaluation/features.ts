import type { Excerpt } from './excerpt.js';
import { correlation, entropy, mean, quantile, standardDeviation } from './statistics.js';

/**
 * The features of an excerpt, in the order of the feature vector. Intervals are differences between consecutive
 * pitches; IOI (inter-onset interval) is the time between consecutive onsets.
 */
export const featureNames = [
  'pch_ent',
  'scale_cons',
  'pch_ent_4s',
  'density',
  'chord_frac',
  'ioi_mean',
  'ioi_sd',
  'ioi_ent',
  'dur_mean',
  'dur_sd',
  'poly',
  'p_mean',
  'p_sd',
  'p_range',
  'v_mean',
  'v_sd',
  'v_ac',
  'rep_pitch',
  'step',
  'leap',
  'iv_ent',
  'rep4',
  'rep8',
  'ss_short',
  'ss_mid',
  'diss',
] as const;

export type FeatureName = (typeof featureNames)[number];
export const featureCount = featureNames.length;

/** Onsets at most this far apart count as simultaneous, ms; the small excess absorbs rounding. */
const togetherMs = 30 + 1e-6;

/** The features of an excerpt, [26]. Logarithms are natural, times in ms; a mean over nothing is 0. */
export function featuresOf(excerpt: Excerpt): Float64Array {
  const { onset, duration, pitch, velocity } = excerpt;
  const lastOnset = onset.at(-1)!;
  const totalMs = lastOnset + 1;
  const steps = differences(onset);
  const intervals = differences(pitch);
  const share = (values: Float64Array, holds: (value: number, i: number) => boolean): number =>
    values.length === 0 ? 0 : values.filter(holds).length / values.length;
  const apart = steps.filter((step) => step > togetherMs).map(Math.log);
  const logDurations = duration.map((length) => Math.log(Math.max(length, 10)));
  const chordIntervals = intervals.filter((_, i) => steps[i]! <= togetherMs).map(Math.abs);
  const values: Record<FeatureName, number> = {
    pch_ent: entropy(pitchClasses(pitch)),
    scale_cons: shareInBestScale(pitch),
    pch_ent_4s: windowedEntropy(excerpt),
    density: pitch.length / (totalMs / 1000),
    chord_frac: share(steps, (step) => step <= togetherMs),
    ioi_mean: apart.length === 0 ? Math.log(togetherMs) : mean(apart),
    ioi_sd: apart.length === 0 ? 0 : standardDeviation(apart),
    ioi_ent: entropy(
      histogram(
        apart.map((log) => Math.floor((log - Math.log(togetherMs)) / 0.25)),
        0,
        20,
      ),
    ),
    dur_mean: mean(logDurations),
    dur_sd: standardDeviation(logDurations),
    poly: duration.reduce((sum, length) => sum + length, 0) / totalMs,
    p_mean: mean(pitch),
    p_sd: standardDeviation(pitch),
    p_range: quantile(pitch, 0.98) - quantile(pitch, 0.02),
    v_mean: mean(velocity),
    v_sd: standardDeviation(velocity),
    v_ac: correlation(velocity.subarray(0, -1), velocity.subarray(1)) ?? 1,
    rep_pitch: share(intervals, (interval) => interval === 0),
    step: share(intervals, (interval) => interval !== 0 && Math.abs(interval) <= 2),
    leap: share(intervals, (interval) => Math.abs(interval) > 12),
    iv_ent: entropy(histogram(intervals, -36, 36)),
    rep4: shareRepeated(pitch, 4),
    rep8: shareRepeated(pitch, 8),
    ...selfSimilarity(excerpt),
    diss: share(chordIntervals, (interval) => [1, 6, 11].includes(interval % 12)),
  };
  return Float64Array.from(featureNames, (name) => values[name]);
}

function differences(values: Float64Array | Uint8Array): Float64Array {
  return Float64Array.from({ length: values.length - 1 }, (_, i) => values[i + 1]! - values[i]!);
}

/** Histogram of integers; values outside the range count in the nearest bin. */
function histogram(values: Float64Array, lowest: number, highest: number): Float64Array {
  const counts = new Float64Array(highest - lowest + 1);
  for (const value of values) counts[Math.min(Math.max(value, lowest), highest) - lowest]! += 1;
  return counts;
}

function pitchClasses(pitch: Uint8Array): Float64Array {
  const counts = new Float64Array(12);
  for (const each of pitch) counts[each % 12]! += 1;
  return counts;
}

/** The 24 major and natural minor scales are 12 sets of pitch classes: each minor one has its relative major's. */
const majorScale = [0, 2, 4, 5, 7, 9, 11];

function shareInBestScale(pitch: Uint8Array): number {
  const counts = pitchClasses(pitch);
  const inside = Array.from({ length: 12 }, (_, tonic) =>
    majorScale.reduce((sum, degree) => sum + counts[(tonic + degree) % 12]!, 0),
  );
  return Math.max(...inside) / pitch.length;
}

/** Mean entropy of the pitch classes in windows of 4 s, every 2 s, that have at least 4 notes. */
function windowedEntropy({ onset, pitch }: Excerpt): number {
  const entropies: number[] = [];
  let first = 0;
  for (let start = 0; start <= onset.at(-1)!; start += 2000) {
    while (onset[first]! < start) first++;
    let end = first;
    while (end < onset.length && onset[end]! < start + 4000) end++;
    if (end - first >= 4) entropies.push(entropy(pitchClasses(pitch.subarray(first, end))));
  }
  return entropies.length === 0 ? 0 : mean(entropies);
}

/** 1 − distinct / all pitch n-grams. */
function shareRepeated(pitch: Uint8Array, n: number): number {
  const figures = pitch.length - n + 1;
  if (figures <= 0) return 0;
  const distinct = new Set(Array.from({ length: figures }, (_, i) => pitch.subarray(i, i + n).join()));
  return 1 - distinct.size / figures;
}

/**
 * Counts of pitch classes in frames of 1 s, each frame of unit length: for each lag the mean dot
 * product of frames that far apart; the largest over a range of lags.
 */
function selfSimilarity({ onset, pitch }: Excerpt): { ss_short: number; ss_mid: number } {
  const frames = Array.from({ length: Math.floor(onset.at(-1)! / 1000) + 1 }, () => new Float64Array(12));
  onset.forEach((time, i) => (frames[Math.floor(time / 1000)]![pitch[i]! % 12]! += 1));
  const units = frames.map((frame) => {
    const length = Math.hypot(...frame);
    return length === 0 ? frame : frame.map((count) => count / length);
  });
  const atLag = (lag: number): number => {
    const pairs = units.length - lag;
    if (pairs <= 0) return 0;
    let sum = 0;
    for (let i = 0; i < pairs; i++) {
      for (let k = 0; k < 12; k++) sum += units[i]![k]! * units[i + lag]![k]!;
    }
    return sum / pairs;
  };
  const largest = (from: number, to: number): number =>
    Math.max(...Array.from({ length: to - from + 1 }, (_, i) => atLag(from + i)));
  return { ss_short: largest(2, 8), ss_mid: largest(8, 20) };
}
