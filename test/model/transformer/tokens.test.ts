import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byOnset, type Note } from '../../../src/music/note.js';
import {
  fromTuples,
  startOf,
  toNotes,
  toTicks,
  toTuples,
  type TickNote,
} from '../../../src/model/transformer/tokens.js';
import { binOf, fieldSizes, middleOf } from '../../../src/model/transformer/vocabulary.js';
import { expected, vocabulary } from './fixtures.js';

/** Notes with gaps and lengths in the range of the bins. */
const music = fc
  .array(
    fc.record({
      gapSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 20, noNaN: true })),
      pitch: fc.integer({ min: 0, max: 127 }),
      durationSeconds: fc.double({ min: 0.001, max: 20, noNaN: true }),
      velocity: fc.integer({ min: 1, max: 127 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((drawn) => {
    let onsetSeconds = 0;
    return drawn
      .map(({ gapSeconds, ...note }, i): Note => ({
        ...note,
        onsetSeconds: i === 0 ? 0 : (onsetSeconds += gapSeconds),
      }))
      .sort(byOnset);
  });

const width = (bin: number, edges: readonly number[]): number => edges[bin + 1]! - edges[bin]!;

describe('the bins', () => {
  it('tile the ticks', () => {
    for (const edges of [vocabulary.dtEdges, vocabulary.durationEdges]) {
      for (let tick = edges[0]!; tick < edges.at(-1)!; tick++) {
        const bin = binOf(tick, edges);
        expect(edges[bin]! <= tick && tick < edges[bin + 1]!).toBe(true);
        expect(binOf(middleOf(bin, edges), edges)).toBe(bin);
      }
      expect(binOf(1e9, edges)).toBe(edges.length - 2);
    }
  });

  it('match the network’s outputs', () => {
    expect(fieldSizes(vocabulary)).toEqual([16, 128, 128, 32, 256]);
    expect(startOf(vocabulary)).toEqual([16, 0, 0, 0, 0]);
  });
});

describe('tuples', () => {
  it('match the training code’s for the same notes', () => {
    expect(toTuples(expected.notes, vocabulary)).toEqual(expected.tuples);
  });

  it('round-trip through notes in seconds', () => {
    fc.assert(
      fc.property(music, (notes) => {
        const tuples = toTuples(toTicks(notes, vocabulary), vocabulary);
        const back = toNotes(fromTuples(tuples, vocabulary), vocabulary);
        const again = toTuples(toTicks(back, vocabulary), vocabulary);
        expect(again).toEqual(tuples);
      }),
    );
  });

  it('keep pitches exactly, and times and velocities within their bins', () => {
    fc.assert(
      fc.property(music, (notes) => {
        const ticks = toTicks(notes, vocabulary);
        const tuples = toTuples(ticks, vocabulary);
        const back = fromTuples(tuples, vocabulary);
        const gap = (list: readonly TickNote[], i: number): number =>
          list[i]!.onsetTicks - (list[i - 1] ?? list[0]!).onsetTicks;
        ticks.forEach((note, i) => {
          const [, dt, , , duration] = tuples[i]!;
          expect(back[i]!.pitch).toBe(note.pitch);
          expect(Math.abs(back[i]!.velocity - note.velocity)).toBeLessThanOrEqual(2);
          expect(Math.abs(gap(back, i) - gap(ticks, i))).toBeLessThan(width(dt, vocabulary.dtEdges));
          expect(Math.abs(back[i]!.durationTicks - note.durationTicks)).toBeLessThan(
            width(duration, vocabulary.durationEdges),
          );
        });
      }),
    );
  });

  it('put each onset and end on the nearest tick', () => {
    fc.assert(
      fc.property(music, (notes) => {
        const ticks = toTicks(notes, vocabulary);
        expect(ticks).toHaveLength(notes.length);
        const onsets = notes.map(({ onsetSeconds }) => onsetSeconds).sort((a, b) => a - b);
        ticks.forEach(({ onsetTicks, durationTicks }, i) => {
          expect(Math.abs(onsetTicks / 100 - onsets[i]!)).toBeLessThanOrEqual(0.005 + 1e-9);
          expect(durationTicks).toBeGreaterThanOrEqual(1);
        });
      }),
    );
  });
});
