import { describe, expect, it } from 'vitest';
import { featureBands } from '../../src/evaluation/band.js';
import { degeneraciesOf, degeneracyShares } from '../../src/evaluation/degeneracy.js';
import { excerptOf, type Excerpt } from '../../src/evaluation/excerpt.js';
import { featureCount, featureNames } from '../../src/evaluation/features.js';
import { Random } from '../../src/model/random.js';
import { madeUpPiece } from './music-fixture.js';

const sound = excerptOf(madeUpPiece(3, 256));
const withPitches = (pitch: (i: number) => number): Excerpt => ({
  ...sound,
  pitch: sound.pitch.map((_, i) => pitch(i)),
});
const random = new Random(1);
const anyPitch = Array.from({ length: 256 }, () => 40 + random.below(41));
const scattered = (i: number): number => anyPitch[i]!;

describe('faults', () => {
  it('do not occur in normal music', () => {
    expect(degeneraciesOf(withPitches(scattered))).toEqual([]);
  });

  it.each([
    ['loop', withPitches((i) => scattered(i % 20))],
    ['drone', withPitches((i) => (i < 100 || i >= 132 ? scattered(i) : [60, 64, 67, 64][i % 4]!))],
    ['oneNote', withPitches((i) => (i % 8 < 5 ? 60 : scattered(i)))],
  ])('are found: %s', (name, excerpt) => {
    expect(degeneraciesOf(excerpt)).toEqual([name]);
  });

  it('are not reported below their thresholds', () => {
    expect(
      degeneraciesOf(withPitches((i) => (i < 100 || i >= 131 ? scattered(i) : [60, 64, 67, 64][i % 4]!))),
    ).toEqual([]);
    expect(degeneraciesOf(withPitches((i) => (i % 2 === 0 ? 60 : 61 + (scattered(i) % 30))))).toEqual([]);
  });

  it('are silence only while nothing sounds', () => {
    const gap = (durationMs: number): Excerpt => {
      const excerpt = withPitches(scattered);
      return {
        ...excerpt,
        onset: excerpt.onset.map((time, i) => (i < 128 ? time : time + 10_000)),
        duration: excerpt.duration.map((length, i) => (i === 100 ? durationMs : Math.min(length, 500))),
      };
    };
    expect(degeneraciesOf(gap(100))).toEqual(['silence']);
    expect(degeneraciesOf(gap(60_000))).toEqual([]);
  });

  it('are counted by excerpts', () => {
    const excerpts = [withPitches(scattered), withPitches((i) => scattered(i % 20)), withPitches(() => 60)];
    expect(degeneracyShares(excerpts)).toEqual({ loop: 2 / 3, drone: 1 / 3, silence: 0, oneNote: 1 / 3 });
  });
});

describe('the bands of features', () => {
  it('measure from median to median, in widths of the real band', () => {
    const rows = (values: readonly number[]): Float64Array[] =>
      values.map((value) => new Float64Array(featureCount).fill(value));
    const real = rows([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const tooMuch = featureBands(real, rows([8, 9, 10])).rep8;
    expect(tooMuch.real).toEqual({ p10: 1, median: 5, p90: 9 });
    expect(tooMuch.deviation).toBe(0.5);
    expect(featureBands(real, rows([1])).ss_mid.deviation).toBe(0.5);
    expect(featureBands(rows([3, 3]), rows([1])).rep8.deviation).toBeUndefined();
    expect(Object.keys(featureBands(real, real))).toEqual(featureNames);
  });
});
