import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/model/song/draft.js';
import { dutiesOf, endingOf, fulfils, type Duty } from '../../../src/model/song/duties.js';
import type { Layout } from '../../../src/model/song/layout.js';
import type { SongPlan } from '../../../src/plan/song-plan.js';
import { bands } from './plans.js';

const bar = 96;
const plan: SongPlan = {
  style: 'lied',
  taught: 'lied',
  bpm: 100,
  key: { tonic: 'C', scale: 'major' },
  barCount: 4,
  meters: [{ bar: 0, numerator: 4, denominator: 4 }],
  chords: (['C', 'F', 'G', 'C'] as const).map((root, i) => ({ onset: i * bar, root, kind: 'maj' })),
  chordsGiven: false,
  sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
  parts: bands.lied!.map((part) => ({ ...part, isPatterned: false, plays: [{ first: 0, end: 4 }] })),
};
const allOpen: Layout = { isOpen: () => true, sourceOf: () => undefined };

/** The duties of a song, and the number of its lowest part. */
function duties(of: SongPlan, layout = allOpen): { readonly all: readonly Duty[]; readonly piano: number } {
  const draft = new Draft(of);
  const ending = endingOf(draft);
  return {
    all: dutiesOf(draft, layout, ending, ({ role }) => role !== 'melody'),
    piano: draft.parts.at(-1)!.number,
  };
}

const basses = ({ all }: ReturnType<typeof duties>): readonly (readonly [number, number])[] =>
  all.flatMap(({ by, pitchClass }) => (pitchClass === undefined ? [] : [[by, pitchClass] as const]));

describe('the required notes of a song', () => {
  it('let accompanying parts sound in every bar and melodic ones in every two', () => {
    const { all, piano } = duties(plan);
    const sounding = all.filter(({ isStruck }) => !isStruck);
    expect(sounding.filter(({ part }) => part === piano).map(({ from }) => from)).toEqual([0, 96, 192, 288]);
    expect(sounding.filter(({ part }) => part !== piano).map(({ from }) => from)).toEqual([0, 192]);
  });

  it('end on the last chord in all parts, the lowest on its bass, after that of the chord before', () => {
    const of = duties(plan);
    expect(basses(of)).toEqual([
      [2 * bar, 7],
      [3 * bar, 0],
    ]);
    expect(of.all.filter(({ by, isStruck }) => isStruck && by === 3 * bar)).toHaveLength(2);
  });

  it('state the bass of every requested chord', () => {
    expect(basses(duties({ ...plan, chordsGiven: true }))).toEqual([
      [0, 0],
      [bar, 5],
      [2 * bar, 7],
      [3 * bar, 0],
    ]);
  });

  it('are none where nothing is composed', () => {
    expect(duties(plan, { ...allOpen, isOpen: () => false }).all).toEqual([]);
  });

  it('are fulfilled by a held note, unless it has to be struck', () => {
    const duty: Duty = { part: 1, from: 96, by: 144, isStruck: false };
    const fulfilled = (note: { onset: number; duration: number; part?: number }, of = duty): boolean =>
      fulfils({ part: 1, ...note }, of);
    expect(fulfilled({ onset: 120, duration: 6 })).toBe(true);
    expect(fulfilled({ onset: 0, duration: 145 })).toBe(true);
    expect(fulfilled({ onset: 0, duration: 144 })).toBe(false);
    expect(fulfilled({ onset: 145, duration: 96 })).toBe(false);
    expect(fulfilled({ onset: 120, duration: 6, part: 2 })).toBe(false);
    expect(fulfilled({ onset: 0, duration: 145 }, { ...duty, isStruck: true })).toBe(false);
  });
});
