import { describe, expect, it } from 'vitest';
import { momentsOf, onSameLine, within30Ms } from '../../../src/model/rules/moment.js';

describe('moments', () => {
  it('last 30 ms without a grid', () => {
    expect(within30Ms(1, 1)).toBe(true);
    expect(within30Ms(1, 1.0299)).toBe(true);
    expect(within30Ms(1, 1.0301)).toBe(false);
  });

  it('are lines on a grid, halves upwards', () => {
    const same = onSameLine(0.5);
    expect(same(0.75, 1.24)).toBe(true); // both are rounded to 1.0
    expect(same(0.74, 0.76)).toBe(false);
    expect(same(1.2, 1.25)).toBe(false);
    expect(same(1.25, 1.7499)).toBe(true);
  });

  it('follow from a request’s grid and tempo', () => {
    expect(momentsOf('none', 60)).toEqual({ moment: within30Ms, momentSeconds: 0.03, voiceSeconds: 0.1 });
    const { moment, ...lengths } = momentsOf('straight', 60);
    expect(lengths).toEqual({ momentSeconds: 0.25, voiceSeconds: 0.25 });
    expect([moment(0, 0.124), moment(0, 0.126)]).toEqual([true, false]);
    expect(momentsOf('straight', 300)).toMatchObject({ momentSeconds: 0.05, voiceSeconds: 0.1 });
  });
});
