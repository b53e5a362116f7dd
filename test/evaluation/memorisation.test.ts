import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Figures } from '../../src/evaluation/figures.js';
import { intervalsOf, isPeriodic } from '../../src/music/figure.js';
import { memorisation } from '../../src/evaluation/memorisation.js';
import { Random } from '../../src/model/random.js';

const noise = (seed: number, notes: number): Uint8Array => {
  const random = new Random(seed);
  return Uint8Array.from({ length: notes }, () => 30 + random.below(60));
};

describe('figures', () => {
  it('are found where, and only where, they are', () => {
    // Few pitches, so that there are many matches and near matches.
    const pieces = fc.array(fc.array(fc.integer({ min: 60, max: 62 }), { maxLength: 20 }), { maxLength: 4 });
    fc.assert(
      fc.property(pieces, pieces, fc.integer({ min: 2, max: 6 }), (training, music, notes) => {
        const [known, asked] = [training, music].map((body) =>
          body.map((piece) => [...intervalsOf(Uint8Array.from(piece))]),
        ) as [number[][], number[][]];
        const parts = (piece: number[]): string[] =>
          Array.from({ length: Math.max(piece.length - notes + 2, 0) }, (_, i) =>
            piece.slice(i, i + notes - 1).join(),
          );
        const there = new Set(known.flatMap(parts));
        const expected = asked.flatMap(parts).filter((part) => there.has(part));
        const figures = new Figures(
          asked.map((piece) => Int8Array.from(piece)),
          notes,
        );
        for (const piece of known) figures.look(Int8Array.from(piece));
        expect(figures.count).toBe(asked.flatMap(parts).length);
        expect([...figures.found()].map((intervals) => intervals.join())).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('that are drones are recognised', () => {
    expect(isPeriodic(Int8Array.of(0, 0, 0, 0, 0))).toBe(true);
    expect(isPeriodic(Int8Array.of(2, -2, 2, -2, 2))).toBe(true);
    expect(isPeriodic(Int8Array.of(4, 3, -3, -4, 4, 3, -3, -4, 4))).toBe(true);
    expect(isPeriodic(Int8Array.of(1, 1, 1, 1, -4, 1, 1, 1, 1, -4, 1))).toBe(false);
    expect(isPeriodic(Int8Array.of(0, 0, 0, 0, 0, 0, 1))).toBe(false);
  });
});

describe('memorisation', () => {
  it.each([16, 17, 31, 32, 33, 40, 100, 150])('finds a copy of %i notes, in another key', (copied) => {
    const training = [noise(1, 400), noise(2, 400)];
    const copy = training[1]!.subarray(200, 200 + copied).map((pitch) => pitch + 3);
    const music = [noise(3, 256), Uint8Array.of(...noise(4, 60), ...copy, ...noise(5, 46))];
    const { figures, longest } = memorisation(training, music);
    expect(longest).toBe(copied);
    const count16 = 256 - 15 + (106 + copied - 15);
    expect(figures[0]!.found).toBeCloseTo((copied - 15) / count16, 12);
    expect(figures[0]!.foundNotPeriodic).toBe(figures[0]!.found);
    expect(figures[1]!.found > 0).toBe(copied >= 24);
  });

  it('finds nothing in noise, and everything in identical music', () => {
    const training = [noise(1, 300)];
    expect(memorisation(training, [noise(2, 300)])).toEqual({
      figures: [
        { notes: 16, found: 0, foundNotPeriodic: 0 },
        { notes: 24, found: 0, foundNotPeriodic: 0 },
      ],
      longest: 0,
    });
    expect(memorisation(training, training)).toMatchObject({
      figures: [{ found: 1 }, { found: 1 }],
      longest: 300,
    });
  });

  it('counts drones on their own', () => {
    const drone = new Uint8Array(64).fill(60);
    const { figures, longest } = memorisation([drone], [drone.subarray(0, 40)]);
    expect(figures).toEqual([
      { notes: 16, found: 1, foundNotPeriodic: 0 },
      { notes: 24, found: 1, foundNotPeriodic: 0 },
    ]);
    expect(longest).toBe(0);
  });

  it('finds no copies in music with few or no notes', () => {
    expect(memorisation([noise(1, 50)], [noise(1, 10), new Uint8Array(0)]).longest).toBe(0);
    expect(memorisation([], []).figures[0]!.found).toBe(0);
  });
});
