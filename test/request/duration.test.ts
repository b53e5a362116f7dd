import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/request/duration.js';

describe('a length', () => {
  it.each([
    ['0:45', 45],
    ['1:30', 90],
    ['90', 90],
    ['90 s', 90],
    ['90s', 90],
    ['90 sec', 90],
    ['2 min', 120],
    ['2 minutes', 120],
    ['1.5 min', 90],
    ['1,5 Minuten', 90],
    ['1 min 30 s', 90],
    ['1m30s', 90],
    ['2 минуты', 120],
    ['45 секунд', 45],
    ['2分', 120],
    ['1分30秒', 90],
  ])('is read as people write it: %s', (written, seconds) => {
    expect(parseDuration(written)).toBe(seconds);
  });

  it.each(['', ' ', 'long', '1:75', 'min', '-5', '2 hours', '1:2:3'])('is not a length: "%s"', (written) => {
    expect(parseDuration(written)).toBeUndefined();
  });

  it.each([10, 45, 60, 90, 125, 300])('is read as it is written: %i s', (seconds) => {
    expect(parseDuration(formatDuration(seconds))).toBe(seconds);
  });
});
