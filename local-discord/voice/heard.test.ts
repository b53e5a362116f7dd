import { describe, expect, it } from 'vitest';
import { Hearing, type HeardFrame } from './heard.js';

const frame = (number: number, changes: Partial<HeardFrame> = {}): HeardFrame => ({
  ssrc: 1,
  sequence: (65_534 + number) & 0xffff,
  timestamp: (2 ** 32 - 960 + 960 * number) % 2 ** 32,
  at: 20 * number,
  kind: 'encrypted',
  ...changes,
});

describe('figures about what was heard', () => {
  it('find nothing wrong where numbers and timestamps wrap around', () => {
    const { lost, outOfOrder, wrongTimestamps, heard } = new Hearing([0, 1, 2, 3, 4].map((n) => frame(n)));
    expect({ lost, outOfOrder, wrongTimestamps, heard }).toEqual({
      lost: 0,
      outOfOrder: 0,
      wrongTimestamps: 0,
      heard: 5,
    });
  });

  it('count what is missing, what came late or twice, and wrong timestamps', () => {
    const missing = new Hearing([frame(0), frame(3), frame(4)]);
    expect([missing.lost, missing.wrongTimestamps]).toEqual([2, 0]);
    expect(new Hearing([frame(0), frame(2), frame(1), frame(1)]).outOfOrder).toBe(2);
    expect(new Hearing([frame(0), frame(1, { timestamp: 5 })]).wrongTimestamps).toBe(1);
  });

  it('do not hold a new stream against the old one', () => {
    const { streams, lost, wrongTimestamps } = new Hearing([frame(0), frame(9, { ssrc: 2, timestamp: 7 })]);
    expect({ streams, lost, wrongTimestamps }).toEqual({ streams: 2, lost: 0, wrongTimestamps: 0 });
  });

  it('measure gaps and bursts', () => {
    const times = [0, 20, 41, 141, 142, 143, 144];
    const hearing = new Hearing(times.map((at, number) => frame(number, { at })));
    expect(hearing.gaps).toEqual([20, 21, 100, 1, 1, 1]);
    expect(hearing.longestGapMs).toBe(100);
    expect(hearing.gapQuantile(0.5)).toBe(20);
    expect(hearing.mostWithin(100)).toBe(4);
    expect(hearing.mostWithin(10)).toBe(4);
    expect(new Hearing([]).longestGapMs).toBe(0);
  });
});
