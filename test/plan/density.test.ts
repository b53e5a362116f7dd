import { describe, expect, it } from 'vitest';
import { hasRole, partDensity } from '../../src/plan/density.js';
import { taughtStyles, type PlannedPart } from '../../src/plan/song-plan.js';
import { roles } from '../../src/music/track.js';

const part: PlannedPart = {
  instrument: 'piano',
  role: 'harmony',
  program: 0,
  name: 'Piano',
  range: [36, 84],
  isMonophonic: false,
  isPatterned: false,
  plays: [{ first: 0, end: 8 }],
};
const lied = { taught: 'lied', barCount: 8 } as const;

describe('the density of a part', () => {
  it('rises from the sparsest to the busiest of its style, for every style and role', () => {
    for (const taught of taughtStyles) {
      for (const role of roles) {
        const all = [0, 0.3, 0.5, 0.8, 1].map((share) =>
          partDensity({ taught, barCount: 8 }, { ...part, role }, share),
        );
        const notes = all.map((each) => each.notes);
        expect(notes).toEqual(notes.toSorted((a, b) => a - b));
        expect(notes[0]).toBeGreaterThan(0);
        expect(notes.at(-1)).toBeGreaterThan(notes[0]!);
      }
    }
  });

  it('is that of real music: a song with piano has about three notes sounding and 13 a bar', () => {
    const { notes, sounding } = partDensity(lied, part, 0.55);
    expect(notes).toBeCloseTo(13.06, 2);
    expect(sounding).toBeCloseTo(3.39, 2);
  });

  it('knows which roles a style has', () => {
    expect([hasRole('pop', 'drums'), hasRole('pop', 'harmony')]).toEqual([false, true]);
    expect([hasRole('band', 'drums'), hasRole('drums', 'melody')]).toEqual([true, false]);
  });

  it('counts only the bars in which the part plays, and one note at a time for a single voice', () => {
    const half = partDensity(lied, { ...part, plays: [{ first: 4, end: 8 }] }, 0.55);
    expect(half.notes).toBeCloseTo(13.06 / 2, 2);
    expect(partDensity(lied, { ...part, isMonophonic: true }, 0.55).sounding).toBe(1);
  });
});
