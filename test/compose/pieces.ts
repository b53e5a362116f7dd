import fc from 'fast-check';
import { scaleNames, tonics } from '../../src/music/theory/key.js';
import { byOnset, type Note } from '../../src/music/note.js';
import type { Piece } from '../../src/music/piece.js';

const seconds = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const keys = fc.record({ tonic: fc.constantFrom(...tonics), scale: fc.constantFrom(...scaleNames) });

const shapes = fc.record({
  title: fc.string({ unit: 'grapheme', maxLength: 30 }),
  tempoBpm: fc.double({ min: 4, max: 600, noNaN: true }),
  timeSignature: fc.record({
    numerator: fc.integer({ min: 1, max: 16 }),
    denominator: fc.constantFrom(1, 2, 4, 8, 16),
  }),
  key: fc.option(keys, { nil: undefined }),
  program: fc.nat(127),
  metrical: fc.boolean(),
  /** Gap after the note of that pitch before, then the note. */
  line: fc.array(
    fc.record({
      pitch: fc.nat(127),
      gap: fc.oneof(fc.constant(0), seconds(0, 0.01), seconds(0, 2)),
      durationSeconds: fc.oneof(seconds(1e-4, 0.01), seconds(0.01, 3)),
      velocity: fc.integer({ min: 1, max: 127 }),
    }),
    { minLength: 1, maxLength: 60 },
  ),
});

/** Any piece: chords, very short notes, repeated notes that touch, but no two of one pitch that overlap. */
export const pieces: fc.Arbitrary<Piece> = shapes.map(({ line, key, ...shape }) => {
  const freeFrom = new Map<number, number>();
  const notes = line.map(({ gap, ...note }): Note => {
    const onsetSeconds = (freeFrom.get(note.pitch) ?? 0) + gap;
    freeFrom.set(note.pitch, onsetSeconds + note.durationSeconds);
    return { ...note, onsetSeconds };
  });
  return { ...shape, ...(key && { key }), notes: notes.sort(byOnset), givenNotes: 0 };
});
