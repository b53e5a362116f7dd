import fc from 'fast-check';
import { chordKinds } from '../../../src/music/theory/chord.js';
import { tonics } from '../../../src/music/theory/key.js';
import type { PlannedPart, SongPlan, TaughtStyle } from '../../../src/plan/song-plan.js';
import { barsOf, beatOf } from '../../../src/plan/song-plan.js';

type Part = Omit<PlannedPart, 'plays' | 'isPatterned'>;

function part(
  instrument: Part['instrument'],
  role: Part['role'],
  program: number,
  range: Part['range'],
  isMonophonic: boolean,
): Part {
  return { instrument, role, program, name: `${instrument} ${role}`, range, isMonophonic };
}

/** Parts of a style, the melody first. */
export const bands: Readonly<Partial<Record<TaughtStyle, readonly Part[]>>> = {
  pop: [
    part('ensemble', 'melody', 52, [57, 79], true),
    part('strings', 'counter-melody', 48, [55, 88], false),
    part('piano', 'harmony', 0, [36, 84], false),
    part('bass', 'bass', 33, [28, 55], true),
    part('drums', 'drums', 0, [35, 59], false),
  ],
  quartet: [
    part('strings', 'melody', 40, [55, 93], true),
    part('strings', 'counter-melody', 40, [55, 86], true),
    part('strings', 'harmony', 41, [48, 81], true),
    part('strings', 'bass', 42, [36, 69], true),
  ],
  choir: [
    part('ensemble', 'melody', 52, [60, 81], true),
    part('ensemble', 'counter-melody', 52, [55, 74], true),
    part('ensemble', 'harmony', 52, [48, 69], true),
    part('ensemble', 'bass', 52, [40, 62], true),
  ],
  lied: [part('ensemble', 'melody', 52, [60, 81], true), part('piano', 'harmony', 0, [33, 84], false)],
  chamber: [part('pipe', 'melody', 73, [60, 96], true), part('guitar', 'harmony', 46, [40, 88], false)],
  drums: [part('drums', 'drums', 0, [35, 59], false)],
};

const meters = [
  [4, 4],
  [3, 4],
  [2, 4],
  [6, 8],
] as const;

/** Plans of a few bars, as people might request them. */
export const plans: fc.Arbitrary<SongPlan> = fc
  .record({
    taught: fc.constantFrom(...(Object.keys(bands) as TaughtStyle[])),
    meter: fc.constantFrom(...meters),
    barCount: fc.integer({ min: 2, max: 10 }),
    bpm: fc.integer({ min: 50, max: 190 }),
    tonic: fc.nat({ max: 11 }),
    isMinor: fc.boolean(),
    roots: fc.array(fc.tuple(fc.nat({ max: 11 }), fc.constantFrom(...chordKinds)), {
      minLength: 1,
      maxLength: 6,
    }),
    isHalf: fc.boolean(),
    entry: fc.nat({ max: 2 }),
    returns: fc.boolean(),
  })
  .map(({ taught, meter, barCount, bpm, tonic, isMinor, roots, isHalf, entry, returns }): SongPlan => {
    const [numerator, denominator] = meter;
    const timing = { barCount, meters: [{ bar: 0, numerator, denominator }] };
    const bars = barsOf(timing);
    const changes = bars.flatMap((bar, i) => {
      const middle = bar.start + beatOf(bar) * Math.floor(bar.length / beatOf(bar) / 2);
      return isHalf && i < barCount - 1 ? [bar.start, middle] : [bar.start];
    });
    const chords = changes.map((onset, i) => {
      const [root, kind] = roots[i % roots.length]!;
      return { onset, root: tonics[root]!, kind };
    });
    chords.splice(
      -2,
      2,
      { onset: chords.at(-2)!.onset, root: tonics[(tonic + 7) % 12]!, kind: '7' },
      { onset: chords.at(-1)!.onset, root: tonics[tonic]!, kind: isMinor ? 'min' : 'maj' },
    );
    const half = Math.floor(barCount / 2);
    const first = Math.min(entry, half);
    return {
      style: taught,
      taught,
      bpm,
      key: { tonic: tonics[tonic]!, scale: isMinor ? 'natural-minor' : 'major' },
      ...timing,
      chords,
      chordsGiven: false,
      sections: [
        { bar: 0, letter: 'A', timesBefore: 0 },
        ...(returns && half > 0 ? [{ bar: half, letter: 'A' as const, timesBefore: 1 }] : []),
      ],
      parts: bands[taught]!.map((each, i) => ({
        ...each,
        isPatterned: false,
        plays: [{ first: i === 0 && bands[taught]!.length > 1 ? first : 0, end: barCount }],
      })),
    };
  });
