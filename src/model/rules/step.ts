import { mask } from './mask.js';
import type { Moment } from './moment.js';
import type { Rule } from './rule.js';

/*
 * Rules for the time to a note, for a network that draws it from bins. `leastSeconds` has the shortest time
 * of each bin.
 */

/** Onsets this close sound like one chord. */
const chordSeconds = 0.03;

/** Limits the time to the next note. */
export function noLongStep(leastSeconds: readonly number[], seconds: number): Rule {
  return (logits) => mask(logits, (bin) => leastSeconds[bin]! > seconds);
}

/** A single voice: keeps a minimum distance from the previous note. */
export function apart(leastSeconds: readonly number[], seconds: number): Rule {
  return (logits) => mask(logits, (bin) => leastSeconds[bin]! < seconds - 1e-9);
}

/** Ten fingers: at most ten notes are struck in one moment. */
export function tenFingers(leastSeconds: readonly number[], moment: Moment): Rule {
  return (logits, { past }) => {
    const tenth = past.at(-10);
    if (tenth === undefined) return;
    const { onsetSeconds } = past.at(-1)!;
    mask(logits, (bin) => moment(tenth.onsetSeconds, onsetSeconds + leastSeconds[bin]!));
  };
}

/**
 * Reduces the logits of simultaneous notes by `weight`: fed its own output, a small network strikes more and
 * more notes together.
 */
export function fewerChords(leastSeconds: readonly number[], weight: number): Rule {
  return (logits) => {
    for (let bin = 0; bin < logits.length; bin++) {
      if (leastSeconds[bin]! < chordSeconds) logits[bin]! -= weight;
    }
  };
}

/** Number of notes over which the pace is measured. */
const paceNotes = 48;
/**
 * In windows of 256 notes of real piano music, one in fifty is slower than 3.1 or faster than 30 notes per
 * second.
 */
const slowestPace = 3.8;
const fastestPace = 24;

/**
 * Keeps the pace in the range of real music: with fewer or more notes per second than that, shorter or longer
 * times get likelier, increasingly with the deviation. Within the range it has no effect.
 */
export function withinRealPace(leastSeconds: readonly number[], weight: number): Rule {
  return (logits, { past }) => {
    const heard = past.slice(-paceNotes);
    if (heard.length < paceNotes / 2) return;
    const seconds = Math.max(heard.at(-1)!.onsetSeconds - heard[0]!.onsetSeconds, 0.01);
    const pace = (heard.length - 1) / seconds;
    const away = Math.max(0, Math.log(slowestPace / pace)) - Math.max(0, Math.log(pace / fastestPace));
    if (away === 0) return;
    for (let bin = 0; bin < logits.length; bin++) {
      logits[bin]! -= weight * away * Math.log(Math.max(leastSeconds[bin]!, chordSeconds));
    }
  };
}
