import type { DrawRule } from './rule.js';

/**
 * A single voice repeats its last pitch less often: on its own output the network does so about twice as often
 * as real voices do.
 * @param by nats that the pitch loses
 */
export function fewerRepeats(by: number): DrawRule {
  return (logits, { part, past }) => {
    const last = past.at(-1);
    if (part?.isMonophonic === true && last !== undefined) logits[last.pitch]! -= by;
  };
}

/** How many of the last notes are counted, and how many of them usually have the same pitch in real melodies. */
const countedNotes = 16;
const usualCount = 5;

/**
 * No pitch is dwelt on: on its own output the network may stay on one for a whole song, which real melodies
 * never do.
 * @param by nats that a pitch loses for each of the last notes that has it, beyond the usual number
 */
export function dwellsNowhere(by: number): DrawRule {
  return (logits, { past }) => {
    const counts = new Map<number, number>();
    for (const { pitch } of past.slice(-countedNotes)) counts.set(pitch, (counts.get(pitch) ?? 0) + 1);
    for (const [pitch, count] of counts) logits[pitch]! -= by * Math.max(0, count - usualCount);
  };
}

/** Applies a rule to melodies only. */
export function inMelodies(rule: DrawRule): DrawRule {
  return (logits, drawing) => {
    if (drawing.part?.role === 'melody') rule(logits, drawing);
  };
}

/**
 * A phrase takes up the rhythm and pitches of the phrases before it, as real ones do: on its own output the
 * network forgets them.
 * @param by nats that these values gain
 */
export function recallsPhrases(by: number): DrawRule {
  return (logits, { phrases }) => {
    for (const value of phrases) logits[value]! += by;
  };
}
