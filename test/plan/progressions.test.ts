import { describe, expect, it } from 'vitest';
import { Random } from '../../src/model/random.js';
import { styleNamed } from '../../src/patterns/book.js';
import { parseStyleFile } from '../../src/patterns/style-file.js';
import { readForm } from '../../src/plan/form.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { barsOf, chordAt, sectionAt, type SongPlan } from '../../src/plan/song-plan.js';
import { styleNames } from '../../src/plan/styles.js';
import { tonics } from '../../src/music/theory/key.js';

const head = `
meter: 4/4
bpm: 90-120
major: 100
taught: pop
ensemble: pop-band
chords: pop
form: 4 0 0
`;

/** For each bar: semitones of its chord above the tonic. */
function degrees(plan: SongPlan): readonly number[] {
  return barsOf(plan).map(({ start }) => {
    const { root } = chordAt(plan, start);
    return (tonics.indexOf(root) - tonics.indexOf(plan.key.tonic) + 12) % 12;
  });
}

describe('the progressions of a style', () => {
  it('can belong to the sections of a letter, which have no other', () => {
    const style = parseStyleFile(
      'two',
      `${head}progression major: I | V\nprogression major B: IV | II\nprogression major B: vi | iii\n`,
    );
    for (let seed = 0; seed < 20; seed++) {
      const plan = makePlan({ style, form: readForm('A4B4C4B4A4') }, new Random(seed));
      const byLetter = new Map<string, Set<number>>();
      // The last bar is the tonic's.
      for (const [bar, degree] of degrees(plan).slice(0, -1).entries()) {
        const { letter } = sectionAt(plan, bar);
        byLetter.set(letter, (byLetter.get(letter) ?? new Set()).add(degree));
      }
      expect([...byLetter.get('A')!]).toEqual([0, 7]);
      expect([...byLetter.get('C')!]).toEqual([0, 7]);
      expect([
        [5, 2],
        [9, 4],
      ]).toContainEqual([...byLetter.get('B')!]);
    }
  });

  it('names a section that does not exist', () => {
    expect(() => parseStyleFile('odd', `${head}progression major E: I | V`)).toThrow(
      'odd, line 9: there is no section E',
    );
  });

  it('fill whole sections', () => {
    for (const name of styleNames) {
      const { form, progressions } = styleNamed(name);
      const all = [
        ...progressions({ tonic: 'C', scale: 'major' }),
        ...progressions({ tonic: 'C', scale: 'natural-minor' }),
      ];
      for (const { bars } of all) expect(form.section % bars.length, name).toBe(0);
    }
  });

  it('tell the songs of a style from each other', () => {
    for (const name of styleNames) {
      const style = styleNamed(name);
      const songs = Array.from({ length: 60 }, (_, seed) => degrees(makePlan({ style }, new Random(seed))));
      const isSame = songs.slice(1).flatMap((song, i) => {
        const before = songs[i]!;
        return song.slice(0, before.length).map((degree, bar) => degree === before[bar]);
      });
      expect(isSame.filter(Boolean).length / isSame.length, name).toBeLessThan(0.65);
    }
  });
});
