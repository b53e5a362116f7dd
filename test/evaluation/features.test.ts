import { describe, expect, it } from 'vitest';
import { excerptOf, type Excerpt } from '../../src/evaluation/excerpt.js';
import { featureCount, featureNames, featuresOf, type FeatureName } from '../../src/evaluation/features.js';
import { madeUpPiece } from './music-fixture.js';

function features(excerpt: Excerpt): Record<FeatureName, number> {
  const values = featuresOf(excerpt);
  return Object.fromEntries(featureNames.map((name, i) => [name, values[i]!])) as Record<FeatureName, number>;
}

/** Notes of 100 ms by default. */
function line(
  pitches: readonly number[],
  {
    stepMs = 250,
    durationMs = 100,
    velocities = [64],
  }: { stepMs?: number; durationMs?: number; velocities?: number[] } = {},
): Excerpt {
  return excerptOf(
    pitches.map((pitch, i) => ({
      pitch,
      onsetSeconds: (i * stepMs) / 1000,
      durationSeconds: durationMs / 1000,
      velocity: velocities[i % velocities.length]!,
    })),
  );
}

const repeated = (pitches: readonly number[], times: number): number[] =>
  Array.from({ length: times }, () => pitches).flat();

describe('features', () => {
  it('are 26 numbers', () => {
    const values = featuresOf(excerptOf(madeUpPiece(1, 256)));
    expect(featureCount).toBe(26);
    expect(values).toHaveLength(26);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('of an ostinato', () => {
    const f = features(line(repeated([60, 67], 32), { durationMs: 250 }));
    expect(f.pch_ent).toBeCloseTo(1, 12);
    expect(f.pch_ent_4s).toBeCloseTo(1, 12);
    expect(f.scale_cons).toBe(1);
    expect(f.density).toBeCloseTo(64 / 15.751, 9);
    expect(f.poly).toBeCloseTo((64 * 250) / 15_751, 9);
    expect(f.chord_frac).toBe(0);
    expect(f.ioi_mean).toBeCloseTo(Math.log(250), 12);
    for (const value of [f.ioi_sd, f.ioi_ent, f.dur_sd, f.v_sd]) expect(value).toBeCloseTo(0, 12);
    expect(f.dur_mean).toBeCloseTo(Math.log(250), 12);
    expect([f.p_mean, f.p_sd, f.p_range]).toEqual([63.5, 3.5, 7]);
    expect(f.v_ac).toBe(1);
    expect([f.rep_pitch, f.step, f.leap]).toEqual([0, 0, 0]);
    expect(f.iv_ent).toBeCloseTo(1, 2); // 32 up, 31 down
    expect(f.rep4).toBeCloseTo(1 - 2 / 61, 12);
    expect(f.rep8).toBeCloseTo(1 - 2 / 57, 12);
    expect(f.ss_short).toBeCloseTo(1, 9);
    expect(f.ss_mid).toBeCloseTo(1, 9);
    expect(f.diss).toBe(0);
  });

  it('of a chromatic scale', () => {
    const f = features(line(Array.from({ length: 48 }, (_, i) => 40 + i)));
    expect(f.pch_ent).toBeCloseTo(Math.log2(12), 12);
    expect(f.scale_cons).toBeCloseTo(7 / 12, 12);
    expect([f.step, f.rep_pitch, f.rep4, f.rep8, f.iv_ent]).toEqual([1, 0, 0, 0, 0]);
    expect(f.p_range).toBeCloseTo(0.96 * 47, 9);
    // Four notes per second: in frames of 1 s the pitch classes repeat after 3 s, and at every multiple of
    // it.
    expect(f.ss_short).toBeCloseTo(1, 12);
    expect(f.ss_mid).toBeCloseTo(1, 12);
  });

  it('finds the minor scale as its relative major, and no other', () => {
    expect(features(line(repeated([57, 59, 60, 62, 64, 65, 67], 4))).scale_cons).toBe(1);
    expect(features(line(repeated([57, 59, 60, 62, 64, 65, 68], 4))).scale_cons).toBeCloseTo(6 / 7, 12);
  });

  it('of chords: 30 ms apart is together, more is not', () => {
    const chord = (gapMs: number): Excerpt =>
      excerptOf(
        Array.from({ length: 20 }, (_, i) => ({
          pitch: 60 + (i % 2) * 13,
          onsetSeconds: (Math.floor(i / 2) * 500 + (i % 2) * gapMs) / 1000,
          durationSeconds: 0.001,
          velocity: 64,
        })),
      );
    const together = features(chord(30));
    expect(together.chord_frac).toBeCloseTo(10 / 19, 12);
    expect(together.diss).toBe(1); // a minor ninth is 1 mod 12
    expect(together.leap).toBe(1);
    expect(together.ioi_mean).toBeCloseTo(Math.log(470), 12);
    expect(together.dur_mean).toBeCloseTo(Math.log(10), 12); // never below 10 ms
    const apart = features(chord(31));
    expect([apart.chord_frac, apart.diss]).toEqual([0, 0]);
    expect(apart.ioi_ent).toBeCloseTo(1, 2);
  });

  it('correlates each velocity with the next', () => {
    expect(features(line(new Array<number>(41).fill(60), { velocities: [40, 80] })).v_ac).toBeCloseTo(-1, 12);
    expect(
      features(line(new Array<number>(16).fill(60), { velocities: [30, 30, 30, 30, 90, 90, 90, 90] })).v_ac,
    ).toBeGreaterThan(0.4);
  });

  it('do not change when the piece begins later, nor most of them when it is transposed', () => {
    const piece = madeUpPiece(4, 256);
    const here = featuresOf(excerptOf(piece));
    const later = featuresOf(
      excerptOf(piece.map((note) => ({ ...note, onsetSeconds: note.onsetSeconds + 5 }))),
    );
    later.forEach((value, i) => expect(value).toBeCloseTo(here[i]!, 6));
    const higher = featuresOf(excerptOf(piece.map((note) => ({ ...note, pitch: note.pitch + 5 }))));
    featureNames.forEach((name, i) => {
      if (name === 'p_mean') expect(higher[i]! - here[i]!).toBeCloseTo(5, 9);
      else expect(higher[i], name).toBeCloseTo(here[i]!, 9);
    });
  });

  it('of very few notes are finite', () => {
    for (const notes of [1, 2, 3]) {
      expect(featuresOf(line(new Array<number>(notes).fill(60))).every(Number.isFinite)).toBe(true);
    }
  });
});
