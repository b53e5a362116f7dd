import { describe, expect, it } from 'vitest';
import { evaluateSongs } from '../../../src/evaluation/song/evaluate-songs.js';
import { readPackedSongs, type PackedSong } from '../../../src/evaluation/song/packed.js';
import { beginningOf, passagesOf, type RealPassage } from '../../../src/evaluation/song/real-plan.js';
import { barsReached, songReport } from '../../../src/evaluation/song/song-report.js';
import { madeUpModel } from '../../model/song/fixtures.js';

/** Sixteen bars in D minor: a tune over chords. */
const song: PackedSong = {
  name: 'Tune',
  style: 'lied',
  bpm: 90,
  frame: {
    bars: Array.from({ length: 16 }, (_, i) => ({ start: 72 * i, length: 72, numerator: 3, denominator: 4 })),
    keys: [{ onset: 0, key: 5 }],
    chords: Array.from({ length: 16 }, (_, i) => ({ onset: 72 * i, chord: i % 2 === 0 ? 18 : 75 })),
    sections: [],
  },
  sections: [],
  notes: Array.from({ length: 16 }, (_, i) => [
    { onset: 72 * i, part: 6, pitch: 62 + (i % 5), duration: 48, velocity: 0 },
    { onset: 72 * i, part: 24, pitch: 50, duration: 72, velocity: 0 },
    { onset: 72 * i + 48, part: 6, pitch: 65, duration: 24, velocity: 0 },
  ]).flat(),
};

/** Songs of 16 bars, one after the other. */
function joined(songs: readonly PackedSong[]): PackedSong {
  const moved = <Placed extends object>(each: Placed, key: keyof Placed, i: number): Placed => ({
    ...each,
    [key]: (each[key] as number) + 16 * 72 * i,
  });
  return {
    ...songs[0]!,
    frame: {
      ...songs[0]!.frame,
      bars: songs.flatMap(({ frame }, i) => frame.bars.map((bar) => moved(bar, 'start', i))),
      chords: songs.flatMap(({ frame }, i) => frame.chords.map((chord) => moved(chord, 'onset', i))),
    },
    notes: songs.flatMap(({ notes }, i) => notes.map((note) => moved(note, 'onset', i))),
  };
}

describe('the evaluation of songs', () => {
  it('composes by the plans of real songs and compares the results', () => {
    const tune = Uint8Array.from(song.notes.filter(({ part }) => part === 6).map(({ pitch }) => pitch));
    const limits = { seeds: 1, temperature: 1, training: [tune] };
    let done = 0;
    const evaluation = evaluateSongs(
      madeUpModel(),
      'lied',
      passagesOf([song, song, song], 2),
      limits,
      (count) => (done = count),
    );
    expect(evaluation.pieces).toBe(2);
    expect(done).toBe(2);
    const { rows, nats } = evaluation;
    expect(rows.real.notesPerBar!.mean).toBe(3);
    expect(rows.composed.notesPerBar!.mean).toBeGreaterThan(0);
    expect(nats.notes).toBeGreaterThan(0);
    // The network is untrained.
    expect(nats.told).toBeGreaterThan(5);
    expect(nats.bare).toBeGreaterThan(5);
    const reached = barsReached(evaluation);
    expect(reached.find(({ name }) => name === 'nats')).toMatchObject({ bar: '≤ 3.2', holds: false });
    expect(evaluation.copies!.real.longest).toBe(32);
    const report = songReport([evaluation], 'song@12345678');
    for (const row of [
      'composed',
      'with chords',
      'real',
      'shuffled',
      'jitter',
      'bigram',
      'swapped',
      'looped',
    ])
      expect(report).toContain(`| ${row} |`);
  });

  it('leaves out songs that are short, have no key, or have bars of several meters', () => {
    const { frame } = song;
    expect(beginningOf(song)?.plan.barCount).toBe(16);
    expect(beginningOf({ ...song, frame: { ...frame, bars: frame.bars.slice(0, 8) } })).toBeUndefined();
    expect(beginningOf({ ...song, frame: { ...frame, keys: [] } })).toBeUndefined();
    const mixed = frame.bars.map((bar, i) => (i === 3 ? { ...bar, length: 48, numerator: 2 } : bar));
    expect(beginningOf({ ...song, frame: { ...frame, bars: mixed } })).toBeUndefined();
  });

  it('takes the beginnings of all songs, then what follows in those that are long enough', () => {
    const long = joined([song, song, song, song, song]);
    const passages = passagesOf([long, song, long], 100);
    expect(passages.map(({ plan }) => plan.barCount)).toEqual([32, 16, 32, 32, 32, 16, 16]);
    expect(passagesOf([long, song, long], 4)).toEqual(passages.slice(0, 4));
  });

  it('takes a later passage with what holds at its first bar', () => {
    const long = joined([song, song, song]);
    const [, later] = passagesOf(
      [
        {
          ...long,
          frame: {
            ...long.frame,
            keys: [
              { onset: 0, key: 5 },
              { onset: 72 * 20, key: 8 },
            ],
            chords: [
              { onset: 0, chord: 18 },
              { onset: 72 * 30, chord: 75 },
              { onset: 72 * 40, chord: 18 },
            ],
            sections: [
              { bar: 0, letter: 0, returns: false },
              { bar: 28, letter: 1, returns: false },
              { bar: 36, letter: 0, returns: true },
            ],
          },
          sections: [
            { bar: 0, name: 'i' },
            { bar: 28, name: 'A' },
            { bar: 36, name: 'i' },
          ],
        },
      ],
      2,
    );
    expect(later!.song.frame).toMatchObject({
      keys: [{ onset: 0, key: 8 }],
      chords: [
        { onset: 0, chord: 75 },
        { onset: 72 * 8, chord: 18 },
      ],
      sections: [
        { bar: 0, letter: 1, returns: false },
        { bar: 4, letter: 0, returns: true },
      ],
    });
    expect(later!.notes).toEqual(song.notes);
    expect(later!.plan.key).toEqual({ tonic: 'E', scale: 'major' });
    expect(later!.plan.sections).toEqual([
      { bar: 0, letter: 'A', timesBefore: 0 },
      { bar: 4, letter: 'intro', timesBefore: 0 },
    ]);
  });

  it('plans the key of most bars, and gives names that come again the free letters', () => {
    const [{ plan }] = passagesOf(
      [
        {
          ...song,
          frame: {
            ...song.frame,
            keys: [
              { onset: 0, key: 5 },
              { onset: 72 * 4, key: 8 },
              { onset: 72 * 14, key: 5 },
            ],
          },
          sections: [
            { bar: 0, name: 'G' },
            { bar: 2, name: 'B' },
            { bar: 4, name: 'H' },
            { bar: 6, name: 'x' },
            { bar: 8, name: 'H' },
            { bar: 10, name: 'I' },
            { bar: 12, name: 'B' },
          ],
        },
      ],
      1,
    ) as [RealPassage];
    expect(plan.key).toEqual({ tonic: 'E', scale: 'major' });
    expect(plan.sections.map(({ letter, timesBefore }) => [letter, timesBefore])).toEqual([
      ['other', 0],
      ['B', 0],
      ['A', 0],
      ['interlude', 0],
      ['A', 1],
      ['other', 0],
      ['B', 1],
    ]);
  });

  it('finds no songs where there are none', async () => {
    expect(await readPackedSongs('/nowhere', 'validation', 'pop')).toEqual([]);
  });
});
