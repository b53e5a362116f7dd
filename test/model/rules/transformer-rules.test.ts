import { describe, expect, it } from 'vitest';
import { onSameLine, onThePiano, within30Ms } from '../../../src/model/rules/rules.js';
import {
  apart,
  fewerChords,
  minP,
  noLongGap,
  ofPitch,
  only,
  temperatureAgainstLoops,
  tenFingers,
  type FieldContext,
  type FieldRule,
} from '../../../src/model/rules/transformer-rules.js';

type Past = FieldContext['past'];

const leastStepSeconds = [0, 0.01, 0.02, 0.03, 0.05, 0.5, 4, 5];

function possible(rule: FieldRule, past: Past = [], size = leastStepSeconds.length): number[] {
  const logits = new Float64Array(size);
  rule(logits, { past, leastStepSeconds, onsetSeconds: 0 });
  return [...logits.keys()].filter((value) => logits[value] !== -Infinity);
}

const chord = (count: number, apartSeconds = 0): Past =>
  Array.from({ length: count }, (_, i) => ({
    pitch: 60 + i,
    onsetSeconds: 1 + i * apartSeconds,
    durationSeconds: 1,
  }));

describe('rules of one field', () => {
  it('leave only one value', () => {
    expect(possible(only(3))).toEqual([3]);
  });

  it('leave no gap of more than so many seconds', () => {
    expect(possible(noLongGap(4))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('leave room between the notes of one voice', () => {
    expect(possible(apart(0.03))).toEqual([3, 4, 5, 6, 7]);
  });

  it('leave the last value, whatever is asked', () => {
    const both: FieldRule = (logits, context) => {
      apart(4.5)(logits, context);
      noLongGap(4)(logits, context);
    };
    expect(possible(both)).toEqual([7]);
  });

  it('pass pitches on to the rules about pitch', () => {
    expect(possible(ofPitch(onThePiano), [], 128)).toHaveLength(88);
  });
});

describe('tenFingers', () => {
  it('lets the eleventh note wait until the moment is over', () => {
    expect(possible(tenFingers(within30Ms), chord(9))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(possible(tenFingers(within30Ms), chord(10))).toEqual([3, 4, 5, 6, 7]);
    expect(possible(tenFingers(within30Ms), chord(10, 0.002))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('counts the lines of a grid', () => {
    expect(possible(tenFingers(onSameLine(0.5)), chord(10))).toEqual([5, 6, 7]);
  });
});

describe('fewerChords', () => {
  it('makes what is struck together less likely, and nothing else', () => {
    const logits = new Float64Array(leastStepSeconds.length);
    fewerChords(0.2)(logits, { past: [], leastStepSeconds, onsetSeconds: 0 });
    expect([...logits]).toEqual([-0.2, -0.2, -0.2, 0, 0, 0, 0, 0]);
  });
});

describe('minP', () => {
  it('drops what is less likely than a share of the likeliest', () => {
    const kept = (share: number): number[] => {
      const logits = Float64Array.from([0.5, 0.25, 0.2, 0.05], Math.log);
      minP(share)(logits, { past: [], leastStepSeconds: [], onsetSeconds: 0 });
      return [...logits.keys()].filter((value) => logits[value] !== -Infinity);
    };
    expect(kept(0.09)).toEqual([0, 1, 2, 3]);
    expect(kept(0.39)).toEqual([0, 1, 2]);
    expect(kept(0.49)).toEqual([0, 1]);
    expect(kept(1)).toEqual([0]);
  });
});

describe('temperatureAgainstLoops', () => {
  const melody = (pitches: readonly number[]): Past =>
    pitches.map((pitch, i) => ({ pitch, onsetSeconds: i / 4, durationSeconds: 0.2 }));
  const divisor = (past: Past): number => {
    const logits = Float64Array.of(1);
    temperatureAgainstLoops(1)(logits, { past, leastStepSeconds: [], onsetSeconds: 0 });
    return 1 / logits[0]!;
  };

  it('is warmer once the last 32 notes repeat those before', () => {
    const ostinato = Array.from({ length: 40 }, (_, i) => 60 + (i % 4));
    expect(divisor(melody(ostinato))).toBeCloseTo(1.15);
    expect(divisor(melody(ostinato.slice(0, 36)))).toBe(1);
    expect(divisor(melody([...ostinato, 90]))).toBe(1);
  });

  it('stays as it is while the music moves on', () => {
    expect(divisor(melody(Array.from({ length: 80 }, (_, i) => 30 + ((i * i) % 53))))).toBe(1);
    expect(divisor([])).toBe(1);
  });
});
