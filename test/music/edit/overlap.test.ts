import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/music/note.js';
import { monophonic, separateRepeats } from '../../../src/music/edit/overlap.js';
import { anyNotes } from '../../compose/requests.js';

const note = (pitch: number, onsetSeconds: number, durationSeconds: number, velocity = 64): Note => ({
  pitch,
  onsetSeconds,
  durationSeconds,
  velocity,
});

const ends = (notes: readonly Note[]): number[] => notes.map((n) => n.onsetSeconds + n.durationSeconds);

describe('separateRepeats', () => {
  it('ends a note where its pitch is struck again, and leaves other pitches alone', () => {
    const separated = separateRepeats([note(60, 0, 3), note(64, 0.5, 3), note(60, 1, 1)]);
    expect(separated.map((n) => n.pitch)).toEqual([60, 64, 60]);
    expect(ends(separated)[0]).toBeCloseTo(1, 8);
    expect(ends(separated)[0]).toBeLessThan(1);
    expect(separated[1]).toEqual(note(64, 0.5, 3));
  });

  it('merges simultaneous notes of one pitch into the longest and loudest', () => {
    expect(separateRepeats([note(60, 1, 2, 40), note(60, 1, 1, 90), note(60, 1.005, 3, 50)])).toEqual([
      note(60, 1, 3, 90),
    ]);
  });

  it('leaves no overlap within a pitch, and is idempotent', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const once = separateRepeats(notes);
        expect(separateRepeats(once)).toEqual(once);
        const free = new Map<number, number>();
        for (const n of once) {
          expect(n.durationSeconds).toBeGreaterThan(0);
          expect(n.onsetSeconds).toBeGreaterThanOrEqual(free.get(n.pitch) ?? 0);
          free.set(n.pitch, n.onsetSeconds + n.durationSeconds);
        }
      }),
    );
  });
});

describe('monophonic', () => {
  it('keeps the highest note of a chord, at its beginning', () => {
    expect(monophonic([note(60, 0, 1), note(67, 0.02, 1), note(64, 0.03, 1)])).toEqual([note(67, 0, 1)]);
  });

  it('treats a note more than 30 ms later as the next one, and ends the first there', () => {
    const melody = monophonic([note(72, 0, 1), note(60, 0.031, 1)]);
    expect(melody.map((n) => n.pitch)).toEqual([72, 60]);
    expect(ends(melody)[0]).toBeCloseTo(0.031, 8);
  });

  it('leaves one note at a time, and is idempotent', () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        const melody = monophonic(notes);
        expect(monophonic(melody)).toEqual(melody);
        melody.slice(1).forEach((next, i) => {
          expect(next.onsetSeconds - melody[i]!.onsetSeconds).toBeGreaterThan(0.0299);
          expect(ends(melody)[i]).toBeLessThanOrEqual(next.onsetSeconds);
        });
        const highest = Math.max(...notes.map((n) => n.pitch));
        expect(Math.max(...melody.map((n) => n.pitch))).toBe(highest);
      }),
    );
  });
});
