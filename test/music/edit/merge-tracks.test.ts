import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withWritableTracks } from '../../../src/music/edit/merge-tracks.js';
import { readMidi } from '../../../src/music/midi/read.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { Piece } from '../../../src/music/piece.js';
import type { Track } from '../../../src/music/track.js';

const note = fc.record({
  pitch: fc.integer({ min: 20, max: 100 }),
  velocity: fc.integer({ min: 1, max: 127 }),
  startTick: fc.integer({ min: 0, max: 9000 }),
  lengthTicks: fc.integer({ min: 1, max: 900 }),
});

const track = fc
  .record({
    program: fc.integer({ min: 0, max: 40 }),
    isDrums: fc.boolean(),
    notes: fc.array(note, { minLength: 1, maxLength: 8 }),
  })
  .map((each): Track => ({
    ...each,
    name: '',
    notes: each.notes.toSorted((a, b) => a.startTick - b.startTick),
  }));

function pieceOf(tracks: readonly Track[]): Piece {
  const tempos = [{ tick: 0, microsecondsPerQuarter: 500_000 }];
  return { title: 'x', ticksPerQuarter: 480, tempos, meters: [], keys: [], hasBars: false, tracks };
}

it('makes any piece writable, and loses no note of 15 instruments', () => {
  fc.assert(
    fc.property(fc.array(track, { minLength: 1, maxLength: 40 }), (tracks) => {
      const { tracks: merged } = withWritableTracks(pieceOf(tracks));
      const pitched = merged.filter(({ isDrums }) => !isDrums);
      expect(pitched.length).toBeLessThanOrEqual(15);
      expect(merged.length - pitched.length).toBeLessThanOrEqual(1);
      const programs = new Set(tracks.filter(({ isDrums }) => !isDrums).map(({ program }) => program));
      const count = (all: readonly Track[]): number => all.reduce((sum, { notes }) => sum + notes.length, 0);
      if (programs.size <= 15) expect(count(merged)).toBe(count(tracks));
      for (const { notes } of merged) {
        expect(notes).toEqual(notes.toSorted((a, b) => a.startTick - b.startTick));
      }
      expect(readMidi(writeMidi(pieceOf(merged))).piece.tracks.length).toBeGreaterThan(0);
    }),
  );
});

it('leaves a piece alone that can be written as it is', () => {
  const notes = [{ pitch: 60, velocity: 70, startTick: 0, lengthTicks: 10 }];
  const same = { name: '', program: 3, isDrums: false, notes };
  const piece = pieceOf([same, same]);
  expect(withWritableTracks(piece)).toBe(piece);
});
