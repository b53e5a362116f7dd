import { byOnset, type Note } from '../note.js';

/**
 * Shortens a note so that it ends within a limit; both in seconds. A note that fits already
 * keeps its duration.
 */
export type Fit = (durationSeconds: number, limitSeconds: number) => number;

/** Keeps an end before the next onset through all rounding, of seconds and to ticks. */
const hairSeconds = 1e-9;

export const cut: Fit = (durationSeconds, limitSeconds) =>
  Math.min(durationSeconds, limitSeconds - hairSeconds);

/** No note is shorter, and a key cannot be struck twice in less. */
export const shortestSeconds = 0.01;

/** Notes struck within this time are heard as struck together. */
const momentSeconds = 0.03;

/**
 * Lets no two notes of one pitch overlap: the earlier ends where the later is struck. Notes
 * of one pitch struck at once become one, as early as the first, as long as the longest and
 * as loud as the loudest.
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
 * Leaves one note at a time: of notes struck together (within 30 ms of the first) the highest
 * stays, at the moment of the first, and each note ends at the latest where the next begins.
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
