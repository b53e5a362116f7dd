import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temperature } from '../../../src/model/rules/distribution.js';
import { within30Ms } from '../../../src/model/rules/moment.js';
import {
  fewerRepeats,
  inScale,
  keyPrior,
  noRestrike,
  onThePiano,
  pitchClassCache,
} from '../../../src/model/rules/pitch.js';
import type { PastNote, SamplingContext } from '../../../src/model/rules/rule.js';
import { anyKey, real } from '../../compose/requests.js';

const note = (pitch: number, onsetSeconds: number, durationSeconds = 0.2): PastNote => ({
  pitch,
  onsetSeconds,
  durationSeconds,
});
const nothing: SamplingContext = { past: [], onsetSeconds: 0 };

const possible = (logits: Float64Array): number[] =>
  [...logits.keys()].filter((pitch) => logits[pitch] !== -Infinity);

const melody = (pitches: readonly number[]): SamplingContext => ({
  past: pitches.map((pitch) => note(pitch, 0)),
  onsetSeconds: 0,
});

describe('onThePiano', () => {
  it('leaves A0 to C8', () => {
    const logits = new Float64Array(128);
    onThePiano(logits, nothing);
    expect(possible(logits)).toEqual(Array.from({ length: 88 }, (_, i) => 21 + i));
  });
});

describe('inScale', () => {
  it('leaves the tones of the scale', () => {
    const logits = new Float64Array(128);
    inScale({ tonic: 'D', scale: 'major-pentatonic' })(logits, nothing);
    expect(possible(logits).filter((pitch) => pitch >= 60 && pitch < 72)).toEqual([62, 64, 66, 69, 71]);
    expect(new Set(possible(logits).map((pitch) => pitch % 12)).size).toBe(5);
  });
});

describe('noRestrike', () => {
  it('removes the pitches of the moment, and no others', () => {
    const logits = new Float64Array(128);
    const past = [note(50, 0.9), note(60, 0.98), note(64, 0.99), note(67, 1)];
    noRestrike(within30Ms)(logits, { past, onsetSeconds: 1.005 });
    expect([...logits.keys()].filter((pitch) => logits[pitch] === -Infinity)).toEqual([60, 64, 67]);
    noRestrike(within30Ms)(logits.fill(0), { past, onsetSeconds: 1.04 });
    expect(possible(logits)).toHaveLength(128);
  });
});

describe('pitchClassCache', () => {
  it('adds the logarithm of how often a pitch class was heard', () => {
    const logits = new Float64Array(128);
    pitchClassCache(1)(logits, melody([60, 72, 64, 48]));
    expect(logits[36]).toBeCloseTo(Math.log(0.75 + 0.02), 12);
    expect(logits[76]).toBeCloseTo(Math.log(0.25 + 0.02), 12);
    expect(logits[61]).toBeCloseTo(Math.log(0.02), 12);
  });

  it('is as strong as requested', () => {
    const [once, twice, never] = [1, 2, 0].map((weight) => {
      const logits = new Float64Array(128);
      pitchClassCache(weight)(logits, melody([60, 64]));
      return logits;
    });
    expect(twice!.every((value, pitch) => Math.abs(value - 2 * once![pitch]!) < 1e-12)).toBe(true);
    expect(never!.every((value) => value === 0)).toBe(true);
  });

  it('forgets what is more than 128 notes ago', () => {
    const logits = new Float64Array(128);
    pitchClassCache(1)(
      logits,
      melody([...new Array<number>(50).fill(61), ...new Array<number>(128).fill(60)]),
    );
    expect(logits[61]).toBeCloseTo(Math.log(0.02), 12);
    expect(logits[60]).toBeCloseTo(Math.log(1.02), 12);
  });

  it('does not bring back a forbidden pitch', () => {
    const logits = new Float64Array(128).fill(-Infinity);
    logits[62] = 0;
    pitchClassCache(1)(logits, melody([60]));
    expect(possible(logits)).toEqual([62]);
  });
});

describe('fewerRepeats', () => {
  it('makes the latest pitch less likely, and changes nothing else', () => {
    const logits = new Float64Array(128);
    fewerRepeats(0.5)(logits, melody([60, 62, 60, 64]));
    expect([...logits.entries()].filter(([, gain]) => gain !== 0)).toEqual([[64, -0.5]]);
  });

  it('does nothing before the first note', () => {
    const logits = new Float64Array(128);
    fewerRepeats(0.5)(logits, melody([]));
    expect(logits.every((gain) => gain === 0)).toBe(true);
  });
});

describe('keyPrior', () => {
  const cMajor = { tonic: 'C', scale: 'major' } as const;
  const gains = (pitches: readonly number[], weight = 1): Float64Array => {
    const logits = new Float64Array(128);
    keyPrior(cMajor, weight)(logits, melody(pitches));
    return logits;
  };
  /** Of C, D, E, F, G, A and B (Krumhansl & Kessler 1982). */
  const ratings = [6.35, 3.48, 4.38, 4.09, 5.19, 3.66, 2.88].map((rating) => rating ** 1.5);
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  /** About 120 notes, each tone with its share. */
  const balanced = [60, 62, 64, 65, 67, 69, 71].flatMap((pitch, degree) =>
    new Array<number>(Math.round((120 * ratings[degree]!) / sum)).fill(pitch),
  );

  it('favours tones that are rare in the key, and leaves frequent ones alone', () => {
    const dominant = gains([...balanced, ...new Array<number>(40).fill(67)].slice(-100));
    expect(dominant[60]).toBeGreaterThan(0);
    expect(dominant[67]).toBeLessThan(0);
    for (const pitch of [60, 62, 64, 65, 67, 69, 71])
      expect(Math.abs(gains(balanced)[pitch]!)).toBeLessThan(0.05);
  });

  it('does nothing before the first note, nor for tones outside the scale', () => {
    expect(gains([]).every((gain) => Math.abs(gain) < 1e-12)).toBe(true);
    expect(gains([60, 60, 60])[61]).toBe(0);
  });

  it('is the same in every octave, and as strong as requested', () => {
    const [once, twice] = [gains([60, 64]), gains([60, 64], 2)];
    expect(once[36]).toBe(once[72]);
    expect(twice[60]).toBeCloseTo(2 * once[60]!, 12);
  });

  it('counts its target as twelve heard notes', () => {
    const heard = gains(new Array<number>(12).fill(69));
    expect(heard[60]).toBeCloseTo(Math.log(2), 12);
    expect(heard[62]).toBeCloseTo(Math.log(2), 12);
    expect(heard[69]).toBeLessThan(-1);
  });
});

describe('all rules of pitch together', () => {
  it('leave at least one pitch', () => {
    const anyPast = fc.array(fc.record({ pitch: fc.nat(127), onsetSeconds: fc.constantFrom(1, 1.01) }), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(anyKey, anyPast, real(0.1, 5), (key, struck, heat) => {
        const logits = new Float64Array(128).map((_, pitch) => Math.sin(pitch) * 50);
        const past = struck.map(({ pitch, onsetSeconds }) => note(pitch, onsetSeconds));
        const context = { past, onsetSeconds: 1.02 };
        const allowed = [onThePiano, inScale(key), noRestrike(within30Ms)];
        const preferred = [temperature(heat), pitchClassCache(1), fewerRepeats(1), keyPrior(key, 1)];
        for (const rule of [...allowed, ...preferred]) rule(logits, context);
        expect(possible(logits).length).toBeGreaterThan(0);
        expect(logits.some(Number.isNaN)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
