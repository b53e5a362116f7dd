import { byOnset, type Note } from '../note.js';

/**
 * Shortens a note so that it ends within a limit; both in seconds. A note that already fits keeps its
 * duration.
 */
export type Fit = (durationSeconds: number, limitSeconds: number) => number;

/** Margin that keeps an end before the next onset despite rounding, of seconds and to ticks. */
const hairSeconds = 1e-9;

export const cut: Fit = (durationSeconds, limitSeconds) =>
  Math.min(durationSeconds, limitSeconds - hairSeconds);

/** Minimum length of a note, and minimum time between two strokes of a key. */
export const shortestSeconds = 0.01;

/** Notes struck within this time sound simultaneous. */
const momentSeconds = 0.03;

/**
 * Removes overlaps between notes of the same pitch: the earlier note ends where the later one is struck.
 * Notes of one pitch struck at once are merged into one with the earliest onset, the longest length and the
 * highest velocity.
 * @returns the notes in onset order
 */
export function separateRepeats<N extends Note>(notes: readonly N[], fit: Fit = cut): N[] {
  const separated: N[] = [];
  const latest = new Map<number, number>(); // pitch → index in `separated`
  for (const note of notes.toSorted(byOnset)) {
    const index = latest.get(note.pitch);
    if (index !== undefined) {
      const earlier = separated[index]!;
      const gapSeconds = note.onsetSeconds - earlier.onsetSeconds;
      if (gapSeconds < shortestSeconds) {
        separated[index] = {
          ...earlier,
          durationSeconds: Math.max(earlier.durationSeconds, note.durationSeconds),
          velocity: Math.max(earlier.velocity, note.velocity),
        };
        continue;
      }
      separated[index] = { ...earlier, durationSeconds: fit(earlier.durationSeconds, gapSeconds) };
    }
    latest.set(note.pitch, separated.length);
    separated.push(note);
  }
  return separated;
}

/**
 * Reduces notes to a single voice: of notes struck together (within 30 ms of the first), only the highest
 * stays, with the onset of the first, and each note ends at the latest where the next begins.
 * @returns the notes in onset order, more than 30 ms apart
 */
export function monophonic<N extends Note>(notes: readonly N[], fit: Fit = cut): N[] {
  const melody: N[] = [];
  for (const note of notes.toSorted(byOnset)) {
    const last = melody.at(-1);
    if (last === undefined || note.onsetSeconds > last.onsetSeconds + momentSeconds) {
      melody.push(note);
    } else if (note.pitch > last.pitch) {
      melody[melody.length - 1] = { ...note, onsetSeconds: last.onsetSeconds };
    }
  }
  return melody.map((note, i) => {
    const next = melody[i + 1];
    if (next === undefined) return note;
    const limitSeconds = next.onsetSeconds - note.onsetSeconds;
    return { ...note, durationSeconds: fit(note.durationSeconds, limitSeconds) };
  });
}
