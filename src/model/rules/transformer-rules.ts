import { temperature, type Moment, type PitchRule, type SamplingContext } from './rules.js';
import { highest } from '../draw.js';

/** Onsets so close are heard as one chord. */
const chordSeconds = 0.03;

/** What the rules may look at when a field of the next note is about to be drawn. */
export interface FieldContext extends SamplingContext {
  /** Of each bin of the field dt: the shortest time that it stands for. */
  readonly leastStepSeconds: readonly number[];
  /** Onset of the note to come: settled once its dt is drawn. */
  readonly onsetSeconds: number;
}

/** Changes the logits of one field. A value that must not be is −∞; every rule leaves at least one. */
export type FieldRule = (logits: Float64Array, context: FieldContext) => void;

/** A rule about pitch, as the LSTM's sampling has them. */
export function ofPitch(rule: PitchRule): FieldRule {
  return (logits, context) => rule(logits, context.onsetSeconds, context);
}

/** Nothing but this value. */
export function only(value: number): FieldRule {
  return (logits) => {
    const kept = logits[value]!;
    logits.fill(-Infinity);
    logits[value] = kept;
  };
}

/** No longer wait for a note than this. */
export function noLongGap(seconds: number): FieldRule {
  return (logits, { leastStepSeconds }) => mask(logits, (bin) => leastStepSeconds[bin]! > seconds);
}

/** One voice: each note leaves room for the one before it. */
export function apart(seconds: number): FieldRule {
  return (logits, { leastStepSeconds }) => mask(logits, (bin) => leastStepSeconds[bin]! < seconds - 1e-9);
}

/** Ten fingers: at most ten notes are struck in one moment. */
export function tenFingers(moment: Moment): FieldRule {
  return (logits, { past, leastStepSeconds }) => {
    const tenth = past.at(-10);
    if (tenth === undefined) return;
    const { onsetSeconds } = past.at(-1)!;
    mask(logits, (bin) => moment(tenth.onsetSeconds, onsetSeconds + leastStepSeconds[bin]!));
  };
}

/**
 * Drops values that are less likely than this share of the likeliest (Nguyen et al. 2024, "min-p").
 * Larger shares make a small model dull, most of all of times and durations.
 */
export function minP(share: number): FieldRule {
  return (logits) => {
    const least = highest(logits) + Math.log(share);
    mask(logits, (value) => logits[value]! < least);
  };
}

/**
 * Makes it less likely by `weight` that the next note is struck together with the last: played on its
 * own music, a small network strikes more and more together.
 */
export function fewerChords(weight: number): FieldRule {
  return (logits, { leastStepSeconds }) => {
    for (let bin = 0; bin < logits.length; bin++) {
      if (leastStepSeconds[bin]! < chordSeconds) logits[bin]! -= weight;
    }
  };
}

const loopNotes = 32;

/**
 * A temperature that rises while the music goes round in a loop: when the last 32 notes repeat, in
 * steps and intervals, what stood some 1 to 32 notes before. Softly, since music repeats itself.
 */
export function temperatureAgainstLoops(value: number, extra = 0.15): FieldRule {
  const calm = ofPitch(temperature(value));
  const warm = ofPitch(temperature(value + extra));
  return (logits, context) => (loops(context.past) ? warm : calm)(logits, context);
}

function loops(past: SamplingContext['past']): boolean {
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

/** Takes values away, unless that would leave none. */
function mask(logits: Float64Array, gone: (value: number) => boolean): void {
  if (logits.every((logit, value) => logit === -Infinity || gone(value))) return;
  for (let value = 0; value < logits.length; value++) {
    if (gone(value)) logits[value] = -Infinity;
  }
}
