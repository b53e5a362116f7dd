/** Rules for the form of a piece: its beat, its theme, its ending. */
import { describe, expect, it } from 'vitest';
import type { Ahead, Close } from '../../../src/model/rules/ahead.js';
import { leanToBeat } from '../../../src/model/rules/beat.js';
import { cadence, closingStep, heldClose, slowing } from '../../../src/model/rules/close.js';
import type { PastNote } from '../../../src/model/rules/rule.js';
import { withinRealPace } from '../../../src/model/rules/step.js';
import { followTheme, followThemeStep } from '../../../src/model/rules/theme.js';

const steps = Array.from({ length: 128 }, (_, i) => i / 100);
const flat = (size: number): Float64Array => new Float64Array(size);
const best = (logits: Float64Array): number => logits.indexOf(Math.max(...logits));
const melody = (onsets: readonly number[]): PastNote[] =>
  onsets.map((onsetSeconds, i) => ({ pitch: 60 + (i % 7), onsetSeconds, durationSeconds: 0.2 }));

describe('leaning to the beat', () => {
  const past = melody(Array.from({ length: 24 }, (_, i) => 0.4 * i));
  const context = { past, onsetSeconds: 0 };

  it('makes the next beat the likeliest moment', () => {
    const logits = flat(128);
    leanToBeat(steps, 1)(logits, context);
    expect([40, 80, 120]).toContain(best(logits));
    expect(logits[40]!).toBeGreaterThan(logits[20]! + 1);
  });

  it('keeps the probability of simultaneous notes', () => {
    const logits = Float64Array.from(steps, (step) => -2 * step);
    const together = (values: Float64Array): number => {
      const shares = values.map(Math.exp);
      return shares.slice(0, 3).reduce((a, b) => a + b) / shares.reduce((a, b) => a + b);
    };
    const before = together(logits);
    leanToBeat(steps, 0.7)(logits, context);
    expect(together(logits)).toBeCloseTo(before, 9);
  });

  it('finds no beat in a few notes, and does nothing at weight 0', () => {
    for (const [weight, notes] of [
      [1, past.slice(0, 5)],
      [0, past],
    ] as const) {
      const logits = flat(128);
      leanToBeat(steps, weight)(logits, { past: notes, onsetSeconds: 0 });
      expect(logits).toEqual(flat(128));
    }
  });

  it('keeps what is forbidden forbidden', () => {
    const logits = flat(128).fill(-Infinity, 0, 60);
    leanToBeat(steps, 1)(logits, context);
    expect(logits.slice(0, 60).every((logit) => logit === -Infinity)).toBe(true);
    expect(logits.slice(60).every(Number.isFinite)).toBe(true);
  });
});

describe('the pace', () => {
  const logitsAfter = (gapSeconds: number): Float64Array => {
    const logits = flat(128);
    const past = melody(Array.from({ length: 60 }, (_, i) => gapSeconds * i));
    withinRealPace(steps, 3)(logits, { past, onsetSeconds: 0 });
    return logits;
  };

  it('gets faster where it is slower than real music, and slower where it is faster', () => {
    expect(logitsAfter(0.5)[10]!).toBeGreaterThan(logitsAfter(0.5)[60]!);
    expect(logitsAfter(0.03)[60]!).toBeGreaterThan(logitsAfter(0.03)[5]!);
    expect(logitsAfter(1)[10]! - logitsAfter(1)[60]!).toBeGreaterThan(
      logitsAfter(0.5)[10]! - logitsAfter(0.5)[60]!,
    );
  });

  it('is unchanged in between, and at the beginning', () => {
    expect(logitsAfter(0.1)).toEqual(flat(128));
    const logits = flat(128);
    withinRealPace(steps, 3)(logits, { past: melody([0, 3, 6]), onsetSeconds: 0 });
    expect(logits).toEqual(flat(128));
  });
});

describe('a theme that returns', () => {
  const context = (ahead: Ahead) => ({ past: [], onsetSeconds: 0, ahead });

  it('makes the expected note likelier, and its time', () => {
    const pitches = flat(128);
    followTheme(3)(pitches, context({ theme: { pitch: 64 } }));
    expect([pitches[64], pitches[65]]).toEqual([3, 0]);
    const times = flat(128);
    followThemeStep(steps, 3)(times, context({ theme: { pitch: 64, stepSeconds: 0.25 } }));
    expect(best(times)).toBe(25);
    expect(times[25]).toBeCloseTo(3);
    const chord = flat(128);
    followThemeStep(steps, 3)(chord, context({ theme: { pitch: 64, stepSeconds: 0.01 } }));
    expect([chord[0], chord[2], chord[3]]).toEqual([3, 3, 0]);
  });

  it('changes nothing where none is expected, nor the time of its first note', () => {
    for (const ahead of [{}, { theme: { pitch: 64 } }]) {
      const times = flat(128);
      followThemeStep(steps, 3)(times, context(ahead));
      expect(times).toEqual(flat(128));
    }
  });
});

describe('a close', () => {
  const close: Close = {
    key: { tonic: 'D', scale: 'natural-minor' },
    notesBefore: 0,
    size: 3,
    holdSeconds: 2,
  };
  const before = [50, 62, 65, 69, 74, 57].map((pitch, i) => ({
    ...{ pitch, onsetSeconds: i / 4, durationSeconds: 0.2 },
  }));
  const allowed = (logits: Float64Array): number[] =>
    [...logits.keys()].filter((value) => logits[value]! > -Infinity);

  it('has the tonic below, then only its triad, upwards', () => {
    const bass = flat(128);
    cadence(1, 1)(bass, { past: before, onsetSeconds: 3, ahead: { close: { ...close, place: 0 } } });
    expect(allowed(bass).every((pitch) => pitch % 12 === 2 && pitch < 65)).toBe(true);
    const struck = [...before, { pitch: 38, onsetSeconds: 3, durationSeconds: 2 }];
    const next = flat(128);
    cadence(1, 1)(next, { past: struck, onsetSeconds: 3, ahead: { close: { ...close, place: 1 } } });
    expect(allowed(next).length).toBeGreaterThan(2);
    expect(allowed(next).every((pitch) => [2, 5, 9].includes(pitch % 12) && pitch >= 45)).toBe(true);
  });

  it('of a single voice is the nearest tonic', () => {
    const logits = flat(128);
    const ahead = { close: { ...close, size: 1, place: 0 } };
    cadence(1, 1)(logits, { past: before, onsetSeconds: 3, ahead });
    expect(allowed(logits)).toEqual([50, 62]);
  });

  it('is prepared by the dominant, with its leading tone', () => {
    const logits = flat(128);
    const ahead = { close: { ...close, notesBefore: 2 } };
    cadence(0, 2)(logits, { past: before, onsetSeconds: 3, ahead });
    expect([1, 9]).toContain(best(logits) % 12);
    expect(logits[57]).toBe(Math.max(...logits));
    expect(logits[61]!).toBeGreaterThan(logits[62]!);
    expect(logits[63]!).toBeLessThan(0);
  });

  it('is struck at once, after a moment, and held', () => {
    const first = flat(128);
    closingStep(steps)(first, { past: before, onsetSeconds: 3, ahead: { close: { ...close, place: 0 } } });
    expect(allowed(first)[0]).toBe(12);
    const others = flat(128);
    closingStep(steps)(others, { past: before, onsetSeconds: 3, ahead: { close: { ...close, place: 1 } } });
    expect(allowed(others)).toEqual([0, 1, 2]);
    const lengths = Array.from({ length: 100 }, (_, i) => i / 10);
    const held = flat(100);
    heldClose(lengths)(held, { past: before, onsetSeconds: 3, ahead: { close: { ...close, place: 2 } } });
    expect(allowed(held).map((bin) => lengths[bin])).toEqual([1.8, 1.9, 2, 2.1]);
  });

  it('gets slower and slower', () => {
    const ahead = { close };
    const paces = [20, 10, 6, 3, 0].map((sounds) => slowing(ahead, sounds, 0.8));
    expect(paces.slice(0, 2)).toEqual([1, 1]);
    expect(paces).toEqual(paces.toSorted((a, b) => a - b));
    expect(paces.at(-1)).toBeCloseTo(1.8);
    expect(slowing({}, 0, 0.8)).toBe(1);
  });

  it('changes no pitch without a tonic, or far from the end', () => {
    for (const changed of [{ key: undefined }, undefined]) {
      const logits = flat(128);
      const ahead = changed === undefined ? {} : { close: { ...close, ...changed, place: 0 } };
      cadence(1, 1)(logits, { past: before, onsetSeconds: 3, ahead });
      expect(logits).toEqual(flat(128));
    }
  });
});
