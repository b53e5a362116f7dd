import type { Controls } from '../model/model.js';
import type { Characters, Grades } from '../model/characters-file.js';
import type { Library } from './material.js';
import { fewestExcerpts, measured, measureNames, namedExcerpts, type Measures } from './named-excerpts.js';
import { quantile } from './statistics.js';

/** Quantiles between which an excerpt is typical, in each measure. */
const typical = [0.1, 0.9] as const;
/** Number of excerpts of each composer and each era. */
const mostExcerpts = 32;
/** The tags of a character. */
const characterTags = ['tempo', 'density', 'loudness', 'dynamics', 'register', 'polyphony'];

interface Excerpt {
  readonly measures: Measures;
  readonly grades: Grades;
}

/**
 * The grades of typical excerpts of each composer and era with enough music: neither among the sparsest nor
 * the densest, and so on. They are chosen evenly from the sparsest to the densest, so that their grades are
 * about as frequent as in all of that music.
 * @param folder of MAESTRO, whose table names the composers
 */
export async function typicalCharacters(
  { measure }: Pick<Controls, 'measure'>,
  eraOfComposer: Readonly<Record<string, string>>,
  library: Library,
  folder: string,
): Promise<Characters> {
  const all = new Map<string, Excerpt[]>();
  for await (const { composer, excerpts } of namedExcerpts(library, folder)) {
    const era = eraOfComposer[composer];
    if (era === undefined) continue;
    for (const notes of excerpts) {
      const grades = characterTags.map((name) => [
        name,
        measure(notes, { name, value: 0, isGraded: true }).value,
      ]);
      const excerpt = { measures: measured(notes), grades: Object.fromEntries(grades) as Grades };
      if (grades.some(([, grade]) => grade === undefined)) continue;
      for (const name of [composer, era]) {
        if (!all.has(name)) all.set(name, []);
        all.get(name)!.push(excerpt);
      }
    }
  }
  const enough = [...all].filter(([, excerpts]) => excerpts.length >= fewestExcerpts);
  return new Map(enough.map(([name, excerpts]) => [name, typicalOf(excerpts)]));
}

function typicalOf(excerpts: readonly Excerpt[]): readonly Grades[] {
  const bands = measureNames.map((name) => {
    const values = excerpts.map(({ measures }) => measures[name]);
    return { name, low: quantile(values, typical[0]), high: quantile(values, typical[1]) };
  });
  const inside = excerpts
    .filter(({ measures }) =>
      bands.every(({ name, low, high }) => measures[name] >= low && measures[name] <= high),
    )
    .toSorted((a, b) => a.measures.density - b.measures.density);
  const count = Math.min(mostExcerpts, inside.length);
  return Array.from(
    { length: count },
    (_, i) => inside[Math.floor(((i + 0.5) * inside.length) / count)]!.grades,
  );
}
