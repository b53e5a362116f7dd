import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tonics, type Key } from '../../src/music/theory/key.js';
import { scalePitchClasses } from '../../src/music/theory/scale.js';
import { readChords } from '../../src/music/theory/chord-text.js';
import { Random } from '../../src/model/random.js';
import { book, styleNamed } from '../../src/patterns/book.js';
import { readForm } from '../../src/plan/form.js';
import { ensembleNames, ensembles } from '../../src/plan/instruments.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { pitchClassesOf } from '../../src/plan/progressions.js';
import { barsOf, playsIn, type SongPlan } from '../../src/plan/song-plan.js';
import { styleNames } from '../../src/plan/styles.js';

const anyStyle = fc.constantFrom(...styleNames);
const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function whole(plan: SongPlan): void {
  const bars = barsOf(plan);
  expect(bars).toHaveLength(plan.barCount);
  expect(plan.chords[0]!.onset).toBe(0);
  expect(plan.sections[0]!.bar).toBe(0);
  expect(plan.chords.map(({ onset }) => onset)).toEqual(
    [...new Set(plan.chords.map(({ onset }) => onset))].sort((a, b) => a - b),
  );
  for (const part of plan.parts) expect(part.plays.length).toBeGreaterThan(0);
  for (const [bar] of bars.entries()) expect(plan.parts.some((part) => playsIn(part, bar))).toBe(true);
  const seats = plan.parts.map(({ instrument, role }) => `${instrument} ${role}`);
  expect(new Set(seats).size).toBe(seats.length);
}

describe('a plan', () => {
  it('is complete for any request, and the same for the same seed', () => {
    fc.assert(
      fc.property(
        anyStyle,
        anySeed,
        fc.option(fc.integer({ min: 2, max: 80 }), { nil: undefined }),
        fc.option(fc.constantFrom('AABA', 'AB', 'i2A4B4o2', 'ABCABC'), { nil: undefined }),
        fc.option(fc.constantFrom(...ensembleNames), { nil: undefined }),
        (style, seed, bars, form, ensemble) => {
          const wishes = {
            style: styleNamed(style),
            ...(bars !== undefined && { bars }),
            ...(form !== undefined && { form: readForm(form) }),
            ...(ensemble !== undefined && { seats: ensembles[ensemble].seats }),
          };
          const plan = makePlan(wishes, new Random(seed));
          whole(plan);
          if (bars !== undefined) expect(plan.barCount).toBe(bars);
          expect(makePlan(wishes, new Random(seed))).toEqual(plan);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('ends on the tonic, or on the last given chord', () => {
    fc.assert(
      fc.property(anyStyle, anySeed, (style, seed) => {
        const plan = makePlan({ style: styleNamed(style) }, new Random(seed));
        expect(plan.chords.at(-1)!.root).toBe(plan.key.tonic);
        const chords = readChords('Am F C G/B');
        const given = makePlan({ style: styleNamed(style), chords }, new Random(seed));
        expect(given.chords.at(-1)).toMatchObject({ root: 'G', bass: 'B' });
        expect(given.chordsGiven).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has the given chords in every bar', () => {
    fc.assert(
      fc.property(anyStyle, anySeed, fc.integer({ min: 4, max: 40 }), (style, seed, bars) => {
        const chords = readChords('Dm7 G7 | Cmaj7 | Am');
        const plan = makePlan({ style: styleNamed(style), chords, bars }, new Random(seed));
        const starts = barsOf(plan).map(({ start }) => start);
        starts.slice(0, -1).forEach((start, bar) => {
          const here = plan.chords.findLast(({ onset }) => onset <= start)!;
          expect(here.root).toBe(['D', 'C', 'A'][bar % 3]);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('only has chords of the scale if a key was requested', () => {
    const scales = ['major', 'natural-minor', 'dorian', 'mixolydian', 'major-pentatonic', 'blues'] as const;
    fc.assert(
      fc.property(
        anyStyle,
        anySeed,
        fc.constantFrom(...tonics),
        fc.constantFrom(...scales),
        (style, seed, tonic, scale) => {
          const key: Key = { tonic, scale };
          const allowed = scalePitchClasses(key);
          const { chords } = makePlan({ style: styleNamed(style), key }, new Random(seed));
          for (const chord of chords) {
            expect(pitchClassesOf(chord).every((pitchClass) => allowed[pitchClass])).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has the requested length', () => {
    const plan = makePlan({ style: styleNamed('pop'), seconds: 60 }, new Random(1));
    expect((plan.barCount * 4 * 60) / plan.bpm).toBeCloseTo(60, 1);
  });

  it('changes the chord with the beat in a chorale, and ends every phrase with a cadence', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const plan = makePlan({ style: styleNamed('chorale') }, new Random(seed));
        const bars = barsOf(plan);
        expect(plan.chords.length / plan.barCount).toBeGreaterThan(1.2);
        for (const { bar } of plan.sections.slice(1)) {
          const [before, last] = [bars[bar - 2]!, bars[bar - 1]!];
          expect(plan.chords.filter(({ onset }) => onset > last.start && onset < bars[bar]!.start)).toEqual(
            [],
          );
          expect(plan.chords.some(({ onset }) => onset > before.start && onset <= last.start)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is as busy as requested, or else as the seed says', () => {
    const style = styleNamed('pop');
    expect(makePlan({ style, density: 0.2 }, new Random(1)).density).toBe(0.2);
    const drawn = [1, 2, 3].map((seed) => makePlan({ style }, new Random(seed)).density);
    expect(new Set(drawn).size).toBe(3);
  });

  it('leaves out the given parts, and refuses to leave out all', () => {
    const style = styleNamed('rock');
    const plan = makePlan({ style, without: ['drums', 'harmony'] }, new Random(1));
    expect(plan.parts.map(({ role }) => role)).toEqual(['melody', 'bass']);
    expect(() => makePlan({ style, without: ['melody', 'harmony', 'bass', 'drums'] }, new Random(1))).toThrow(
      expect.objectContaining({ code: 'song.no-parts' }),
    );
  });
});

describe('the book', () => {
  it('has a file for each style', () => {
    expect([...book().keys()].sort()).toEqual([...styleNames].sort());
    expect(styleNames.length).toBeGreaterThanOrEqual(16);
    expect(ensembleNames.length).toBeGreaterThanOrEqual(14);
  });
});
