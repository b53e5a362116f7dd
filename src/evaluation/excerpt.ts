import { byOnset, type Note } from '../music/note.js';

/** Notes of an excerpt, one after the other in a piece. */
export const excerptLength = 256;

/** Consecutive notes of one piece, by onset, then by pitch. */
export interface Excerpt {
  /** ms; the first is 0. */
  readonly onset: Float64Array;
  /** ms; how long a note is heard. */
  readonly duration: Float64Array;
  readonly pitch: Uint8Array;
  readonly velocity: Uint8Array;
}

/** @param notes at least one */
export function excerptOf(notes: readonly Note[]): Excerpt {
  const sorted = [...notes].sort(byOnset);
  const start = sorted[0]!.onsetSeconds;
  return {
    onset: Float64Array.from(sorted, (note) => 1000 * (note.onsetSeconds - start)),
    duration: Float64Array.from(sorted, (note) => 1000 * note.durationSeconds),
    pitch: Uint8Array.from(sorted, (note) => note.pitch),
    velocity: Uint8Array.from(sorted, (note) => note.velocity),
  };
}
