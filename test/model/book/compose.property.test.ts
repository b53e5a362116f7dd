import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeByBook } from '../../../src/model/book/compose.js';
import { Random } from '../../../src/model/random.js';
import { tonics } from '../../../src/music/theory/key.js';
import { scalePitchClasses } from '../../../src/music/theory/scale.js';
import { styleNamed } from '../../../src/patterns/book.js';
import { footPitches } from '../../../src/patterns/drum-map.js';
import { ensembleNames, ensembles } from '../../../src/plan/instruments.js';
import { makePlan } from '../../../src/plan/make-plan.js';
import { pitchClassesOf } from '../../../src/plan/progressions.js';
import {
  barsOf,
  chordAt,
  endOfPlan,
  playsIn,
  songMeters,
  type SongNote,
  type SongPlan,
} from '../../../src/plan/song-plan.js';
import { styleNames } from '../../../src/plan/styles.js';

const anySong = fc.record({
  style: fc.constantFrom(...styleNames),
  ensemble: fc.option(fc.constantFrom(...ensembleNames), { nil: undefined }),
  meter: fc.option(fc.constantFrom(...songMeters), { nil: undefined }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

function song({
  style: name,
  ensemble,
  meter,
  seed,
}: typeof anySong extends fc.Arbitrary<infer T> ? T : never): {
  plan: SongPlan;
  notes: readonly SongNote[];
} {
  const style = styleNamed(name);
  const [numerator = 4, denominator = 4] = meter?.split('/').map(Number) ?? [];
  const plan = makePlan(
    {
      style,
      bars: 12,
      ...(ensemble !== undefined && { seats: ensembles[ensemble].seats }),
      ...(meter !== undefined && { meter: { numerator, denominator } }),
    },
    new Random(seed),
  );
  return { plan, notes: [...composeByBook(plan, style, seed)].flat() };
}

describe('a song by the book', () => {
  it('keeps every guarantee of songs', () => {
    fc.assert(
      fc.property(anySong, (wished) => {
        const { plan, notes } = song(wished);
        const bars = barsOf(plan);
        const end = endOfPlan(plan);
        for (const note of notes) {
          const part = plan.parts[note.part]!;
          expect(Number.isInteger(note.onset) && Number.isInteger(note.duration)).toBe(true);
          expect(note.onset).toBeGreaterThanOrEqual(0);
          expect(note.onset + note.duration).toBeLessThanOrEqual(end);
          expect(note.velocity).toBeGreaterThanOrEqual(1);
          expect(note.velocity).toBeLessThanOrEqual(127);
          expect(note.pitch).toBeGreaterThanOrEqual(part.range[0]);
          expect(note.pitch).toBeLessThanOrEqual(part.range[1]);
          expect(
            playsIn(
              part,
              bars.findLastIndex(({ start }) => start <= note.onset),
            ),
          ).toBe(true);
        }
        // Every requested part plays.
        expect(new Set(notes.map(({ part }) => part)).size).toBe(plan.parts.length);
      }),
      { numRuns: 120 },
    );
  });

  it('has one note at a time in single-voice parts, and no drummer with three hands', () => {
    fc.assert(
      fc.property(anySong, (wished) => {
        const { plan, notes } = song(wished);
        plan.parts.forEach(({ isMonophonic, role }, part) => {
          const own = notes.filter((note) => note.part === part).toSorted((a, b) => a.onset - b.onset);
          if (isMonophonic) {
            own.slice(1).forEach((note, i) => {
              expect(note.onset).toBeGreaterThanOrEqual(own[i]!.onset + own[i]!.duration);
            });
          }
          if (role === 'drums') {
            for (const onset of new Set(own.map((note) => note.onset))) {
              const hands = own.filter((note) => note.onset === onset && !footPitches.includes(note.pitch));
              expect(hands.length).toBeLessThanOrEqual(2);
            }
          }
        });
      }),
      { numRuns: 80 },
    );
  });

  it('has arpeggios of a synthesizer with a single voice', () => {
    const { plan, notes } = song({ style: '8-bit', ensemble: undefined, meter: undefined, seed: 1 });
    const harmony = plan.parts.findIndex(({ role }) => role === 'harmony');
    const [start, end] = [2, 3].map((bar) => barsOf(plan)[bar]!.start);
    const struck = notes.filter(({ part, onset }) => part === harmony && start! <= onset && onset < end!);
    expect(struck).toHaveLength(16);
    const chord = pitchClassesOf(chordAt(plan, start!));
    expect(new Set(struck.map(({ pitch }) => pitch % 12))).toEqual(new Set(chord));
  });

  it('ends on the tonic, with its root in the bass', () => {
    fc.assert(
      fc.property(anySong, (wished) => {
        const { plan, notes } = song(wished);
        const start = barsOf(plan).at(-1)!.start;
        const last = notes.filter(({ onset, part }) => onset >= start && plan.parts[part]!.role !== 'drums');
        const allowed = pitchClassesOf(plan.chords.at(-1)!);
        for (const { pitch } of last) expect(allowed).toContain(pitch % 12);
        const lowest = Math.min(...last.map(({ pitch }) => pitch));
        expect(lowest % 12).toBe(tonics.indexOf(plan.key.tonic));
      }),
      { numRuns: 80 },
    );
  });

  it('plays tones of the key or of the chord, also on the way to the next one', () => {
    fc.assert(
      fc.property(anySong, (wished) => {
        const { plan, notes } = song(wished);
        const scale = scalePitchClasses(plan.key);
        for (const { onset, pitch, part } of notes) {
          if (plan.parts[part]!.role === 'drums' || scale[pitch % 12]!) continue;
          expect(pitchClassesOf(chordAt(plan, onset))).toContain(pitch % 12);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('has melodies that match their chords about as often as real ones', () => {
    let onChord = 0;
    let all = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { plan, notes } = song({
        style: styleNames[seed % styleNames.length]!,
        ensemble: undefined,
        meter: undefined,
        seed,
      });
      for (const { onset, duration, pitch, part } of notes) {
        if (plan.parts[part]!.role !== 'melody') continue;
        all += duration;
        if (pitchClassesOf(chordAt(plan, onset)).includes(pitch % 12)) onChord += duration;
      }
    }
    expect(onChord / all).toBeGreaterThan(0.68);
  });

  it('is the same for the same seed, and a part is not changed by the absence of another', () => {
    const style = styleNamed('rock');
    const plan = makePlan({ style, bars: 16 }, new Random(3));
    const whole = [...composeByBook(plan, style, 3)].flat();
    expect([...composeByBook(plan, style, 3)].flat()).toEqual(whole);
    const silent = plan.parts.findIndex(({ role }) => role === 'drums');
    const without = { ...plan, parts: plan.parts.filter((_, i) => i !== silent) };
    expect([...composeByBook(without, style, 3)].flat()).toEqual(whole.filter(({ part }) => part !== silent));
  });

  it('varies more at a higher temperature, and less at a lower one', () => {
    const style = styleNamed('pop');
    const plan = makePlan({ style, bars: 24 }, new Random(3));
    const at = (temperature: number): readonly SongNote[] =>
      [...composeByBook(plan, style, 3, temperature)].flat();
    const [low, usual, high] = [at(0.2), at(1), at(3)];
    expect(usual).toEqual([...composeByBook(plan, style, 3)].flat());
    const partOf = (role: string): number => plan.parts.findIndex((part) => part.role === role);
    const bars = barsOf(plan);
    /** Number of bars in which the bass rhythm differs from the previous bar. */
    const changes = (notes: readonly SongNote[]): number => {
      const strokes = bars.map(({ start, length }) =>
        notes
          .filter(({ part, onset }) => part === partOf('bass') && onset >= start && onset < start + length)
          .map(({ onset }) => onset - start)
          .join(' '),
      );
      return strokes.filter((stroke, i) => i > 0 && stroke !== strokes[i - 1]).length;
    };
    expect(changes(high)).toBeGreaterThan(changes(usual));
    const velocities = (notes: readonly SongNote[]): number =>
      new Set(notes.filter(({ part }) => part === partOf('drums')).map(({ velocity }) => velocity)).size;
    expect(velocities(low)).toBeLessThan(velocities(usual));
    const melody = (notes: readonly SongNote[]): readonly number[] =>
      notes.filter(({ part }) => part === partOf('melody')).map(({ pitch }) => pitch);
    expect(melody(high)).not.toEqual(melody(usual));
  });

  it('repeats the theme of a section that returns', () => {
    const style = styleNamed('pop');
    const plan = makePlan(
      {
        style,
        form: [
          { letter: 'A', bars: 4 },
          { letter: 'B', bars: 4 },
          { letter: 'A', bars: 4 },
        ],
      },
      new Random(5),
    );
    const notes = [...composeByBook(plan, style, 5)].flat();
    const melody = plan.parts.findIndex(({ role }) => role === 'melody');
    const bars = barsOf(plan);
    const [first, , again] = plan.sections.filter(({ letter }) => letter === 'A' || letter === 'B');
    const of = (bar: number): unknown =>
      notes
        .filter(
          ({ part, onset }) => part === melody && onset >= bars[bar]!.start && onset < bars[bar + 3]!.start,
        )
        .map(({ onset, duration }) => [onset - bars[bar]!.start, duration]);
    expect(of(again!.bar)).toEqual(of(first!.bar));
  });
});
