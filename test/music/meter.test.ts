import { describe, expect, it } from 'vitest';
import { barLines, keepsToBeat, meterAt } from '../../src/music/meter.js';

const quarter = { tick: 0, numerator: 1, denominator: 4 };
const four = (tick: number) => ({ tick, numerator: 4, denominator: 4 });
const three = (tick: number) => ({ tick, numerator: 3, denominator: 4 });
const named = ({ numerator, denominator }: { numerator: number; denominator: number }): string =>
  `${numerator}/${denominator}`;

describe('the meter at a tick', () => {
  it.each([
    ['4/4 where nothing is said', [], 0, '4/4'],
    ['what is in force', [three(0), four(1440)], 2000, '4/4'],
    ['not what comes later', [three(0), four(14_400)], 0, '3/4'],
    ['not that of a pickup', [quarter, four(480)], 0, '4/4'],
    ['not that of a pickup in two', [quarter, { ...quarter, tick: 480, numerator: 2 }, four(1440)], 0, '4/4'],
    ['a short meter that stays', [quarter, four(960)], 0, '1/4'],
    ['a bar that gives way to a shorter one', [four(0), three(1920)], 0, '4/4'],
  ])('is %s', (_, meters, tick, expected) => {
    expect(named(meterAt(meters, tick, 480))).toBe(expected);
  });
});

describe('bar lines', () => {
  it('are where bars begin, through changes of meter', () => {
    expect(barLines([], 480, 4000)).toEqual([0, 1920, 3840, 5760]);
    expect(barLines([quarter, three(480)], 480, 2000)).toEqual([0, 480, 1920, 3360]);
    expect(barLines([four(0), three(1000)], 480, 2000)).toEqual([0, 1000, 2440]);
  });
});

describe('keeping to a beat', () => {
  const ticks = (steps: number, count = 40): number[] => Array.from({ length: count }, (_, i) => i * steps);

  it.each([
    ['quarters', 480],
    ['16ths', 120],
    ['triplets', 160],
    ['16ths of triplets', 80],
    ['32nds', 60],
  ])('is what %s do', (_, steps) => {
    expect(keepsToBeat(ticks(steps), 480)).toBe(true);
  });

  it('is not what notes at random times do', () => {
    expect(keepsToBeat(ticks(97), 480)).toBe(false);
    expect(keepsToBeat(ticks(97, 400), 480)).toBe(false);
  });
});
