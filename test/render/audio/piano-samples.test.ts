import { describe, expect, it } from 'vitest';
import { pianoSamples } from '../../../src/render/audio/piano-samples.js';
import { shippedSoundFont } from '../../../src/render/audio/sound-font.js';
import { highest } from './signals.js';

describe('the samples of the piano', () => {
  const samples = [...pianoSamples(shippedSoundFont)];

  it('are one for each key and velocity, at most three semitones away on a piano', () => {
    for (let pitch = 0; pitch < 128; pitch++) {
      for (let velocity = 1; velocity < 128; velocity++) {
        const found = samples.filter(
          ({ keys, velocities }) =>
            pitch >= keys.from &&
            pitch <= keys.to &&
            velocity >= velocities.from &&
            velocity <= velocities.to,
        );
        if (found.length !== 1) expect([pitch, velocity, found.length]).toEqual([pitch, velocity, 1]);
        if (pitch >= 21 && pitch <= 108) expect(Math.abs(found[0]!.root - pitch)).toBeLessThanOrEqual(3);
      }
    }
  });

  it('are stereo, looped, and die away as the recordings do', () => {
    expect(samples).toHaveLength(100);
    for (const { left, right, loopStart, rate, holdSeconds, decaySeconds, releaseSeconds } of samples) {
      expect(right).toHaveLength(left.length);
      expect(left).not.toEqual(right);
      expect(highest(Float32Array.from(left))).toBeGreaterThan(100);
      expect((left.length - loopStart) / rate).toBeCloseTo(0.5, 3);
      expect(holdSeconds).toBeLessThan(2.6);
      expect(decaySeconds).toBeGreaterThan(1);
      expect([0.5, 4]).toContain(releaseSeconds);
    }
  });
});
