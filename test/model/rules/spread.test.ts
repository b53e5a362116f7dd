import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/model/random.js';
import { spread } from '../../../src/model/rules/spread.js';

const draws = 20_000;

function drawn(stepSeconds: number, durationSeconds: number, amounts?: Parameters<typeof spread>[1]) {
  const rule = spread(new Random(1), amounts);
  return Array.from({ length: draws }, () => {
    const timing = { stepSeconds, durationSeconds };
    rule(timing, { past: [], onsetSeconds: 0 });
    return timing;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

describe('spread', () => {
  it.each([0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6])('keeps the mean of a step of %d s', (step) => {
    const steps = drawn(step, 1).map(({ stepSeconds }) => stepSeconds);
    expect(Math.abs(mean(steps) - step)).toBeLessThan(Math.max(0.01, 0.15 * step));
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  });

  it.each([0.03, 0.1, 0.5, 2])('keeps the mean of a duration of %d s', (duration) => {
    const durations = drawn(0.1, duration).map(({ durationSeconds }) => durationSeconds);
    expect(Math.abs(mean(durations) / duration - 1)).toBeLessThan(0.05);
    expect(Math.min(...durations)).toBeGreaterThan(0);
  });

  it.each([
    [0.013, 0.88],
    [0.07, 0.36],
    [0.305, 0.24],
  ])('makes a chord of a step of %d s in %d of the cases', (step, share) => {
    const steps = drawn(step, 1).map(({ stepSeconds }) => stepSeconds);
    const within = steps.filter((each) => each <= 0.03);
    // A few of the melody's steps are as short.
    expect(within.length / draws).toBeGreaterThan(share - 0.02);
    expect(within.length / draws).toBeLessThan(share + 0.03);
  });

  it('spreads durations more, the longer they are predicted', () => {
    const logs = (duration: number): number[] =>
      drawn(0.1, duration).map(({ durationSeconds }) => Math.log(durationSeconds));
    expect(deviation(logs(0.041))).toBeCloseTo(0.56, 1);
    expect(deviation(logs(1.121))).toBeCloseTo(0.96, 1);
    expect(deviation(logs(5))).toBeCloseTo(0.96, 1);
  });

  it('uses the given amounts', () => {
    const still = drawn(0.305, 0.5, { stepSpread: 0, durationSpread: 0 });
    expect(new Set(still.map(({ durationSeconds }) => durationSeconds))).toEqual(new Set([0.5]));
    const melody = still.map(({ stepSeconds }) => stepSeconds).filter((step) => step > 0.03);
    expect(new Set(melody)).toEqual(new Set([0.324]));
  });

  it('leaves rests as they are', () => {
    expect(drawn(0.1, 0).every(({ durationSeconds }) => durationSeconds === 0)).toBe(true);
  });
});
