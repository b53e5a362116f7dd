import { highest } from '../draw.js';
import type { PastNote, Rule } from './rule.js';

/** How far back the beat is estimated from. */
const heardSeconds = 10;
const fewestOnsets = 12;
const shortestBeatSeconds = 0.24;
const longestBeatSeconds = 1.6;
/** Resolution of the search for the beat. */
const gridSeconds = 0.02;
/** Accuracy with which people keep a beat: standard deviation of a Gaussian. */
const exactSeconds = 0.016;
/** In standard deviations: notes farther from a beat do not count. */
const mostAway = 3;
/** How many beats back are considered, with decreasing weight. */
const beatsBack = 3;
const fading = 0.7;
/** Shorter time steps are within a chord. */
const chordSeconds = 0.03;

/**
 * Favours the current beat: a moment gets likelier, the more notes were struck one, two and three beats
 * before it. The frequency of simultaneous notes is unchanged.
 * @param leastSeconds the shortest time of each bin, ascending
 * @param weight 0 has no effect; 1 makes moments as likely as the notes struck before suggest
 */
export function leanToBeat(leastSeconds: readonly number[], weight: number): Rule {
  const bins = leastSeconds.length;
  const gains = new Float64Array(bins);
  /** The first bin that is not within a chord. */
  const first = leastSeconds.filter((seconds) => seconds < chordSeconds).length;
  return (logits, { past }) => {
    if (weight === 0) return;
    const onsets = onsetsOf(past);
    const beat = beatOf(onsets);
    if (beat === undefined) return;
    const now = past.at(-1)!.onsetSeconds;
    // Normalised so that the total probability of all non-chord steps is unchanged.
    const peak = highest(logits.subarray(first));
    if (peak === -Infinity) return;
    const struck = struckBefore(onsets, beat);
    let [before, after] = [0, 0];
    for (let bin = first; bin < bins; bin++) {
      if (logits[bin] === -Infinity) continue;
      gains[bin] = (unheard + struck(now + leastSeconds[bin]!)) ** weight;
      const share = Math.exp(logits[bin]! - peak);
      before += share;
      after += share * gains[bin]!;
    }
    const scale = Math.log(before / after);
    for (let bin = first; bin < bins; bin++) logits[bin]! += Math.log(gains[bin]!) + scale;
  };
}

/** Weight of a moment without earlier notes. */
const unheard = 0.12;

function onsetsOf(past: readonly PastNote[]): number[] {
  const from = (past.at(-1)?.onsetSeconds ?? 0) - heardSeconds;
  const onsets: number[] = [];
  for (const { onsetSeconds } of past) if (onsetSeconds >= from) onsets.push(onsetSeconds);
  return onsets;
}

/** The lag at which onsets correlate best with earlier ones; undefined if there are too few. */
function beatOf(onsets: readonly number[]): number | undefined {
  if (onsets.length < fewestOnsets) return undefined;
  const length = onsets.at(-1)! - onsets[0]!;
  const bins = Math.ceil(longestBeatSeconds / gridSeconds) + 2;
  const pairs = new Float64Array(bins);
  for (let later = 1; later < onsets.length; later++) {
    for (let earlier = later - 1; earlier >= 0; earlier--) {
      const lag = (onsets[later]! - onsets[earlier]!) / gridSeconds;
      if (lag >= bins - 1) break;
      const bin = Math.floor(lag);
      pairs[bin]! += 1 - (lag - bin);
      pairs[bin + 1]! += lag - bin;
    }
  }
  let best: number | undefined;
  let most = 0;
  for (let bin = Math.round(shortestBeatSeconds / gridSeconds); bin < bins - 1; bin++) {
    const lag = bin * gridSeconds;
    if (length < 1.5 * lag) break;
    const fit = (pairs[bin - 1]! / 2 + pairs[bin]! + pairs[bin + 1]! / 2) / (length - lag);
    if (fit > most) [best, most] = [lag + offset(pairs, bin) * gridSeconds, fit];
  }
  return best;
}

/** Interpolates a peak between bins: the centroid of the three. */
function offset(pairs: Float64Array, bin: number): number {
  const [before, at, after] = [pairs[bin - 1]!, pairs[bin]!, pairs[bin + 1]!];
  const sum = before + at + after;
  return sum === 0 ? 0 : (after - before) / sum;
}

/**
 * How much was struck one, two and three beats before a moment, with decreasing weight.
 * @returns a function of the moment, which has to be called with ascending moments
 */
function struckBefore(onsets: readonly number[], beat: number): (moment: number) => number {
  /** For each number of beats back: how many onsets are not too late to count. */
  const early = new Uint32Array(beatsBack + 1);
  return (moment) => {
    let sum = 0;
    for (let back = 1, share = 1; back <= beatsBack; back++, share *= fading) {
      const then = moment - back * beat;
      while (early[back]! < onsets.length && (onsets[early[back]!]! - then) / exactSeconds < mostAway) {
        early[back]! += 1;
      }
      for (let i = early[back]! - 1; i >= 0; i--) {
        const away = (onsets[i]! - then) / exactSeconds;
        if (away < -mostAway) break;
        sum += share * Math.exp((-away * away) / 2);
      }
    }
    return sum;
  };
}
