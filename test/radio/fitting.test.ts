import { describe, expect, it } from 'vitest';
import { keyDistance, jar } from '../../src/radio/fitting.js';
import type { Key } from '../../src/music/theory/key.js';

const major = (tonic: Key['tonic']): Key => ({ tonic, scale: 'major' });
const minor = (tonic: Key['tonic']): Key => ({ tonic, scale: 'natural-minor' });

describe('the distance of two keys', () => {
  it.each([
    [major('C'), major('C'), 0],
    [major('C'), minor('A'), 0],
    [major('C'), major('G'), 1],
    [major('C'), major('F'), 1],
    [major('C'), minor('E'), 1],
    [major('C'), major('Eb'), 3],
    [major('C'), minor('C'), 3],
    [major('C'), major('F#'), 6],
    [major('B'), major('Eb'), 4],
  ])('counts fifths: %o, %o', (a, b, fifths) => {
    expect(keyDistance(a, b)).toBe(fifths);
    expect(keyDistance(b, a)).toBe(fifths);
  });
});

describe('a piece after another', () => {
  it('fits in a near key, at about the same tempo', () => {
    expect(jar({ key: major('C'), bpm: 100 }, { key: major('G'), bpm: 110 })).toBe(0);
    expect(jar({}, { key: major('G'), bpm: 110 })).toBe(0);
    expect(jar({ key: major('C') }, { bpm: 110 })).toBe(0);
  });

  it('fits worse the farther its key is', () => {
    const [near, far] = [major('D'), major('E')].map((key) => jar({ key: major('C') }, { key }));
    expect(near).toBeGreaterThan(0);
    expect(far).toBeGreaterThan(near!);
  });

  it('fits worse when its tempo jumps, up or down', () => {
    expect(jar({ bpm: 60 }, { bpm: 120 })).toBeGreaterThan(1);
    expect(jar({ bpm: 120 }, { bpm: 60 })).toBeCloseTo(jar({ bpm: 60 }, { bpm: 120 }));
  });
});
