import { mask } from './mask.js';
import type { PastNote, Rule, Timing } from './rule.js';

/*
 * For music whose opening has no rhythm, a single note or chord. Nothing tells the network a tempo there, and its own
 * first guess, once too fast, is what it goes on from.
 */

/** In any second, simultaneous notes included: faster music is a blur. */
const mostNotes = 15;

/** Notes this close are heard as one chord. */
const chordSeconds = 0.03;

/** Whether some of the notes are struck after others. */
export function hasRhythm(notes: readonly PastNote[]): boolean {
  const first = notes[0]?.onsetSeconds ?? 0;
  return notes.some(({ onsetSeconds }) => onsetSeconds - first > chordSeconds);
}

/**
 * At most 15 notes in any second, of a network that draws the time to a note from bins.
 * @param leastSeconds the shortest time of each bin
 */
export function unhurried(leastSeconds: readonly number[]): Rule {
  return (logits, { past }) => {
    const least = secondsToWait(past);
    if (least > 0) mask(logits, (bin) => leastSeconds[bin]! < least);
  };
}

/** The same of a network that answers with a time. */
export function unhurriedTiming(): Rule<Timing> {
  return (timing, { past }) => {
    timing.stepSeconds = Math.max(timing.stepSeconds, secondsToWait(past));
  };
}

/** Until the first of the last 15 notes is a second ago. */
function secondsToWait(past: readonly PastNote[]): number {
  const earliest = past.at(-mostNotes);
  return earliest === undefined ? 0 : earliest.onsetSeconds + 1 - past.at(-1)!.onsetSeconds;
}
