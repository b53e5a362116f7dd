import type { Note } from '../note.js';

/** How music changes over its length. */
export interface Course {
  readonly tempo?: 'faster' | 'slower';
  readonly loudness?: 'louder' | 'softer';
}

/** Deviation of the tempo at both ends from the middle: the end is almost twice as fast as the beginning. */
const tempoChange = 0.3;
/** The same for velocities. */
const loudnessChange = 0.35;

/**
 * Makes music gradually faster or slower, louder or softer. Its first and last onset stay in place, so its
 * length is unchanged.
 * @param notes in any order
 */
export function withCourse<T extends Note>(notes: readonly T[], { tempo, loudness }: Course): readonly T[] {
  const onsets = notes.map(({ onsetSeconds }) => onsetSeconds);
  const start = onsets.reduce((a, b) => Math.min(a, b), Infinity);
  const seconds = onsets.reduce((a, b) => Math.max(a, b), -Infinity) - start;
  if (!(seconds > 0)) return notes;
  const bend = tempo === undefined ? 0 : tempo === 'faster' ? tempoChange : -tempoChange;
  const swell = loudness === undefined ? 0 : loudness === 'louder' ? loudnessChange : -loudnessChange;
  // Its derivative falls linearly from 1 + bend to 1 − bend, and stays there.
  const bent = (moment: number): number => {
    const at = (moment - start) / seconds;
    return start + seconds * (at > 1 ? 1 + (1 - bend) * (at - 1) : (1 + bend) * at - bend * at * at);
  };
  return notes.map((note) => {
    const at = (note.onsetSeconds - start) / seconds;
    const onsetSeconds = bent(note.onsetSeconds);
    const velocity = Math.round(note.velocity * (1 - swell + 2 * swell * at));
    return {
      ...note,
      onsetSeconds,
      durationSeconds: bent(note.onsetSeconds + note.durationSeconds) - onsetSeconds,
      velocity: Math.min(Math.max(velocity, 1), 127),
    };
  });
}
