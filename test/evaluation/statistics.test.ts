import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correlation,
  entropy,
  mean,
  median,
  quantile,
  rankCorrelation,
  standardDeviation,
} from '../../src/evaluation/statistics.js';

describe('statistics', () => {
  it('of a series', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('gives the quantiles of numpy.quantile', () => {
    const values = [15, 20, 35, 40, 50];
    expect(quantile(values, 0)).toBe(15);
    expect(quantile(values, 0.4)).toBeCloseTo(29, 12);
    expect(quantile(values, 0.98)).toBeCloseTo(49.2, 12);
    expect(quantile([7], 0.3)).toBe(7);
  });

  it('measures entropy in bits', () => {
    expect(entropy([1, 1, 1, 1])).toBe(2);
    expect(entropy([3, 0])).toBe(0);
    expect(entropy([1, 1, 2])).toBe(1.5);
    expect(entropy([])).toBe(0);
  });

  it('correlates', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 0, -1, 0], [0, 1, 0, -1])).toBeCloseTo(0, 12);
    expect(correlation([1, 1], [1, 2])).toBeUndefined();
  });

  it('correlates ranks, whatever the scale', () => {
    const values = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(values, (a) => {
        expect(
          rankCorrelation(
            a,
            a.map((value) => Math.exp(value / 10)),
          ),
        ).toBeCloseTo(1, 9);
        expect(
          rankCorrelation(
            a,
            a.map((value) => -(value ** 3)),
          ),
        ).toBeCloseTo(-1, 9);
      }),
    );
    // Spearman's ρ without ties is 1 − 6 Σd² / (n (n² − 1)).
    expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(1 - (6 * 4) / (5 * 24), 12);
  });
});
