import type { Controls } from '../model/model.js';
import type { Character, Characters, Grades } from '../model/characters-file.js';
import type { Library } from './material.js';
import { fewestExcerpts, measured, namedExcerpts } from './named-excerpts.js';

/** Number of excerpts of each composer and each era. */
const mostExcerpts = 100;
/** The tags of a character. */
const characterTags = ['tempo', 'density', 'loudness', 'dynamics', 'register', 'polyphony'];

/**
 * The characters of excerpts of each composer and era with enough music, chosen evenly from the sparsest to the
 * densest, so that each character is about as frequent as in all of that music.
 * @param folder of MAESTRO, whose table names the composers
 */
export async function typicalCharacters(
  { measure }: Pick<Controls, 'measure'>,
  eraOfComposer: Readonly<Record<string, string>>,
  library: Library,
  folder: string,
): Promise<Characters> {
  const all = new Map<string, Character[]>();
  for await (const { composer, excerpts } of namedExcerpts(library, folder)) {
    const era = eraOfComposer[composer];
    if (era === undefined) continue;
    for (const notes of excerpts) {
      const grades = characterTags.map((name) => [
        name,
        measure(notes, { name, value: 0, isGraded: true }).value,
      ]);
      const character = { measures: measured(notes), grades: Object.fromEntries(grades) as Grades };
      if (grades.some(([, grade]) => grade === undefined)) continue;
      for (const name of [composer, era]) {
        if (!all.has(name)) all.set(name, []);
        all.get(name)!.push(character);
      }
    }
  }
  const enough = [...all].filter(([, excerpts]) => excerpts.length >= fewestExcerpts);
  return new Map(enough.map(([name, characters]) => [name, evenly(characters)]));
}

function evenly(characters: readonly Character[]): readonly Character[] {
  const sorted = characters.toSorted((a, b) => a.measures.density - b.measures.density);
  const count = Math.min(mostExcerpts, sorted.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / count)]!);
}
