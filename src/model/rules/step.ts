import { mask } from './mask.js';
import type { Moment } from './moment.js';
import type { PastNote, Rule } from './rule.js';

/*
 * Rules about the time to a note, of a network that draws it from bins. `leastSeconds` has the shortest
 * time of each bin.
 */

/** Onsets so close are heard as one chord. */
const chordSeconds = 0.03;

/** No longer wait for a note than this. */
export function noLongStep(leastSeconds: readonly number[], seconds: number): Rule {
  return (logits) => mask(logits, (bin) => leastSeconds[bin]! > seconds);
}

/** One voice: each note leaves room for the one before it. */
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
 * Makes it less likely by `weight` that the next note is struck together with the last: played on its
 * own music, a small network strikes more and more together.
 */
export function fewerChords(leastSeconds: readonly number[], weight: number): Rule {
  return (logits) => {
    for (let bin = 0; bin < logits.length; bin++) {
      if (leastSeconds[bin]! < chordSeconds) logits[bin]! -= weight;
    }
  };
}

/** What is faster than this many onsets a second is heard as a blur, unless it is what somebody played. */
const mostOnsets = 15;

/**
 * For music whose opening has no rhythm, a single note or chord: at most 15 notes in any second. Nothing tells the
 * network a tempo there, and its own first guess, once too fast, is what it goes on from. All notes count, struck
 * together or not.
 */
export function unhurried(leastSeconds: readonly number[]): Rule {
  return (logits, { past }) => {
    const earliest = past.at(-mostOnsets);
    if (earliest === undefined) return;
    const { onsetSeconds } = past.at(-1)!;
    mask(logits, (bin) => onsetSeconds + leastSeconds[bin]! < earliest.onsetSeconds + 1);
  };
}

/** Whether some of the notes are struck after others: a single one, or a chord, tells no tempo. */
export function hasRhythm(notes: readonly PastNote[]): boolean {
  const first = notes[0]?.onsetSeconds ?? 0;
  return notes.some(({ onsetSeconds }) => onsetSeconds - first > chordSeconds);
}
