import { mask } from './mask.js';
import type { PastNote, Rule, Timing } from './rule.js';

/*
 * For openings without rhythm, a single note or chord. They give the network no tempo, and if its own first
 * guess is too fast, it continues at that tempo.
 */

/** Per second, simultaneous notes included; faster music is a blur. */
const mostNotes = 15;

/** Notes this close sound like one chord. */
const chordSeconds = 0.03;

/** Whether not all notes are struck together. */
export function hasRhythm(notes: readonly PastNote[]): boolean {
  const first = notes[0]?.onsetSeconds ?? 0;
  return notes.some(({ onsetSeconds }) => onsetSeconds - first > chordSeconds);
}

/**
 * Allows at most 15 notes in any second; for a network that draws the time to a note from bins.
 * @param leastSeconds the shortest time of each bin
 */
export function unhurried(leastSeconds: readonly number[]): Rule {
  return (logits, { past }) => {
    const least = secondsToWait(past);
    if (least > 0) mask(logits, (bin) => leastSeconds[bin]! < least);
  };
}

/** The same for a network that outputs a time. */
export function unhurriedTiming(): Rule<Timing> {
  return (timing, { past }) => {
    timing.stepSeconds = Math.max(timing.stepSeconds, secondsToWait(past));
  };
}

/** Time until fewer than 15 notes are within the last second. */
function secondsToWait(past: readonly PastNote[]): number {
  const earliest = past.at(-mostNotes);
  return earliest === undefined ? 0 : earliest.onsetSeconds + 1 - past.at(-1)!.onsetSeconds;
}
