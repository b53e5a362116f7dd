import { describe, expect, it } from 'vitest';
import { features, songDistances } from '../../../src/evaluation/song/features.js';
import type { MeasuredPiece } from '../../../src/evaluation/song/measures.js';
import type { NetworkNote } from '../../../src/model/song/sequence.js';
import { Random } from '../../../src/model/random.js';

const bars = Array.from({ length: 8 }, (_, i) => ({
  start: 96 * i,
  length: 96,
  numerator: 4,
  denominator: 4,
}));

/** A random-walk melody with steps up to `widest` semitones, over a bass. */
function wandering(seed: number, widest: number): MeasuredPiece {
  const random = new Random(seed);
  let pitch = 66;
  const notes = bars.flatMap(({ start }) => [
    { onset: start, part: 36, pitch: 36 + random.below(12), duration: 96, velocity: 0 },
    ...[0, 24, 48, 72].map((at): NetworkNote => {
      pitch += random.below(2 * widest + 1) - widest;
      pitch = Math.min(Math.max(pitch, 50), 90);
      return { onset: start + at, part: 0, pitch, duration: 12 * (1 + random.below(2)), velocity: 0 };
    }),
  ]);
  return { notes, bars, key: undefined, tonic: 0, chords: [] };
}

const pieces = (widest: number, first: number): MeasuredPiece[] =>
  Array.from({ length: 60 }, (_, i) => wandering(first + i, widest));

describe('features of songs', () => {
  it('describe notes, polyphony and steps of each role', () => {
    const melody = [60, 60, 62, 70].map((pitch, i) => ({
      ...{ onset: 24 * i, part: 0, pitch, duration: 24, velocity: 0 },
    }));
    const chord = [48, 52].map((pitch) => ({ onset: 0, part: 24, pitch, duration: 48, velocity: 0 }));
    const piece = {
      notes: [...chord, ...melody],
      bars: bars.slice(0, 1),
      key: undefined,
      tonic: 0,
      chords: [],
    };
    const values = features.map((feature) => feature(piece));
    expect(values).toHaveLength(28);
    expect(values.slice(8, 13)).toEqual([4, 0, 2, 0, 0]); // notes per bar
    expect(values.slice(13, 16)).toEqual([1, Math.log2(24), 63]); // of the melody
    expect(values.slice(19, 22)).toEqual([2, Math.log2(48), 50]); // of the harmony
    expect(values.slice(25)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('separate different music more than music of one kind', () => {
    const real = pieces(2, 1);
    const distances = songDistances(real, { alike: pieces(2, 1000), wide: pieces(9, 2000), few: [] });
    expect(distances.alike).toBeLessThan(2 * distances.real);
    expect(distances.wide).toBeGreaterThan(2 * distances.real);
    expect(distances.few).toBeNaN();
  });

  it('compare with other works only', () => {
    // Passages of two works that differ: alternately, each half would have both.
    const real = pieces(2, 1).map((piece, i) => (i % 4 < 2 ? piece : wandering(i, 9)));
    const works = real.map((_, i) => (i % 4 < 2 ? 'narrow' : 'wide'));
    const mixed = songDistances(real, { same: real });
    const apart = songDistances(real, { same: real }, works);
    expect(apart.real).toBeGreaterThan(3 * mixed.real);
    expect(apart.same).toBe(apart.real);
  });
});
