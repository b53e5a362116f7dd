import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/model/song/draft.js';
import { layoutOf, type Layout } from '../../../src/model/song/layout.js';
import { Random } from '../../../src/model/random.js';
import type { ChordKind } from '../../../src/music/theory/chord.js';
import type { Tonic } from '../../../src/music/theory/key.js';
import type { PlannedSection, SongPlan, TaughtStyle } from '../../../src/plan/song-plan.js';
import { bands } from './plans.js';

const [melody, piano, drums] = [0, 2, 4];

interface Scene {
  /** The bar whose notes a part repeats in a bar; undefined if it is composed. */
  readonly sourceOf: (part: number, bar: number) => number | undefined;
  readonly layout: Layout;
  readonly draft: Draft;
}

/** @param chords a root for each bar, with a kind if it is not major */
function scene(
  chords: readonly (readonly [root: Tonic, kind?: ChordKind])[],
  {
    taught = 'band',
    sections = [{ bar: 0, letter: 'A', timesBefore: 0 }],
    seed = 1,
  }: { taught?: TaughtStyle; sections?: readonly PlannedSection[]; seed?: number } = {},
): Scene {
  const plan: SongPlan = {
    style: taught,
    taught,
    bpm: 100,
    key: { tonic: 'C', scale: 'major' },
    barCount: chords.length,
    meters: [{ bar: 0, numerator: 4, denominator: 4 }],
    chords: chords.map(([root, kind = 'maj'], bar) => ({ onset: 96 * bar, root, kind })),
    chordsGiven: false,
    sections,
    parts: bands.pop!.map((part) => ({
      ...part,
      isPatterned: false,
      plays: [{ first: 0, end: chords.length }],
    })),
  };
  const draft = new Draft(plan);
  const layout = layoutOf({ plan, given: [], temperature: 1, seed }, draft, new Random(seed));
  return { draft, layout, sourceOf: (part, bar) => layout.sourceOf(draft.parts[part]!.number, bar) };
}

const phrase = (...roots: readonly Tonic[]): readonly (readonly [Tonic])[] => roots.map((root) => [root]);
const eight = phrase('C', 'F', 'G', 'C', 'A', 'D', 'G', 'E');
const cadence = phrase('G', 'C');

describe('the layout of a song', () => {
  it('repeats the bars of a loop of eight bars in a band, however often it comes', () => {
    const { sourceOf } = scene([...eight, ...eight, ...eight, ...cadence]);
    for (let bar = 0; bar < 24; bar++) {
      expect(sourceOf(drums, bar)).toBe(bar < 8 ? undefined : bar % 8);
    }
    const elsewhere = scene([...eight, ...eight, ...cadence], { taught: 'pop' });
    expect(elsewhere.sourceOf(drums, 9)).toBeUndefined();
  });

  it('repeats a melody only where two bars have the chords of the loop', () => {
    const other = phrase('C', 'B', 'G', 'C', 'D', 'D', 'A', 'A');
    const all = [...eight, ...other, ...cadence];
    const pairs = [8, 10, 11, 13].map((bar) => {
      const found = [1, 2, 3, 4, 5].map((seed) => scene(all, { seed }).sourceOf(melody, bar));
      return found.some((source) => source !== undefined);
    });
    expect(pairs).toEqual([false, true, true, false]);
    expect(scene(all).sourceOf(piano, 8)).toBe(0);
    expect(scene(all).sourceOf(piano, 9)).toBeUndefined();
  });

  it('takes a chord with a seventh for the same chord, but not minor for major', () => {
    const { sourceOf } = scene([...eight, ['C', '7'], ['F', 'maj7'], ['G', 'min'], ['C', 'sus'], ...cadence]);
    expect([8, 9, 10, 11].map((bar) => sourceOf(piano, bar))).toEqual([0, 1, undefined, undefined]);
  });

  it('repeats only bars that are composed', () => {
    const sections = [0, 8, 12, 20].map((bar, i): PlannedSection => ({
      bar,
      letter: i % 2 === 0 ? 'A' : 'B',
      timesBefore: i >> 1,
    }));
    const all = [...eight, ...eight, ...eight, ...eight, ...cadence];
    let returning = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { layout, draft } = scene(all, { sections, seed });
      for (const { number } of draft.parts) {
        for (let bar = 0; bar < all.length; bar++) {
          const source = layout.sourceOf(number, bar);
          if (source === undefined) continue;
          returning += 1;
          expect(source).toBeLessThan(bar);
          expect(layout.isOpen(number, source)).toBe(true);
          expect(layout.isOpen(number, bar)).toBe(false);
        }
      }
    }
    expect(returning).toBeGreaterThan(1000);
  });
});
