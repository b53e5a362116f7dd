import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chordKinds, chordTones } from '../../src/music/theory/chord.js';
import { roles } from '../../src/music/track.js';
import {
  barsOf,
  beatOf,
  endOfPlan,
  instrumentClasses,
  playsIn,
  positionsPerQuarter,
  sectionLetters,
  taughtGenres,
  taughtStyles,
} from '../../src/plan/song-plan.js';

const vocabulary = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../training/song/vocabulary.json'), 'utf8'),
) as Record<string, unknown>;

describe('a plan', () => {
  it('uses the same numbers and names as the training', () => {
    expect({
      positionsPerBeat: positionsPerQuarter,
      classes: instrumentClasses.filter((name) => name !== 'drums'),
      roles: roles.filter((name) => name !== 'drums'),
      chordKinds,
      chordTones: chordKinds.map((kind) => chordTones[kind]),
      sectionLetters,
      styles: taughtStyles,
      genres: taughtGenres,
    }).toEqual({
      positionsPerBeat: vocabulary['positionsPerBeat'],
      classes: vocabulary['classes'],
      roles: vocabulary['roles'],
      chordKinds: vocabulary['chordKinds'],
      chordTones: vocabulary['chordTones'],
      sectionLetters: vocabulary['sectionLetters'],
      styles: vocabulary['styles'],
      genres: vocabulary['genres'],
    });
  });

  it('has contiguous bars, also when the meter changes', () => {
    const plan = {
      barCount: 4,
      meters: [
        { bar: 0, numerator: 3, denominator: 4 },
        { bar: 2, numerator: 6, denominator: 8 },
        { bar: 3, numerator: 4, denominator: 4 },
      ],
    };
    expect(barsOf(plan).map(({ start, length }) => [start, length])).toEqual([
      [0, 72],
      [72, 72],
      [144, 72],
      [216, 96],
    ]);
    expect(endOfPlan(plan)).toBe(312);
    expect(barsOf(plan).map(beatOf)).toEqual([24, 24, 36, 24]);
  });

  it('says in which bars a part plays', () => {
    const part = {
      plays: [
        { first: 1, end: 3 },
        { first: 5, end: 6 },
      ],
    };
    expect([0, 1, 2, 3, 4, 5, 6].map((bar) => playsIn(part, bar))).toEqual([
      ...[false, true, true, false, false, true, false],
    ]);
  });
});
