import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Alignment, TransposedAlignment } from '../../../src/model/transformer/alignment.js';

const settings = { mismatch: 2, skip: 1.5, most: 64 };
const melody = [60, 64, 67, 72, 71, 67, 62, 65];

function heard<Kind extends Alignment | TransposedAlignment>(
  alignment: Kind,
  pitches: readonly number[],
): Kind {
  for (let count = 1; count <= pitches.length; count++)
    alignment.hear(
      Uint8Array.from({ length: 64 }, (_, i) => pitches[i] ?? 0),
      count,
    );
  return alignment;
}

const aligned = (pitches: readonly number[]): number[] => {
  const { scores } = heard(new Alignment(settings), pitches);
  return [...scores.subarray(0, pitches.length)];
};

const moved = (pitches: readonly number[], by: number): number[] => pitches.map((pitch) => pitch + by);

describe('an alignment', () => {
  it('counts the equal notes up to the end of each earlier passage', () => {
    expect(aligned([...melody, ...melody])[7]).toBe(8);
    expect(aligned([...melody, 50, ...melody.slice(0, 3)])[2]).toBe(3);
    expect(aligned([60, 61, 62, 63]).every((score) => score === 0)).toBe(true);
  });

  it('goes on after another note, one too many and one too few, at a cost', () => {
    expect(aligned([...melody, 60, 64, 67, 73, 71, 67])[5]).toBe(5 - settings.mismatch);
    const withOneMore = aligned([...melody, 60, 64, 67, 90, 72, 71, 67])[5];
    expect(withOneMore).toBeGreaterThan(2);
    expect(withOneMore).toBeLessThan(5);
    expect(aligned([...melody, 60, 64, 72, 71, 67])[5]).toBe(5 - settings.skip);
  });

  it('is no longer than it may be, and shorter than the piece', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 58, max: 62 }), { minLength: 1, maxLength: 40 }), (pitches) => {
        const alignment = heard(new Alignment({ ...settings, most: 6 }), pitches);
        const scores = [...alignment.scores.subarray(0, pitches.length)];
        expect(alignment.longest).toBe(Math.max(...scores));
        expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
        expect(alignment.longest).toBeLessThanOrEqual(Math.min(6, pitches.length - 1));
      }),
    );
  });
});

describe('a transposed alignment', () => {
  const transposed = (pitches: readonly number[]): TransposedAlignment =>
    heard(new TransposedAlignment(settings), pitches);

  it.each([-7, -1, 2, 12])('finds a passage that is moved by %d, and by how much', (by) => {
    const { scores, shifts, longest } = transposed([...melody, 40, ...moved(melody.slice(0, 5), by)]);
    // The first note only tells the interval.
    expect([scores[4], shifts[4], longest]).toEqual([4, by, 4]);
  });

  it('goes on after another note, one too many and one too few', () => {
    const after = (again: readonly number[]): readonly (number | undefined)[] => {
      const { scores, shifts } = transposed([...melody, 40, ...again]);
      return [scores[5], shifts[5]];
    };
    const [a, b, c, d, e, f] = moved(melody, 3) as [number, number, number, number, number, number];
    const again = { other: [a, b, c, d, e + 1, f], more: [a, b, c, d, 20, e, f], fewer: [a, b, c, e, f] };
    for (const [name, pitches] of Object.entries(again)) {
      const [score, shift] = after(pitches);
      expect(shift, name).toBe(3);
      expect(score, name).toBeGreaterThanOrEqual(1);
      expect(score, name).toBeLessThan(5);
    }
  });

  it('finds nothing in a passage that returns at its own pitch', () => {
    expect(transposed([...melody, 40, ...melody]).scores[7]).toBe(0);
  });

  it('says how much higher the latest note is where nothing is alike', () => {
    const { scores, shifts } = transposed([60, 70, 65]);
    expect([scores[0], shifts[0], shifts[1]]).toEqual([0, 5, -5]);
  });

  it('finds in a moved piece what it finds in the piece', () => {
    const pitches = fc.array(fc.integer({ min: 55, max: 65 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(pitches, fc.integer({ min: -20, max: 20 }), (piece, by) => {
        expect(transposed(moved(piece, by)).scores).toEqual(transposed(piece).scores);
      }),
    );
  });
});
