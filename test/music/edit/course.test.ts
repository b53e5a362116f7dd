import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCourse, type Course } from '../../../src/music/edit/course.js';

const notes = Array.from({ length: 41 }, (_, i) => ({
  ...{ pitch: 60, velocity: 64, onsetSeconds: 2 + i / 2, durationSeconds: 0.4 },
}));
const gaps = (course: Course): number[] => {
  const onsets = withCourse(notes, course).map(({ onsetSeconds }) => onsetSeconds);
  return onsets.slice(1).map((onset, i) => onset - onsets[i]!);
};
const loudness = (course: Course): number[] => withCourse(notes, course).map(({ velocity }) => velocity);
const isRising = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value >= values[i - 1]!);

describe('the course of a piece', () => {
  it('gets faster or slower from its beginning to its end', () => {
    expect(isRising(gaps({ tempo: 'faster' }).toReversed())).toBe(true);
    expect(gaps({ tempo: 'faster' })[0]! / gaps({ tempo: 'faster' }).at(-1)!).toBeGreaterThan(1.7);
    expect(isRising(gaps({ tempo: 'slower' }))).toBe(true);
  });

  it('gets louder or softer', () => {
    expect(isRising(loudness({ loudness: 'louder' }))).toBe(true);
    expect(isRising(loudness({ loudness: 'softer' }).toReversed())).toBe(true);
    expect(loudness({ loudness: 'louder' }).at(-1)! - loudness({ loudness: 'louder' })[0]!).toBeGreaterThan(
      40,
    );
  });

  it('keeps its beginning, end and order, and stays valid', () => {
    const note = fc.record({
      pitch: fc.integer({ min: 0, max: 127 }),
      velocity: fc.integer({ min: 1, max: 127 }),
      onsetSeconds: fc.double({ min: 0, max: 600, noNaN: true }),
      durationSeconds: fc.double({ min: 0.01, max: 10, noNaN: true }),
    });
    const course = fc.record(
      { tempo: fc.constantFrom('faster', 'slower'), loudness: fc.constantFrom('louder', 'softer') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(note), course, (given, wanted) => {
        const sorted = given.toSorted((a, b) => a.onsetSeconds - b.onsetSeconds);
        const changed = withCourse(sorted, wanted);
        expect(changed).toHaveLength(sorted.length);
        for (const [i, { onsetSeconds, durationSeconds, velocity }] of changed.entries()) {
          expect(onsetSeconds).toBeGreaterThanOrEqual((changed[i - 1]?.onsetSeconds ?? 0) - 1e-9);
          expect(durationSeconds).toBeGreaterThan(0);
          expect(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127).toBe(true);
        }
        for (const end of [0, -1]) {
          expect(changed.at(end)?.onsetSeconds ?? 0).toBeCloseTo(sorted.at(end)?.onsetSeconds ?? 0, 6);
        }
      }),
    );
  });
});
