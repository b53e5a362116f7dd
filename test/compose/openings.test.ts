import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../src/music/note.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import { hasMajorThird, scalePitchClasses } from '../../src/music/theory/scale.js';
import type { Opening } from '../../src/request/request.js';
import type { Wishes } from '../../src/request/settings.js';
import { quantise } from '../../src/music/edit/quantise.js';
import { beginningFor, chooseOpening, fittingOpenings, loadOpenings } from '../../src/compose/openings.js';

const openings = await loadOpenings();

const before = [
  ...['bach-cello-suite', 'bach-prelude', 'beethoven-elise', 'beethoven-moonlight', 'chopin-prelude'],
  ...['mozart-andante', 'mozart-sonata-facile', 'petzold-minuet', 'satie-gymnopedie', 'schumann-traumerei'],
];
const triplets = ['beethoven-moonlight'];
/** Openings with both triplets and straight notes. */
const mixed = ['beethoven-sonata-1', 'bizet-habanera', 'schubert-serenade'];

const digest = (notes: readonly Note[]): string =>
  createHash('sha256').update(JSON.stringify(notes)).digest('hex').slice(0, 16);

describe('the built-in openings', () => {
  it('exist, the current ones and earlier ones', () => {
    expect(openings.size).toBeGreaterThanOrEqual(30);
    // These must keep their notes, so that existing pieces can be composed again.
    const notes = Object.fromEntries(before.map((name) => [name, digest(openings.get(name)!.notes)]));
    expect(notes).toMatchInlineSnapshot(`
      {
        "bach-cello-suite": "80e982d555e4c9bc",
        "bach-prelude": "7ee8299eb551d5b8",
        "beethoven-elise": "cb798426a96a43ea",
        "beethoven-moonlight": "8217263017f6ef77",
        "chopin-prelude": "9c9af81ec3a83af2",
        "mozart-andante": "6e9433cbb41e3859",
        "mozart-sonata-facile": "923691ecc54d060d",
        "petzold-minuet": "40845d706c808f78",
        "satie-gymnopedie": "927fff8cdcc28348",
        "schumann-traumerei": "40155fa7716dabe0",
      }
    `);
  });

  it.each([...openings])('%s is music that can be played and put on a grid', (name, opening) => {
    const { notes, tempoBpm, key } = opening;
    expect(notes.length).toBeGreaterThanOrEqual(25);
    expect(notes[0]?.onsetSeconds).toBe(0);
    if (before.includes(name)) expect(tempoBpm).toBe(120);

    // Written without overlaps: a repeated note ends where it is struck again (up to 0.1 ms,
    // because thirds of a beat are written with four decimals).
    separateRepeats(notes).forEach((separated, i) => {
      expect(separated.durationSeconds).toBeCloseTo(notes[i]!.durationSeconds, 4);
    });

    const grid = triplets.includes(name) ? 'triplet' : 'straight';
    if (mixed.includes(name)) return;
    quantise(notes, grid, tempoBpm).forEach((quantised, i) => {
      expect(quantised.onsetSeconds).toBeCloseTo(notes[i]!.onsetSeconds, 4);
    });

    if (name === 'rimsky-bumblebee') return; // chromatic
    const inScale = scalePitchClasses(key!);
    const inside = notes.filter((note) => inScale[note.pitch % 12]).length;
    expect(inside / notes.length).toBeGreaterThan(0.85);
  });
});

describe('chooseOpening', () => {
  it('finds an opening by name, in any case', () => {
    expect(chooseOpening(openings, 0, ' Bach-Prelude ')).toBe(openings.get('bach-prelude'));
  });

  it('chooses by the seed without a name, and every opening has its seeds', () => {
    const chosen = Array.from({ length: openings.size }, (_, seed) => chooseOpening(openings, seed));
    expect(new Set(chosen)).toEqual(new Set(openings.values()));
    expect(chooseOpening(openings, 2 ** 32 - 1)).toBeDefined();
  });

  it.each([
    ['beethoven-elise', 'beethoven-elise'],
    ['Beethoven-Elise', 'beethoven-elise'],
    ['fur-elise', 'beethoven-elise'],
    ['Für Elise', 'beethoven-elise'],
    ['L. van Beethoven, Für Elise', 'beethoven-elise'],
    ['traumerei', 'schumann-traumerei'],
    ['GYMNOPÉDIE', 'satie-gymnopedie'],
  ])('is found as people write it: %s', (written, name) => {
    expect(chooseOpening(openings, 0, written)).toBe(openings.get(name));
  });

  it('lists the possible matches', () => {
    const choices = [...openings.keys()].filter((name) => name.startsWith('chopin-'));
    expect(() => chooseOpening(openings, 0, 'Chopin')).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ choices }) as object }),
    );
  });

  it('lists the names for an unknown one', () => {
    expect(() => chooseOpening(openings, 0, 'wagner')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'options.opening',
        details: expect.objectContaining({ choices: [...openings.keys()], given: 'wagner' }) as object,
      }),
    );
  });
});

describe('an opening for a wish', () => {
  const begin = (wishes: Wishes, seed: number, hearsPerformances = true): Opening =>
    beginningFor(openings, { ...wishes, seed, quantise: 'none' }, hearsPerformances);
  const seeds = Array.from({ length: 12 }, (_, seed) => seed);
  const pace = ({ notes }: Opening): number => 25 / notes[24]!.onsetSeconds;
  const loudness = ({ notes }: Opening): number =>
    notes.reduce((sum, { velocity }) => sum + velocity, 0) / notes.length;

  it('matches its mode, composer and era', () => {
    for (const seed of seeds) {
      expect(hasMajorThird(begin({ mood: ['sad'] }, seed).key!)).toBe(false);
      expect(begin({ composer: 'mozart' }, seed).name).toMatch(/^mozart/);
      expect(begin({ era: 'baroque' }, seed).name).toMatch(/^(bach|petzold|pachelbel)/);
    }
    expect(fittingOpenings(openings, { composer: 'liszt' }).size).toBe(openings.size);
  });

  it('matches the requested speed and loudness', () => {
    const [angry, calm] = [
      seeds.map((seed) => begin({ mood: ['angry'] }, seed)),
      seeds.map((seed) => begin({ mood: ['calm'] }, seed)),
    ];
    expect(Math.min(...angry.map(pace))).toBeGreaterThan(Math.max(...calm.map(pace)));
    for (const opening of angry) expect(loudness(opening)).toBeGreaterThan(75);
    for (const opening of calm) expect(loudness(opening)).toBeLessThan(55);
  });

  it('is performed expressively for networks trained on performances, unless there is a grid', () => {
    const score = chooseOpening(openings, 3);
    expect(begin({}, 3, false)).toBe(score);
    expect(beginningFor(openings, { seed: 3, quantise: 'straight' }, true)).toBe(score);
    expect(begin({}, 3).notes).not.toEqual(score.notes);
  });
});
