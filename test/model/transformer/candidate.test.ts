import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/model/random.js';
import type { Note } from '../../../src/music/note.js';
import { Candidate } from '../../../src/model/transformer/candidate.js';
import { Course } from '../../../src/model/transformer/course.js';
import { madeUpModel } from './fixtures.js';

const { vocabulary } = madeUpModel();
/** A candidate for infinite music, whose notes are read as they come. */
function candidateAfter(given: readonly Note[], seed: number): Candidate {
  const random = new Random(seed);
  const settings = { slowing: 0, variation: 0 };
  return new Candidate(
    given,
    vocabulary,
    random,
    new Course({ notes: Infinity }, given, settings, random),
    true,
  );
}

const first = { pitch: 60, onsetSeconds: 0.0037, durationSeconds: 0.5, velocity: 60 };

describe('a candidate', () => {
  it('gives the rules about pitch the exact moment of the note', () => {
    const widest = vocabulary.dtEdges.length - 2;
    for (let seed = 1; seed <= 20; seed++) {
      const candidate = candidateAfter([first], seed);
      candidate.place(widest);
      let told = NaN;
      candidate.draw([(_, { onsetSeconds }) => (told = onsetSeconds)], new Float32Array(128));
      candidate.play([0, widest, 60, 10, 20]);
      expect(first.onsetSeconds + candidate.read()[0]!.stepSeconds).toBe(told);
    }
  });

  it('draws every tick of a wide bin, and none outside it', () => {
    const bin = vocabulary.dtEdges.findIndex((edge, i, edges) => edges[i + 1]! - edge > 1);
    const [from, to] = [vocabulary.dtEdges[bin]!, vocabulary.dtEdges[bin + 1]!];
    const candidate = candidateAfter([first], 1);
    const ticks = Array.from({ length: 200 }, () => {
      candidate.place(bin);
      candidate.play([0, bin, 60, 10, 20]);
      return Math.round(candidate.read()[0]!.stepSeconds * vocabulary.ticksPerSecond);
    });
    expect(new Set(ticks)).toEqual(new Set(Array.from({ length: to - from }, (_, i) => from + i)));
  });
});
