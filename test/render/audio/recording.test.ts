import { describe, expect, it } from 'vitest';
import { Recording } from '../../../src/render/audio/recording.js';
import { decibels, highest, sine } from './signals.js';

function block(left: Float32Array<ArrayBuffer>, right = left, last = false) {
  return { left, right, last };
}

describe('a recording', () => {
  it('returns what was added, soft or loud, with noise 90 dB below', () => {
    const recording = new Recording(48_000);
    const parts = [
      block(sine(440, 0.3, -60), sine(300, 0.3, -75)),
      block(sine(440, 0.2, 6), sine(90, 0.2, 0), true),
    ];
    for (const part of parts) expect(recording.add(part)).toBe(true);
    let i = 0;
    for (const { left, right, last } of recording.blocks()) {
      const part = parts[i++]!;
      const noise = Math.max(
        highest(left.map((x, k) => x - part.left[k]!)),
        highest(right.map((x, k) => x - part.right[k]!)),
      );
      expect(left.length).toBe(part.left.length);
      expect(decibels(noise / Math.max(highest(part.left), highest(part.right)))).toBeLessThan(-90);
      expect(last).toBe(part.last);
    }
    expect(i).toBe(2);
  });

  it('refuses what does not fit, and accepts it after being cleared', () => {
    const recording = new Recording(1000);
    expect(recording.add(block(new Float32Array(600)))).toBe(true);
    expect(recording.add(block(new Float32Array(401)))).toBe(false);
    expect(recording.add(block(new Float32Array(400)))).toBe(true);
    recording.clear();
    expect([...recording.blocks()]).toEqual([]);
    expect(recording.add(block(new Float32Array(1000).fill(0.5)))).toBe(true);
    for (const { left } of recording.blocks()) expect(left.every((x) => x === 0.5)).toBe(true);
  });

  it('keeps silence silent', () => {
    const recording = new Recording(100);
    recording.add(block(new Float32Array(100)));
    for (const { left } of recording.blocks()) expect(left.every((x) => x === 0)).toBe(true);
  });
});
