import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typicalCharacters } from '../../src/evaluation/typical-characters.js';
import { tagsOfNotes } from '../../src/model/transformer/tags.js';
import { toTicks } from '../../src/model/transformer/tokens.js';
import { toSequence } from '../../src/model/sequence.js';
import type { Note } from '../../src/music/note.js';
import { vocabulary } from '../model/transformer/fixtures.js';

/** A piece of 40 excerpts, each faster than the one before: from 4 to 20 notes per second. */
const piece: Note[] = [];
for (let excerpt = 0; excerpt < 40; excerpt++) {
  for (let i = 0; i < 512; i++) {
    const onsetSeconds = (piece.at(-1)?.onsetSeconds ?? 0) + 1 / (4 + 0.4 * excerpt);
    piece.push({ pitch: 60 + (i % 12), onsetSeconds, durationSeconds: 0.2, velocity: 64 });
  }
}
const pieces = new Map([
  ['a.midi', piece],
  ['b.midi', piece.slice(0, 20 * 512)],
  ['c.midi', piece],
]);
const library = {
  corpus: {
    training: [...pieces].map(([name, notes]) => ({ name, sequence: toSequence(notes) })),
    validation: [],
  },
  performance: ({ name }: { readonly name: string }) => Promise.resolve(pieces.get(name)!),
};
const eras = { 'Johann Sebastian Bach': 'baroque', 'Domenico Scarlatti': 'baroque' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maestro-'));
  const rows = [
    'Johann Sebastian Bach,Title,train,2004,a.midi,a.wav,1',
    'Domenico Scarlatti,Title,train,2004,b.midi,b.wav,1',
    'Unknown,Title,train,2004,c.midi,c.wav,1',
  ];
  const head = 'canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration';
  await writeFile(join(folder, 'maestro-v2.0.0.csv'), `${[head, ...rows].join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the typical characters of composers and eras', () => {
  it('are of those with enough music, from the sparsest to the densest', async () => {
    const characters = await typicalCharacters(
      {
        measure: (notes, { name }) => ({
          value: tagsOfNotes(toTicks(notes, vocabulary), vocabulary)[name],
          amount: undefined,
        }),
      },
      eras,
      library,
      folder,
    );
    expect([...characters.keys()]).toEqual(['Johann Sebastian Bach', 'baroque']);
    const bach = characters.get('Johann Sebastian Bach')!;
    expect(bach).toHaveLength(40);
    expect(Object.keys(bach[0]!.grades)).toEqual([
      'tempo',
      'density',
      'loudness',
      'dynamics',
      'register',
      'polyphony',
    ]);
    const densities = bach.map(({ grades }) => grades['density']);
    expect(densities).toEqual(densities.toSorted());
    const gradeOf = (excerpt: number): number | undefined =>
      tagsOfNotes(toTicks(piece.slice(512 * excerpt, 512 * excerpt + 256), vocabulary), vocabulary)[
        'density'
      ];
    expect([densities[0], densities.at(-1)]).toEqual([gradeOf(0), gradeOf(39)]);
    for (const [excerpt, { measures }] of bach.entries()) {
      const rate = 4 + 0.4 * excerpt;
      expect(measures.density).toBeCloseTo((rate * 256) / 255, 6);
      expect(measures.polyphony).toBeCloseTo(0.2 * measures.density, 6);
      expect(measures.loudness).toBe(64);
    }
    // Of 60 excerpts, as many as are kept, from the sparsest to the densest.
    const baroque = characters.get('baroque')!.map(({ measures }) => measures.density);
    expect(baroque).toHaveLength(60);
    expect(baroque).toEqual(baroque.toSorted((a, b) => a - b));
  });
});
