import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/model/random.js';
import { Take } from '../../../src/model/transformer/take.js';
import { madeUpModel } from './fixtures.js';

const { vocabulary } = madeUpModel();
const first = { pitch: 60, onsetSeconds: 0.0037, durationSeconds: 0.5, velocity: 60 };

describe('a take', () => {
  it('tells the rules about pitch the very moment at which the note is struck', () => {
    const widest = vocabulary.dtEdges.length - 2;
    for (let seed = 1; seed <= 20; seed++) {
      const take = new Take([first], vocabulary, new Random(seed));
      take.place(widest);
      let told = NaN;
      take.draw([(_, { onsetSeconds }) => (told = onsetSeconds)], new Float32Array(128));
      take.play([0, widest, 60, 10, 20]);
      expect(first.onsetSeconds + take.notes[0]!.stepSeconds).toBe(told);
    }
  });

  it('draws every tick of a wide bin, and none beside it', () => {
    const bin = vocabulary.dtEdges.findIndex((edge, i, edges) => edges[i + 1]! - edge > 1);
    const [from, to] = [vocabulary.dtEdges[bin]!, vocabulary.dtEdges[bin + 1]!];
    const take = new Take([first], vocabulary, new Random(1));
    const ticks = Array.from({ length: 200 }, () => {
      take.place(bin);
      take.play([0, bin, 60, 10, 20]);
      return Math.round(take.notes.at(-1)!.stepSeconds * vocabulary.ticksPerSecond);
    });
    expect(new Set(ticks)).toEqual(new Set(Array.from({ length: to - from }, (_, i) => from + i)));
  });
});
