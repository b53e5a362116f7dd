import { describe, expect, it } from 'vitest';
import { composeSong, SongComposer } from '../../../src/model/song/composer.js';
import type { Commission } from '../../../src/model/song/layout.js';
import { barsOf, bySongOrder, type SongNote, type SongPlan } from '../../../src/plan/song-plan.js';
import { madeUpModel } from './fixtures.js';
import { bands } from './plans.js';

const everyBar = [{ first: 0, end: 12 }];
const plan: SongPlan = {
  style: 'pop',
  taught: 'pop',
  bpm: 100,
  key: { tonic: 'C', scale: 'major' },
  barCount: 12,
  meters: [{ bar: 0, numerator: 4, denominator: 4 }],
  chords: Array.from({ length: 12 }, (_, bar) => ({
    onset: 96 * bar,
    root: (['C', 'F', 'G', 'C'] as const)[bar % 4]!,
    kind: 'maj',
  })),
  chordsGiven: false,
  sections: [
    { bar: 0, letter: 'A', timesBefore: 0 },
    { bar: 4, letter: 'B', timesBefore: 0 },
    { bar: 8, letter: 'A', timesBefore: 1 },
  ],
  parts: bands.pop!.map((part) => ({ ...part, isPatterned: false, plays: everyBar })),
};
const task: Commission = { plan, given: [], temperature: 1, seed: 7 };
const composer = new SongComposer(madeUpModel(), 3);
const song = composeSong(composer, task);

/** The notes of a part in a bar, from its start. */
function barOf(notes: readonly SongNote[], part: number, bar: number): SongNote[] {
  const { start, length } = barsOf(plan)[bar]!;
  return notes
    .filter((note) => note.part === part && start <= note.onset && note.onset < start + length)
    .map((note) => ({ ...note, onset: note.onset - start }))
    .sort(bySongOrder);
}

const drums = 4;
const beat: readonly SongNote[] = Array.from({ length: 24 }, (_, i) => ({
  onset: 48 * i,
  part: drums,
  pitch: i % 2 === 0 ? 36 : 38,
  duration: 6,
  velocity: 100,
}));

describe('a composer of songs', () => {
  it('composes the same from the same seed, alone and among others', () => {
    expect(composeSong(composer, task)).toEqual(song);
    expect(composeSong(composer, { ...task, seed: 8 })).not.toEqual(song);
    const streams = [1, 7, 3].map((seed) => composer.open({ ...task, seed }));
    while (!streams.every(({ ended }) => ended)) composer.step();
    expect(streams[1]!.notes).toEqual(song);
  });

  it('has its notes in order', () => {
    expect(song).toEqual([...song].sort(bySongOrder));
  });

  it('composes more than fits into the network’s context', () => {
    expect(song.length).toBeGreaterThan(2 * madeUpModel().shape.context);
  });

  it('repeats the notes of a section that returns', () => {
    for (const part of [2, 3, drums]) {
      const kept = [0, 1].map((bar) => [barOf(song, part, bar), barOf(song, part, bar + 8)]);
      for (const [first, again] of kept) {
        expect(again!.map(({ pitch, onset }) => [onset, pitch])).toEqual(
          first!.map(({ pitch, onset }) => [onset, pitch]),
        );
      }
    }
  });

  it('composes the missing parts to the given ones', () => {
    const others = composeSong(composer, { ...task, given: beat });
    expect(new Set(others.map(({ part }) => part))).toEqual(new Set([0, 1, 2, 3]));
    expect(others).not.toEqual(song.filter(({ part }) => part !== drums));
  });

  it('does not hear patterned parts whose role its style never had in training', () => {
    const over = (taught: SongPlan['taught'], given: readonly SongNote[]): readonly SongNote[] => {
      const parts = plan.parts.map((part, i) => ({ ...part, isPatterned: i === drums }));
      return composeSong(composer, { ...task, plan: { ...plan, taught, parts }, given });
    };
    const rolls = beat.flatMap((note) => [note, { ...note, onset: note.onset + 12 }]);
    expect(over('pop', rolls)).toEqual(over('pop', beat));
    expect(over('band', rolls)).not.toEqual(over('band', beat));
  });

  it('only composes the requested bars and parts', () => {
    const bars = { first: 3, end: 5 };
    const [from, to] = [3 * 96, 5 * 96];
    const kept = song.filter(({ part, onset }) => part !== 2 || onset < from || onset >= to);
    const filled = composeSong(composer, { ...task, given: kept, composed: [{ part: 2, bars }] });
    expect(filled.length).toBeGreaterThan(0);
    for (const { part, onset } of filled) {
      expect(part).toBe(2);
      expect(onset).toBeGreaterThanOrEqual(from);
      expect(onset).toBeLessThan(to);
    }
  });

  it('reports progress, and stops when closed', () => {
    const stream = composer.open(task);
    expect(stream.bars).toBe(0);
    while (stream.bars < 3) composer.step();
    const sofar = stream.notes.length;
    expect(sofar).toBeGreaterThan(0);
    composer.close(stream);
    composer.step();
    expect(stream.notes).toHaveLength(sofar);
  });

  it('refuses more songs than fit', () => {
    const streams = [1, 2, 3].map((seed) => composer.open({ ...task, seed }));
    expect(() => composer.open(task)).toThrow(RangeError);
    for (const stream of streams) composer.close(stream);
    composer.close(composer.open(task));
  });
});
