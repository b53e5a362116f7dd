import { highest } from '../draw.js';
import type { PastNote, Rule } from './rule.js';

/** Allows only this value. */
export function only(value: number): Rule {
  return (logits) => {
    const kept = logits[value]!;
    logits.fill(-Infinity);
    logits[value] = kept;
  };
}

/** Divides the logits: below 1 sharpens the distribution, above 1 flattens it. */
export function temperature(divisor: number): Rule<Float64Array, unknown> {
  return (logits) => divide(logits, divisor);
}

function divide(logits: Float64Array, divisor: number): void {
  for (let value = 0; value < logits.length; value++) logits[value]! /= divisor;
}

const loopNotes = 32;

/**
 * A temperature that rises while the music loops: when the last 32 notes repeat, in steps and intervals,
 * those 1 to 32 notes earlier. Only moderately, since music repeats itself.
 */
export function temperatureAgainstLoops(value: number, extra = 0.15): Rule {
  return (logits, { past }) => divide(logits, loops(past) ? value + extra : value);
}

function loops(past: readonly PastNote[]): boolean {
  const last = past.length - 1;
  for (let period = 1; period <= loopNotes && period + loopNotes <= last; period++) {
    let repeated = 0;
    while (repeated < loopNotes && isSameMove(past, last - repeated, last - repeated - period)) repeated++;
    if (repeated === loopNotes) return true;
  }
  return false;
}

/** Whether two notes follow the preceding ones by the same interval, after the same time. */
function isSameMove(past: readonly PastNote[], i: number, j: number): boolean {
  const [from, to] = [past[i - 1]!, past[i]!];
  const [otherFrom, otherTo] = [past[j - 1]!, past[j]!];
  const step = to.onsetSeconds - from.onsetSeconds;
  const otherStep = otherTo.onsetSeconds - otherFrom.onsetSeconds;
  // Within a tick.
  return to.pitch - from.pitch === otherTo.pitch - otherFrom.pitch && Math.abs(step - otherStep) < 0.015;
}

/**
 * Excludes values whose probability is below this share of the highest (Nguyen et al. 2024, "min-p"). Larger
 * shares make the music of a small model dull, especially for times and durations.
 */
export function minP(share: number): Rule<Float64Array, unknown> {
  return (logits) => {
    const least = highest(logits) + Math.log(share);
    for (let value = 0; value < logits.length; value++) if (logits[value]! < least) logits[value] = -Infinity;
  };
}
