import { describe, expect, it } from 'vitest';
import { accents } from '../../../src/model/lstm/accents.js';

function drawn(seed: number, accent = 1, accentMemory = 0.6): number[] {
  const next = accents(seed, { accent, accentMemory });
  return Array.from({ length: 20_000 }, next);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('accents', () => {
  it('have mean 0, standard deviation 1 and the requested correlation', () => {
    const values = drawn(3);
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(values.slice(1).map((value, i) => value * values[i]!))).toBeCloseTo(0.6, 1);
  });

  it('are as strong as requested', () => {
    expect(mean(drawn(3, 0.5).map((value) => value ** 2))).toBeCloseTo(0.25, 1);
    expect(drawn(3, 0).every((value) => value === 0)).toBe(true);
  });

  it('follow from the seed', () => {
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });
});
