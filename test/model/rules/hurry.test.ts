import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRhythm, unhurried, unhurriedTiming } from '../../../src/model/rules/hurry.js';
import type { PastNote, Rule } from '../../../src/model/rules/rule.js';

const leastSeconds = [0, 0.01, 0.02, 0.03, 0.05, 0.5, 4, 5];

function possible(rule: Rule, past: readonly PastNote[]): number[] {
  const logits = new Float64Array(leastSeconds.length);
  rule(logits, { past, onsetSeconds: 0 });
  return [...logits.keys()].filter((value) => logits[value] !== -Infinity);
}

function timed(stepSeconds: number, past: readonly PastNote[]): number {
  const timing = { stepSeconds, durationSeconds: 1 };
  unhurriedTiming()(timing, { past, onsetSeconds: 0 });
  return timing.stepSeconds;
}

const chord = (count: number, apartSeconds = 0): readonly PastNote[] =>
  Array.from({ length: count }, (_, i) => ({
    pitch: 60 + i,
    onsetSeconds: 1 + i * apartSeconds,
    durationSeconds: 1,
  }));

describe('unhurried', () => {
  it('delays the sixteenth note until a second after the first', () => {
    expect(possible(unhurried(leastSeconds), chord(14))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(possible(unhurried(leastSeconds), chord(15))).toEqual([6, 7]);
    // The last of fifteen is struck 0.7 s after the first.
    expect(possible(unhurried(leastSeconds), chord(15, 0.05))).toEqual([5, 6, 7]);
    expect(possible(unhurried(leastSeconds), chord(20, 0.08))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('leaves no second with more than fifteen notes, whatever is drawn', () => {
    const rule = unhurried(leastSeconds);
    fc.assert(
      fc.property(fc.array(fc.nat(7), { minLength: 60, maxLength: 60 }), (draws) => {
        const past: PastNote[] = [];
        for (const drawn of draws) {
          const free = possible(rule, past);
          const bin = free[drawn % free.length]!;
          const onsetSeconds = (past.at(-1)?.onsetSeconds ?? 0) + leastSeconds[bin]!;
          past.push({ pitch: 60, onsetSeconds, durationSeconds: 1 });
        }
        past.slice(15).forEach(({ onsetSeconds }, i) => {
          expect(onsetSeconds - past[i]!.onsetSeconds).toBeGreaterThan(1 - 1e-9);
        });
      }),
    );
  });
});

describe('hasRhythm', () => {
  it('is false for no notes, one note and a chord, even a broken one, and true for notes in succession', () => {
    const [broken, two] = [0.01, 0.4].map((apartSeconds) => chord(3, apartSeconds));
    expect([[], chord(1), chord(4), broken!, two!].map(hasRhythm)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('unhurriedTiming', () => {
  it('delays the sixteenth note by as much, but not a note that is later anyway', () => {
    expect(timed(0, chord(14))).toBe(0);
    expect(timed(0, chord(15))).toBeCloseTo(1, 9);
    expect(timed(0.1, chord(15, 0.05))).toBeCloseTo(0.3, 9);
    expect(timed(0.1, chord(20, 0.08))).toBe(0.1);
    expect(timed(2, chord(15))).toBe(2);
  });
});
