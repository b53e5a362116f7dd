import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPackedSongs, trainingParts } from '../../../src/evaluation/song/packed.js';

/** Two songs of 16 bars, packed by `training/song/pack.py`: melody, one chord per bar, drums. */
const folder = fileURLToPath(new URL('packed', import.meta.url));

describe('packed songs', () => {
  it('are read with their plan and notes', async () => {
    const songs = await readPackedSongs(folder, 'train', 'pop');
    expect(songs.map(({ name, style, bpm }) => [name, style, bpm])).toEqual([
      ['First', 'pop', 100],
      ['Second', 'pop', 100],
    ]);
    const [{ frame, notes }] = songs as [(typeof songs)[0]];
    expect(frame.bars).toHaveLength(16);
    expect(frame.bars[1]).toEqual({ start: 96, length: 96, numerator: 4, denominator: 4 });
    expect(frame.chords).toEqual([
      { onset: 0, chord: 1 },
      { onset: 96, chord: 57 },
    ]);
    expect(frame.sections.map(({ bar, returns }) => [bar, returns])).toEqual([
      [0, false],
      [4, false],
      [8, false],
      [12, true],
    ]);
    expect(notes).toHaveLength(96);
    expect(notes.filter(({ onset }) => onset === 96).map(({ part }) => part)).toEqual([6, 24, 48]);
  });

  it('are found by split and style', async () => {
    expect(await readPackedSongs(folder, 'validation', 'pop')).toEqual([]);
    expect(await readPackedSongs(folder, 'train', 'lied')).toEqual([]);
  });

  it('give the pitches of each part but the drums', async () => {
    const parts = await trainingParts(folder);
    expect(parts.map(({ length }) => length)).toEqual([64, 16, 64, 16]);
    expect(new Set(parts[1])).toEqual(new Set([48]));
    expect(new Set(parts[3])).toEqual(new Set([50]));
    expect(await trainingParts('/nowhere')).toEqual([]);
  });
});
