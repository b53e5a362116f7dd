import { describe, expect, it } from 'vitest';
import { commissionOf, SongRequests } from '../../../src/model/song/requests.js';
import type { SongNote, SongPlan } from '../../../src/plan/song-plan.js';
import type { CompositionRequest, SongTask } from '../../../src/request/request.js';
import { madeUpModel } from './fixtures.js';
import { bands } from './plans.js';

const plays = [{ first: 0, end: 4 }];
const plan: SongPlan = {
  style: 'pop',
  taught: 'pop',
  bpm: 100,
  key: { tonic: 'C', scale: 'major' },
  barCount: 4,
  meters: [{ bar: 0, numerator: 4, denominator: 4 }],
  chords: (['C', 'F', 'G', 'C'] as const).map((root, bar) => ({ onset: 96 * bar, root, kind: 'maj' })),
  chordsGiven: false,
  sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
  parts: bands.pop!.map((part) => ({
    ...part,
    isPatterned: part.role === 'bass' || part.role === 'drums',
    plays,
  })),
};
const task: SongTask = { kind: 'song', title: 'Pop', plan };
const before: readonly SongNote[] = [{ onset: 0, part: 0, pitch: 72, duration: 48, velocity: 90 }];

describe('a request for a song', () => {
  it('lets the book play its parts, and the network the others', () => {
    const { given, composed } = commissionOf(task, 1, 1);
    expect(new Set(given.map(({ part }) => part))).toEqual(new Set([3, 4]));
    expect(composed).toEqual([0, 1, 2].map((part) => ({ part, bars: { first: 0, end: 4 } })));
  });

  it('continues from a bar, after the given notes', () => {
    const { given, composed } = commissionOf({ ...task, from: 2, given: before }, 1, 1);
    expect(given.filter(({ onset }) => onset < 192)).toEqual(before);
    expect(composed![0]!.bars).toEqual({ first: 2, end: 4 });
  });

  it('becomes a song with all of its notes, the given ones as they are', () => {
    const composer = new SongRequests(madeUpModel(), 1);
    const going = { ...task, from: 2, given: before };
    const stream = composer.open({ task: going, seed: 3, temperature: 1 } as unknown as CompositionRequest);
    expect(stream.progress).toBe(5);
    expect(stream.song).toBeUndefined();
    while (!stream.ended) composer.step();
    const { notes } = stream.song!;
    expect(stream.progress).toBe(10);
    expect(notes.filter(({ part, onset }) => part <= 2 && onset < 192)).toEqual(before);
    expect(new Set(notes.map(({ part }) => part))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(stream.read()).toEqual([]);
    expect(() =>
      composer.open({ task: { kind: 'continue' }, seed: 1, temperature: 1 } as unknown as CompositionRequest),
    ).toThrow(RangeError);
  });
});
