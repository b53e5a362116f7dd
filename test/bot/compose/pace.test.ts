import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/bot/compose/pace.js';

describe('the pace', () => {
  it('estimates the time left from the time passed', () => {
    const pace = new Pace();
    expect(pace.secondsLeft(0, 300, 1000)).toBeUndefined();
    expect(pace.secondsLeft(10, 300, 1100)).toBeUndefined();
    expect(pace.secondsLeft(100, 300, 2000)).toBe(2);
    expect(pace.secondsLeft(100, 300, 3000)).toBe(4);
    expect(pace.secondsLeft(300, 300, 4000)).toBe(0);
  });

  it('counts from the first observation', () => {
    const pace = new Pace();
    pace.secondsLeft(100, 300, 0);
    expect(pace.secondsLeft(100, 300, 5000)).toBeUndefined();
    expect(pace.secondsLeft(200, 300, 5000)).toBe(5);
  });
});
