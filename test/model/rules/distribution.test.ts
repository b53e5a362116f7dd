import { describe, expect, it } from 'vitest';
import { minP, only, temperature, temperatureAgainstLoops } from '../../../src/model/rules/distribution.js';
import type { PastNote } from '../../../src/model/rules/rule.js';

describe('only', () => {
  it('leaves one value', () => {
    const logits = Float64Array.of(3, 2, 1);
    only(1)(logits, { past: [], onsetSeconds: 0 });
    expect([...logits]).toEqual([-Infinity, 2, -Infinity]);
  });
});

describe('temperature', () => {
  it('divides the logits', () => {
    const logits = Float64Array.of(1, -2, 0, -Infinity);
    temperature(0.5)(logits, { past: [], onsetSeconds: 0 });
    expect([...logits]).toEqual([2, -4, 0, -Infinity]);
  });
});

describe('minP', () => {
  it('drops values below a share of the likeliest', () => {
    const kept = (share: number): number[] => {
      const logits = Float64Array.from([0.5, 0.25, 0.2, 0.05], Math.log);
      minP(share)(logits, { past: [], onsetSeconds: 0 });
      return [...logits.keys()].filter((value) => logits[value] !== -Infinity);
    };
    expect(kept(0.09)).toEqual([0, 1, 2, 3]);
    expect(kept(0.39)).toEqual([0, 1, 2]);
    expect(kept(0.49)).toEqual([0, 1]);
    expect(kept(1)).toEqual([0]);
  });
});

describe('temperatureAgainstLoops', () => {
  const melody = (pitches: readonly number[]): readonly PastNote[] =>
    pitches.map((pitch, i) => ({ pitch, onsetSeconds: i / 4, durationSeconds: 0.2 }));
  const divisor = (past: readonly PastNote[]): number => {
    const logits = Float64Array.of(1);
    temperatureAgainstLoops(1)(logits, { past, onsetSeconds: 0 });
    return 1 / logits[0]!;
  };

  it('is higher once the last 32 notes repeat earlier ones', () => {
    const ostinato = Array.from({ length: 40 }, (_, i) => 60 + (i % 4));
    expect(divisor(melody(ostinato))).toBeCloseTo(1.15);
    expect(divisor(melody(ostinato.slice(0, 36)))).toBe(1);
    expect(divisor(melody([...ostinato, 90]))).toBe(1);
  });

  it('stays as it is while the music develops', () => {
    expect(divisor(melody(Array.from({ length: 80 }, (_, i) => 30 + ((i * i) % 53))))).toBe(1);
    expect(divisor([])).toBe(1);
  });
});
