import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/music/note.js';
import { meanVelocity, withMeanVelocity } from '../../../src/music/edit/velocity.js';
import { anyVelocity } from '../../compose/requests.js';

const notes = (...velocities: number[]): Note[] =>
  velocities.map((velocity, i) => ({ pitch: 60, onsetSeconds: i, durationSeconds: 1, velocity }));
const velocities = (shaped: readonly Note[]): number[] => shaped.map((note) => note.velocity);

describe('withMeanVelocity', () => {
  it('keeps the dynamics around the new mean', () => {
    expect(velocities(withMeanVelocity(notes(50, 60, 70), 80))).toEqual([70, 80, 90]);
  });

  it('compensates for notes at the end of the range with the others', () => {
    const loud = withMeanVelocity(notes(20, 60, 100), 110);
    expect(velocities(loud)).toEqual([82, 122, 127]);
    expect(Math.abs(meanVelocity(loud) - 110)).toBeLessThanOrEqual(0.5);
  });

  it('reaches any mean within 0.5, in order of loudness, within 1–127', () => {
    fc.assert(
      fc.property(fc.array(anyVelocity, { minLength: 1, maxLength: 50 }), anyVelocity, (drawn, mean) => {
        const shaped = withMeanVelocity(notes(...drawn), mean);
        expect(Math.abs(meanVelocity(shaped) - mean)).toBeLessThanOrEqual(0.5 + 1e-9);
        for (const [i, { velocity }] of shaped.entries()) {
          expect(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127).toBe(true);
          shaped.forEach((other, j) => {
            if (drawn[i]! > drawn[j]!) expect(velocity).toBeGreaterThanOrEqual(other.velocity);
          });
        }
      }),
    );
  });
});
