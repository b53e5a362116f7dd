import { describe, expect, it } from 'vitest';
import { loadOpenings } from '../../../src/compose/openings.js';
import { perform } from '../../../src/music/edit/perform.js';
import type { Note } from '../../../src/music/note.js';

const openings = [...(await loadOpenings())];
const pitches = (notes: readonly Note[]): number[] => notes.map(({ pitch }) => pitch).sort((a, b) => a - b);

describe('a performed score', () => {
  it.each(openings)('has the same notes, near their places: %s', (_, { notes }) => {
    const played = perform(notes);
    expect(pitches(played)).toEqual(pitches(notes));
    expect(Math.min(...played.map(({ onsetSeconds }) => onsetSeconds))).toBe(0);
    const ends = [notes, played].map((each) => Math.max(...each.map(({ onsetSeconds }) => onsetSeconds)));
    expect(Math.abs(ends[1]! - ends[0]!)).toBeLessThan(0.25);
    for (const { velocity, durationSeconds } of played) {
      expect(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127).toBe(true);
      expect(durationSeconds).toBeGreaterThan(0);
    }
    // No key is struck while it is held down.
    for (const [i, note] of played.entries()) {
      const again = played.slice(i + 1).find(({ pitch }) => pitch === note.pitch);
      if (again) expect(note.onsetSeconds + note.durationSeconds).toBeLessThan(again.onsetSeconds + 1e-9);
    }
  });

  it('is off the grid, and always the same', () => {
    const [, { notes }] = openings[0]!;
    const gaps = (all: readonly Note[]): number =>
      new Set(all.slice(1).map((note, i) => (note.onsetSeconds - all[i]!.onsetSeconds).toFixed(3))).size;
    expect(gaps(perform(notes))).toBeGreaterThan(3 * gaps(notes));
    expect(new Set(perform(notes).map(({ velocity }) => velocity)).size).toBeGreaterThan(5);
    expect(perform(notes)).toEqual(perform(notes));
  });

  it('pedals notes over the same bass', () => {
    const note = (pitch: number, onsetSeconds: number): Note => ({
      ...{ pitch, onsetSeconds, durationSeconds: 0.2, velocity: 60 },
    });
    const played = perform([note(40, 0), note(64, 0.5), note(67, 1), note(43, 1.5), note(62, 2)]);
    expect(played[1]!.durationSeconds).toBeGreaterThan(0.8);
    expect(played[1]!.onsetSeconds + played[1]!.durationSeconds).toBeLessThan(1.7);
  });
});
