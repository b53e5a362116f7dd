import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearKey, estimateKey } from '../../../src/music/theory/key-estimate.js';
import { tonics } from '../../../src/music/theory/key.js';
import type { Note } from '../../../src/music/note.js';
import { formatKey } from '../../../src/music/theory/scale.js';
import { transpose } from '../../../src/music/edit/transpose.js';
import { loadOpenings } from '../../../src/compose/openings.js';

function melody(pitches: readonly number[], durationSeconds = 0.5): Note[] {
  return pitches.map((pitch, i) => ({ pitch, onsetSeconds: i / 2, durationSeconds, velocity: 64 }));
}

const cMajor = melody([60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60]);
const aMinor = melody([57, 59, 60, 62, 64, 65, 68, 69, 64, 60, 57]);

describe('estimateKey', () => {
  it('distinguishes a major scale from its relative minor', () => {
    expect(estimateKey(cMajor)?.key).toEqual({ tonic: 'C', scale: 'major' });
    expect(estimateKey(aMinor)?.key).toEqual({ tonic: 'A', scale: 'natural-minor' });
  });

  it('follows a transposition', () => {
    for (const [semitones, tonic] of tonics.entries()) {
      expect(estimateKey(transpose(cMajor, semitones))?.key).toEqual({ tonic, scale: 'major' });
    }
  });

  it('is a correlation of 1 with the profile of C major itself', () => {
    const ratings = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    const profile = ratings.flatMap((rating, i) => melody([60 + i], rating / 10));
    expect(estimateKey(profile)?.correlation).toBeCloseTo(1, 12);
  });

  it('gives a long held note no more weight than one of a second', () => {
    const pedal = (durationSeconds: number): Note[] => [...cMajor, ...melody([66], durationSeconds)];
    expect(estimateKey(pedal(60))).toEqual(estimateKey(pedal(1)));
  });

  it('finds nothing in silence or in twelve equally frequent notes', () => {
    expect(estimateKey([])).toBeUndefined();
    expect(estimateKey(melody([60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71]))).toBeUndefined();
  });

  it('gives a correlation and a margin for any notes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 1, maxLength: 20 }), (pitches) => {
        const estimate = estimateKey(melody(pitches));
        if (estimate === undefined) return;
        expect(Math.abs(estimate.correlation)).toBeLessThanOrEqual(1 + 1e-12);
        expect(estimate.margin).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('clearKey', () => {
  it('names the key of the built-in openings that leave little doubt', async () => {
    const openings = await loadOpenings();
    for (const name of ['bach-prelude', 'mozart-sonata-facile', 'petzold-minuet', 'beethoven-moonlight']) {
      const { notes, key } = openings.get(name)!;
      expect(formatKey(clearKey(notes)!)).toBe(formatKey(key!));
    }
  });

  it('finds none when two keys fit almost equally well', () => {
    expect(clearKey(melody([60, 66]))).toBeUndefined();
  });
});
