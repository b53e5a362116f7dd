import type { Rule } from './rule.js';

/*
 * Rules that steer the music to the character that is planned for it: the further it is from there, the likelier they
 * make values that bring it closer.
 */

/** Onsets this close sound like one chord. */
const chordSeconds = 0.03;
/** Shorter notes count as this long. */
const shortestSeconds = 0.02;

/**
 * While the music is too sparse or too dense, makes shorter or longer times to the next note likelier. Chords stay as
 * likely as they are: the music gets faster or slower, not thicker or thinner.
 * @param leastSeconds the shortest time of each bin
 */
export function leanToDensity(leastSeconds: readonly number[], weight: number): Rule {
  const first = leastSeconds.findIndex((seconds) => seconds >= chordSeconds);
  const logs = leastSeconds.map((seconds) => Math.log(Math.max(seconds, chordSeconds)));
  return (logits, { ahead }) => {
    const missing = ahead?.missing?.density;
    if (missing === undefined) return;
    const before = logSumFrom(first, logits);
    if (before === -Infinity) return;
    for (let bin = first; bin < logits.length; bin++) logits[bin]! -= weight * missing * logs[bin]!;
    const more = logSumFrom(first, logits) - before;
    for (let bin = first; bin < logits.length; bin++) logits[bin]! -= more;
  };
}

/**
 * While too few or too many notes sound at a time, makes longer or shorter notes likelier.
 * @param leastSeconds the shortest duration of each bin
 */
export function leanToPolyphony(leastSeconds: readonly number[], weight: number): Rule {
  const logs = leastSeconds.map((seconds) => Math.log(Math.max(seconds, shortestSeconds)));
  return (logits, { ahead }) => {
    const missing = ahead?.missing?.polyphony;
    if (missing === undefined) return;
    for (let bin = 0; bin < logits.length; bin++) logits[bin]! += weight * missing * logs[bin]!;
  };
}

/** While the music is too soft or too loud, makes louder or softer notes likelier. */
export function leanToLoudness(velocitiesPerBin: number, weight: number): Rule {
  return (logits, { ahead }) => {
    const missing = ahead?.missing?.loudness;
    if (missing === undefined) return;
    for (let bin = 0; bin < logits.length; bin++) logits[bin]! += weight * missing * velocitiesPerBin * bin;
  };
}

/** Logarithm of the sum of the exponentials of all values from an index on. */
function logSumFrom(first: number, logits: Float64Array): number {
  let peak = -Infinity;
  for (let i = first; i < logits.length; i++) peak = Math.max(peak, logits[i]!);
  if (peak === -Infinity) return peak;
  let sum = 0;
  for (let i = first; i < logits.length; i++) sum += Math.exp(logits[i]! - peak);
  return peak + Math.log(sum);
}
