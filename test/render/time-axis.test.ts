import { describe, expect, it } from 'vitest';
import { clock, timeStep } from '../../src/render/time-axis.js';

describe('the time axis', () => {
  it.each([
    [0.04, 0.1],
    [0.5, 0.5],
    [3, 5],
    [11, 15],
    [61, 120],
    [5000, 7200],
    [40_000, 43_200],
  ])('uses a common step of at least %d s: %d s', (least, step) => {
    expect(timeStep(least)).toBe(step);
  });

  it.each([
    [0, '0:00'],
    [64.4, '1:04'],
    [59.6, '1:00'],
    [3599.7, '1:00:00'],
    [3723, '1:02:03'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text);
  });
});
