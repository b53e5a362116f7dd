import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastNote } from '../../../src/model/rules/rule.js';
import { Steering } from '../../../src/model/transformer/steering.js';

const target = { density: 10, polyphony: 3, loudness: 60 };

/** A note of a rising scale. */
const note = (onsetSeconds: number, durationSeconds: number, i: number): PastNote => ({
  pitch: 40 + (i % 40),
  onsetSeconds,
  durationSeconds,
});

/** Plays notes at this rate, of this length and velocity, from second 5 on. */
function steered(notes: number, rate: number, durationSeconds: number, velocity: number): Steering {
  const steering = new Steering(target, 5);
  for (let i = 1; i <= notes; i++) steering.struck(note(5 + i / rate, durationSeconds, i), velocity);
  return steering;
}

describe('what a piece lacks of its character', () => {
  it('is nothing before the first note, and as long as it has that character', () => {
    expect(steered(0, 10, 0.3, 60).missing).toEqual({ density: 0, polyphony: 0, loudness: 0 });
    for (const notes of [1, 20, 500]) {
      const { density, polyphony, loudness } = steered(notes, 10, 0.3, 60).missing;
      expect([density, polyphony, loudness].map((value) => Math.abs(value) < 1e-9)).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  it('is more where the music is sparser, thinner and softer, and less than nothing where it is not', () => {
    const less = steered(100, 5, 0.3, 50).missing;
    expect([less.density > 0, less.polyphony > 0, less.loudness > 0]).toEqual([true, true, true]);
    const more = steered(100, 20, 0.3, 80).missing;
    expect([more.density < 0, more.polyphony < 0, more.loudness < 0]).toEqual([true, true, true]);
  });

  it('counts more the more notes there are, and more again if it lasts', () => {
    const missing = [4, 40, 120].map((notes) => steered(notes, 8, 0.3, 55).missing);
    for (const name of ['density', 'polyphony', 'loudness'] as const) {
      expect(missing[1]![name]).toBeGreaterThan(missing[0]![name]);
      expect(missing[2]![name]).toBeGreaterThan(missing[1]![name]);
    }
    expect(missing[2]!.density).toBeGreaterThan(Math.log(10 / 8));
  });

  it('forgets music long past', () => {
    const steering = steered(400, 4, 0.3, 40);
    const before = steering.missing.loudness;
    for (let i = 0; i < 1200; i++) steering.struck(note(105 + i / 10, 0.3, i), 60);
    expect(before).toBeGreaterThan(20);
    expect(Math.abs(steering.missing.loudness)).toBeLessThan(31);
    for (let i = 0; i < 600; i++) steering.struck(note(225 + i / 10, 0.3, i), 75);
    expect(steering.missing.loudness).toBeLessThan(0);
  });

  it('counts a note that is struck again only until then', () => {
    const [again, apart] = [new Steering(target, 0), new Steering(target, 0)];
    for (let i = 1; i <= 40; i++) {
      again.struck({ pitch: 60, onsetSeconds: i / 10, durationSeconds: 0.5 }, 60);
      apart.struck({ pitch: 60, onsetSeconds: i / 10, durationSeconds: 0.1 }, 60);
    }
    // The last note is not struck again.
    expect(again.missing.polyphony).toBeLessThan(apart.missing.polyphony);
    expect(apart.missing.polyphony - again.missing.polyphony).toBeLessThan(0.25);
  });

  it('is limited, whatever the music', () => {
    const anyNote = fc.record({
      step: fc.double({ min: 0, max: 4, noNaN: true }),
      length: fc.double({ min: 0.01, max: 20, noNaN: true }),
      velocity: fc.integer({ min: 1, max: 127 }),
    });
    fc.assert(
      fc.property(fc.array(anyNote, { maxLength: 300 }), (notes) => {
        const steering = new Steering(target, 0);
        let now = 0;
        for (const [i, { step, length, velocity }] of notes.entries())
          steering.struck(note((now += step), length, i), velocity);
        const { density, polyphony, loudness } = steering.missing;
        expect(Math.abs(density)).toBeLessThanOrEqual(2);
        expect(Math.abs(polyphony)).toBeLessThanOrEqual(2);
        expect(Math.abs(loudness)).toBeLessThanOrEqual(60);
      }),
    );
  });
});
