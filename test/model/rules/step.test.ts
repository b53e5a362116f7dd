import { describe, expect, it } from 'vitest';
import { onSameLine, within30Ms } from '../../../src/model/rules/moment.js';
import type { PastNote, Rule } from '../../../src/model/rules/rule.js';
import { apart, fewerChords, noLongStep, tenFingers } from '../../../src/model/rules/step.js';

const leastSeconds = [0, 0.01, 0.02, 0.03, 0.05, 0.5, 4, 5];

function possible(rule: Rule, past: readonly PastNote[] = []): number[] {
  const logits = new Float64Array(leastSeconds.length);
  rule(logits, { past, onsetSeconds: 0 });
  return [...logits.keys()].filter((value) => logits[value] !== -Infinity);
}

const chord = (count: number, apartSeconds = 0): readonly PastNote[] =>
  Array.from({ length: count }, (_, i) => ({
    pitch: 60 + i,
    onsetSeconds: 1 + i * apartSeconds,
    durationSeconds: 1,
  }));

describe('noLongStep', () => {
  it('leaves no step above the limit', () => {
    expect(possible(noLongStep(leastSeconds, 4))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('apart', () => {
  it('keeps the notes of a single voice apart', () => {
    expect(possible(apart(leastSeconds, 0.03))).toEqual([3, 4, 5, 6, 7]);
  });

  it('leaves the last value, whatever the limit', () => {
    const both: Rule = (logits, context) => {
      apart(leastSeconds, 4.5)(logits, context);
      noLongStep(leastSeconds, 4)(logits, context);
    };
    expect(possible(both)).toEqual([7]);
  });
});

describe('tenFingers', () => {
  it('delays the eleventh note until the moment is over', () => {
    expect(possible(tenFingers(leastSeconds, within30Ms), chord(9))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(possible(tenFingers(leastSeconds, within30Ms), chord(10))).toEqual([3, 4, 5, 6, 7]);
    expect(possible(tenFingers(leastSeconds, within30Ms), chord(10, 0.002))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('counts the lines of a grid', () => {
    expect(possible(tenFingers(leastSeconds, onSameLine(0.5)), chord(10))).toEqual([5, 6, 7]);
  });
});

describe('fewerChords', () => {
  it('makes simultaneous notes less likely, and changes nothing else', () => {
    const logits = new Float64Array(leastSeconds.length);
    fewerChords(leastSeconds, 0.2)(logits, { past: [], onsetSeconds: 0 });
    expect([...logits]).toEqual([-0.2, -0.2, -0.2, 0, 0, 0, 0, 0]);
  });
});
