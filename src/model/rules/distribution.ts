import { highest } from '../draw.js';
import { mask } from './mask.js';
import type { PastNote, Rule } from './rule.js';

/** Nothing but this value. */
export function only(value: number): Rule {
  return (logits) => {
    const kept = logits[value]!;
    logits.fill(-Infinity);
    logits[value] = kept;
  };
}

/** Divides the logits: below 1 the likely gets likelier, above 1 everything gets more equal. */
export function temperature(divisor: number): Rule<Float64Array, unknown> {
  return (logits) => {
    for (let value = 0; value < logits.length; value++) logits[value]! /= divisor;
  };
}

const loopNotes = 32;

/**
 * A temperature that rises while the music goes round in a loop: when the last 32 notes repeat, in
 * steps and intervals, what stood some 1 to 32 notes before. Softly, since music repeats itself.
 */
export function temperatureAgainstLoops(value: number, extra = 0.15): Rule {
  const calm = temperature(value);
  const warm = temperature(value + extra);
  return (logits, context) => (loops(context.past) ? warm : calm)(logits, context);
}

function loops(past: readonly PastNote[]): boolean {
  const newest = past.slice(-2 * loopNotes - 1);
  const moves = newest.slice(1).map((note, i) => ({
    interval: note.pitch - newest[i]!.pitch,
    stepSeconds: note.onsetSeconds - newest[i]!.onsetSeconds,
  }));
  const same = (i: number, j: number): boolean =>
    moves[i]!.interval === moves[j]!.interval &&
    Math.abs(moves[i]!.stepSeconds - moves[j]!.stepSeconds) < 0.015; // a tick up or down
  const last = moves.length - 1;
  for (let period = 1; period <= loopNotes && period + loopNotes <= moves.length; period++) {
    let repeated = 0;
    while (repeated < loopNotes && same(last - repeated, last - repeated - period)) repeated++;
    if (repeated === loopNotes) return true;
  }
  return false;
}

/**
 * Drops values that are less likely than this share of the likeliest (Nguyen et al. 2024, "min-p").
 * Larger shares make a small model dull, most of all of times and durations.
 */
export function minP(share: number): Rule<Float64Array, unknown> {
  return (logits) => {
    const least = highest(logits) + Math.log(share);
    mask(logits, (value) => logits[value]! < least);
  };
}
