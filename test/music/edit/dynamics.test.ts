import { describe, expect, it } from 'vitest';
import { newVelocity } from '../../../src/music/edit/dynamics.js';
import type { Note } from '../../../src/music/note.js';

const given = (velocity: number): Note[] =>
  [55, 60, 65].map((pitch, i) => ({ pitch, onsetSeconds: i, durationSeconds: 1, velocity }));

describe('newVelocity', () => {
  it('is that of the given notes in their middle, and three more an octave higher', () => {
    const velocityOf = newVelocity(given(70));
    expect([48, 60, 72, 84].map((pitch) => velocityOf(pitch))).toEqual([67, 70, 73, 76]);
  });

  it('is accented as strongly as the given notes', () => {
    const [low, middle, high] = given(70);
    const velocityOf = newVelocity([{ ...low!, velocity: 58 }, middle!, { ...high!, velocity: 82 }]);
    expect([-1, 0, 2].map((accent) => velocityOf(60, accent))).toEqual([60, 70, 90]);
    expect(newVelocity(given(70))(60, 3)).toBe(70);
  });

  it('stays in range at both ends', () => {
    expect(newVelocity(given(1))(0)).toBe(1);
    expect(newVelocity(given(127))(127)).toBe(127);
  });
});
