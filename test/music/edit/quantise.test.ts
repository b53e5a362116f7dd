import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/music/note.js';
import { monophonic } from '../../../src/music/edit/overlap.js';
import { gridStepBeats, grids, lengthFit, quantise } from '../../../src/music/edit/quantise.js';
import { anyNotes, real } from '../../compose/requests.js';

const metricalGrids = grids.filter((grid) => grid !== 'none');

/** At 60 bpm, seconds are beats. */
const note = (pitch: number, onsetSeconds: number, durationSeconds: number, velocity = 64): Note => ({
  pitch,
  onsetSeconds,
  durationSeconds,
  velocity,
});

const isMultiple = (value: number, unit: number): boolean =>
  Math.abs(value / unit - Math.round(value / unit)) < 1e-6;

/** As stated in the README; repeated here on purpose. */
const lengthsBeats = {
  seed: [0.5, 1, 2, 4],
  straight: [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4],
  triplet: [1 / 3, 2 / 3, 1, 4 / 3, 2, 8 / 3, 4],
};

function expectOnGrid(notes: readonly Note[], grid: (typeof metricalGrids)[number], tempoBpm: number): void {
  const beatSeconds = 60 / tempoBpm;
  for (const { onsetSeconds, durationSeconds } of notes) {
    expect(isMultiple(onsetSeconds / beatSeconds, gridStepBeats(grid))).toBe(true);
    const beats = durationSeconds / beatSeconds;
    expect(lengthsBeats[grid].some((length) => Math.abs(length - beats) < 1e-6)).toBe(true);
  }
}

describe('the grids', () => {
  it('are stated in beats', () => {
    expect(metricalGrids.map(gridStepBeats)).toEqual([1 / 2, 1 / 4, 1 / 3]);
  });
});

describe('quantise', () => {
  it('moves onsets to the nearest line, or the later of two equally near', () => {
    const onsets = quantise([note(60, 0.2, 0.5), note(62, 0.26, 0.5), note(64, 0.75, 0.5)], 'seed', 60);
    expect(onsets.map((n) => n.onsetSeconds)).toEqual([0, 0.5, 1]);
  });

  it('uses the nearest length, or the longer of two equally near', () => {
    const lengths = [0.01, 0.75, 1.4, 1.5, 3, 100].map((duration, i) => note(60 + i, 0, duration));
    expect(quantise(lengths, 'seed', 60).map((n) => n.durationSeconds)).toEqual([0.5, 1, 1, 2, 4, 4]);
  });

  it("measures the grid in beats of the piece's own tempo", () => {
    const [quantised] = quantise([note(60, 0.3, 0.3)], 'seed', 120);
    expect(quantised).toEqual(note(60, 0.25, 0.25));
  });

  it('merges two notes of one pitch in one slot into the longer and louder', () => {
    const merged = quantise([note(60, 0, 2, 40), note(60, 0.1, 1, 90)], 'seed', 60);
    expect(merged).toEqual([note(60, 0, 2, 90)]);
  });

  it('shortens a note to the longest allowed length before its repeat', () => {
    const shortened = quantise([note(60, 0, 4), note(60, 1.5, 1), note(62, 0.5, 1)], 'seed', 60);
    expect(shortened).toEqual([note(60, 0, 1), note(62, 0.5, 1), note(60, 1.5, 1)]);
  });

  it('keeps a length that fits exactly before its repeat, at any tempo', () => {
    fc.assert(
      fc.property(real(20, 300), fc.integer({ min: 0, max: 1000 }), (tempoBpm, beat) => {
        const at = (beats: number): number => beats * (60 / tempoBpm);
        const repeated = [note(60, at(beat), at(1)), note(60, at(beat + 1), at(1))];
        for (const quantised of quantise(repeated, 'triplet', tempoBpm)) {
          expect(quantised.durationSeconds).toBeCloseTo(at(1), 9);
        }
      }),
    );
  });

  it('puts everything on the grid, in order, and is idempotent', () => {
    fc.assert(
      fc.property(anyNotes, fc.constantFrom(...metricalGrids), real(20, 300), (notes, grid, tempoBpm) => {
        const once = quantise(notes, grid, tempoBpm);
        expectOnGrid(once, grid, tempoBpm);
        expect(quantise(once, grid, tempoBpm)).toEqual(once);
        const slot = gridStepBeats(grid) * (60 / tempoBpm);
        for (const { pitch, onsetSeconds } of notes) {
          const near = once.some(
            (n) => n.pitch === pitch && Math.abs(n.onsetSeconds - onsetSeconds) <= slot / 2 + 1e-5,
          );
          expect(near).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps one note per slot, of an allowed length, in a single voice', () => {
    fc.assert(
      fc.property(anyNotes, fc.constantFrom(...metricalGrids), real(20, 300), (notes, grid, tempoBpm) => {
        const melody = monophonic(quantise(notes, grid, tempoBpm), lengthFit(grid, tempoBpm));
        expectOnGrid(melody, grid, tempoBpm);
        melody.forEach((n, i) => {
          const next = melody[i + 1]?.onsetSeconds ?? Infinity;
          expect(next).toBeGreaterThan(n.onsetSeconds);
          expect(n.onsetSeconds + n.durationSeconds).toBeLessThanOrEqual(next + 1e-9);
        });
      }),
      { numRuns: 300 },
    );
  });
});
