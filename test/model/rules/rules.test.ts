import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLeastApart,
  echo,
  inScale,
  noLongSilence,
  noPileUp,
  noRestrike,
  onSameLine,
  onThePiano,
  plausible,
  recall,
  temperature,
  towards,
  within30Ms,
  type SamplingContext,
  type Timing,
  type TimingRule,
} from '../../../src/model/rules/rules.js';
import { anyKey, real } from '../../compose/requests.js';

type Past = SamplingContext['past'][number];

const note = (pitch: number, onsetSeconds: number, durationSeconds = 0.2): Past => ({
  pitch,
  onsetSeconds,
  durationSeconds,
});
const nothing: SamplingContext = { past: [] };

function timed(rule: TimingRule, timing: Timing, past: readonly Past[] = []): Timing {
  const changed = { ...timing };
  rule(changed, { past });
  return changed;
}

const possible = (logits: Float64Array): number[] =>
  [...logits.keys()].filter((pitch) => logits[pitch] !== -Infinity);

describe('temperature', () => {
  it('divides the logits', () => {
    const logits = Float64Array.of(1, -2, 0, -Infinity);
    temperature(0.5)(logits, 0, nothing);
    expect([...logits]).toEqual([2, -4, 0, -Infinity]);
  });
});

describe('onThePiano', () => {
  it('leaves A0 to C8', () => {
    const logits = new Float64Array(128);
    onThePiano(logits, 0, nothing);
    expect(possible(logits)).toEqual(Array.from({ length: 88 }, (_, i) => 21 + i));
  });
});

describe('inScale', () => {
  it('leaves the tones of the scale', () => {
    const logits = new Float64Array(128);
    inScale({ tonic: 'D', scale: 'major-pentatonic' })(logits, 0, nothing);
    expect(possible(logits).filter((pitch) => pitch >= 60 && pitch < 72)).toEqual([62, 64, 66, 69, 71]);
    expect(new Set(possible(logits).map((pitch) => pitch % 12)).size).toBe(5);
  });
});

describe('moments', () => {
  it('last 30 ms without a grid', () => {
    expect(within30Ms(1, 1)).toBe(true);
    expect(within30Ms(1, 1.0299)).toBe(true);
    expect(within30Ms(1, 1.0301)).toBe(false);
  });

  it('are lines on a grid, halves upwards', () => {
    const same = onSameLine(0.5);
    expect(same(0.75, 1.24)).toBe(true); // both on 1.0
    expect(same(0.74, 0.76)).toBe(false);
    expect(same(1.2, 1.25)).toBe(false);
    expect(same(1.25, 1.7499)).toBe(true);
  });
});

describe('noRestrike', () => {
  it('takes the keys of the moment away, and no others', () => {
    const logits = new Float64Array(128);
    const past = [note(50, 0.9), note(60, 0.98), note(64, 0.99), note(67, 1)];
    noRestrike(within30Ms)(logits, 1.005, { past });
    expect([...logits.keys()].filter((pitch) => logits[pitch] === -Infinity)).toEqual([60, 64, 67]);
    noRestrike(within30Ms)(logits.fill(0), 1.04, { past });
    expect(possible(logits)).toHaveLength(128);
  });
});

describe('noPileUp', () => {
  const rule = noPileUp(within30Ms, 0.03);
  const chord = (size: number): Past[] => Array.from({ length: size }, (_, i) => note(40 + i, 1));
  const now = { stepSeconds: 0, durationSeconds: 1 };

  it('moves an eleventh note of a moment on', () => {
    expect(timed(rule, now, chord(9))).toEqual(now);
    expect(timed(rule, now, chord(10))).toEqual({ stepSeconds: 0.03, durationSeconds: 1 });
    const later = { stepSeconds: 0.2, durationSeconds: 1 };
    expect(timed(rule, later, chord(10))).toEqual(later);
  });

  it('leaves at most ten notes to a moment, wherever in time it is', () => {
    fc.assert(
      fc.property(real(0, 600), fc.array(real(0, 0.004), { minLength: 80, maxLength: 80 }), (from, steps) => {
        const past = [note(60, from)];
        for (const stepSeconds of steps) {
          const timing = timed(rule, { stepSeconds, durationSeconds: 1 }, past);
          past.push(note(60, past.at(-1)!.onsetSeconds + timing.stepSeconds));
        }
        for (let i = 10; i < past.length; i++) {
          expect(within30Ms(past[i - 10]!.onsetSeconds, past[i]!.onsetSeconds)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('plausible', () => {
  const rule = plausible(4, 30);

  it('keeps times between nothing and a limit', () => {
    expect(timed(rule, { stepSeconds: -1, durationSeconds: -0.1 })).toEqual({
      stepSeconds: 0,
      durationSeconds: 0,
    });
    expect(timed(rule, { stepSeconds: 9, durationSeconds: 99 })).toEqual({
      stepSeconds: 4,
      durationSeconds: 30,
    });
    const usual = { stepSeconds: 0.1, durationSeconds: 0.3 };
    expect(timed(rule, usual)).toEqual(usual);
  });
});

describe('atLeastApart', () => {
  it('leaves room for the note before', () => {
    const rule = atLeastApart(0.1);
    expect(timed(rule, { stepSeconds: 0.02, durationSeconds: 1 }).stepSeconds).toBe(0.1);
    expect(timed(rule, { stepSeconds: 0.3, durationSeconds: 1 }).stepSeconds).toBe(0.3);
  });
});

describe('noLongSilence', () => {
  const rule = noLongSilence(8, 0.25);
  const rests = (count: number): Past[] => Array.from({ length: count }, (_, i) => note(60, i, 0));
  const rest = { stepSeconds: 0.1, durationSeconds: 0 };

  it('lets a note sound after eight rests', () => {
    expect(timed(rule, rest, [note(60, 0), ...rests(7)])).toEqual(rest);
    expect(timed(rule, rest, [note(60, 0), ...rests(8)]).durationSeconds).toBe(0.25);
    const sounding = { stepSeconds: 0.1, durationSeconds: 0.01 };
    expect(timed(rule, sounding, rests(8))).toEqual(sounding);
  });
});

const melody = (pitches: readonly number[]): SamplingContext => ({
  past: pitches.map((pitch) => note(pitch, 0)),
});

describe('recall', () => {
  it('adds the logarithm of how much was heard of a pitch class', () => {
    const logits = new Float64Array(128);
    recall(1)(logits, 0, melody([60, 72, 64, 48]));
    expect(logits[36]).toBeCloseTo(Math.log(0.75 + 0.02), 12);
    expect(logits[76]).toBeCloseTo(Math.log(0.25 + 0.02), 12);
    expect(logits[61]).toBeCloseTo(Math.log(0.02), 12);
  });

  it('is as strong as it is asked to be', () => {
    const [once, twice, never] = [1, 2, 0].map((weight) => {
      const logits = new Float64Array(128);
      recall(weight)(logits, 0, melody([60, 64]));
      return logits;
    });
    expect(twice!.every((value, pitch) => Math.abs(value - 2 * once![pitch]!) < 1e-12)).toBe(true);
    expect(never!.every((value) => value === 0)).toBe(true);
  });

  it('forgets what is more than 128 notes ago', () => {
    const logits = new Float64Array(128);
    recall(1)(logits, 0, melody([...new Array<number>(50).fill(61), ...new Array<number>(128).fill(60)]));
    expect(logits[61]).toBeCloseTo(Math.log(0.02), 12);
    expect(logits[60]).toBeCloseTo(Math.log(1.02), 12);
  });

  it('brings no pitch back that must not be', () => {
    const logits = new Float64Array(128).fill(-Infinity);
    logits[62] = 0;
    recall(1)(logits, 0, melody([60]));
    expect(possible(logits)).toEqual([62]);
  });
});

describe('echo', () => {
  const gains = (pitches: readonly number[]): Record<number, number> => {
    const logits = new Float64Array(128);
    echo(0.5)(logits, 0, melody(pitches));
    return Object.fromEntries([...logits.entries()].filter(([, gain]) => gain !== 0));
  };

  it('favours what followed the latest three pitches earlier', () => {
    expect(gains([60, 62, 64, 65, 50, 60, 62, 64])).toEqual({ 65: 0.5 });
    expect(gains([60, 62, 64, 65, 60, 62, 64, 67, 60, 62, 64])).toEqual({ 65: 0.5, 67: 0.5 });
  });

  it('favours a pitch once, however often it followed', () => {
    expect(gains([60, 62, 64, 65, 60, 62, 64, 65, 60, 62, 64])).toEqual({ 65: 0.5 });
  });

  it('says nothing of figures that are new or only alike, nor of too few notes', () => {
    expect(gains([60, 62, 64, 65, 62, 64, 66])).toEqual({});
    expect(gains([64, 62, 60, 65, 60, 62, 64])).toEqual({});
    expect(gains([60, 62, 64])).toEqual({});
    expect(gains([])).toEqual({});
  });

  it('does not help a pitch to be struck again at once', () => {
    expect(gains([60, 62, 64, 64, 50, 60, 62, 64])).toEqual({});
    expect(gains([60, 60, 60, 60, 60])).toEqual({});
  });

  it('listens 256 notes back', () => {
    const between = Array.from({ length: 252 }, (_, i) => 20 + (i % 2));
    expect(gains([60, 62, 64, 65, ...between.slice(3), 60, 62, 64])).toEqual({ 65: 0.5 });
    expect(gains([60, 62, 64, 65, ...between, 60, 62, 64])).toEqual({});
  });
});

describe('towards', () => {
  const cMajor = { tonic: 'C', scale: 'major' } as const;
  const gains = (pitches: readonly number[], weight = 1): Float64Array => {
    const logits = new Float64Array(128);
    towards(cMajor, weight)(logits, 0, melody(pitches));
    return logits;
  };
  /** Of C, D, E, F, G, A and B (Krumhansl & Kessler 1982). */
  const ratings = [6.35, 3.48, 4.38, 4.09, 5.19, 3.66, 2.88].map((rating) => rating ** 1.5);
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  /** About 120 notes, of each tone its share. */
  const balanced = [60, 62, 64, 65, 67, 69, 71].flatMap((pitch, degree) =>
    new Array<number>(Math.round((120 * ratings[degree]!) / sum)).fill(pitch),
  );

  it('brings what is rare in the key, and leaves be what is heard enough', () => {
    const dominant = gains([...balanced, ...new Array<number>(40).fill(67)].slice(-100));
    expect(dominant[60]).toBeGreaterThan(0);
    expect(dominant[67]).toBeLessThan(0);
    for (const pitch of [60, 62, 64, 65, 67, 69, 71])
      expect(Math.abs(gains(balanced)[pitch]!)).toBeLessThan(0.05);
  });

  it('says nothing before the first note, nor of tones outside the scale', () => {
    expect(gains([]).every((gain) => Math.abs(gain) < 1e-12)).toBe(true);
    expect(gains([60, 60, 60])[61]).toBe(0);
  });

  it('is the same in every octave, and as strong as it is asked to be', () => {
    const [once, twice] = [gains([60, 64]), gains([60, 64], 2)];
    expect(once[36]).toBe(once[72]);
    expect(twice[60]).toBeCloseTo(2 * once[60]!, 12);
  });

  it('counts what it aims at as twelve notes that were heard', () => {
    const heard = gains(new Array<number>(12).fill(69));
    expect(heard[60]).toBeCloseTo(Math.log(2), 12);
    expect(heard[62]).toBeCloseTo(Math.log(2), 12);
    expect(heard[69]).toBeLessThan(-1);
  });
});

describe('all rules of pitch together', () => {
  it('leave at least one pitch', () => {
    const past = fc.array(fc.record({ pitch: fc.nat(127), onsetSeconds: fc.constantFrom(1, 1.01) }), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(anyKey, past, real(0.1, 5), (key, struck, heat) => {
        const logits = new Float64Array(128).map((_, pitch) => Math.sin(pitch) * 50);
        const context = { past: struck.map(({ pitch, onsetSeconds }) => note(pitch, onsetSeconds)) };
        const allowed = [onThePiano, inScale(key), noRestrike(within30Ms)];
        const preferred = [temperature(heat), recall(1), echo(1), towards(key, 1)];
        for (const rule of [...allowed, ...preferred]) rule(logits, 1.02, context);
        expect(possible(logits).length).toBeGreaterThan(0);
        expect(logits.some(Number.isNaN)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
