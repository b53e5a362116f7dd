import { z } from 'zod';

/** The file with the characters of real music, next to a network's weights. */
export const charactersFile = 'characters.json';

/** The grades of an excerpt of music, by tag. */
export type Grades = Readonly<Record<string, number>>;

/** Measures of music. */
export interface Measures {
  /** Notes per second. */
  readonly density: number;
  /** Mean number of simultaneous notes. */
  readonly polyphony: number;
  /** Mean velocity. */
  readonly loudness: number;
}

export const measureNames = [
  'density',
  'polyphony',
  'loudness',
] as const satisfies readonly (keyof Measures)[];

/** What an excerpt of music is like. */
export interface Character {
  readonly grades: Grades;
  readonly measures: Measures;
}

/** For composers, by full name, and eras: the characters of excerpts of their music. */
export type Characters = ReadonlyMap<string, readonly Character[]>;

const charactersJson = z.object({
  tags: z.array(z.string()),
  /** For each excerpt: a digit for each tag, and its measures. */
  excerpts: z.record(
    z.string(),
    z
      .array(
        z.tuple([
          z.string().regex(/^\d+$/),
          z.number().positive(),
          z.number().positive(),
          z.number().positive(),
        ]),
      )
      .nonempty(),
  ),
});

/**
 * @param sizes number of grades of each tag
 * @throws Error when the text is not such a file, or has other tags or grades
 */
export function decodeCharacters(json: string, sizes: ReadonlyMap<string, number>): Characters {
  const { tags, excerpts } = charactersJson.parse(JSON.parse(json));
  const gradesOf = (digits: string): Grades => {
    const grades = digits.split('').map(Number);
    const isKnown = grades.every((grade, i) => grade < (sizes.get(tags[i] ?? '') ?? 0));
    if (grades.length !== tags.length || !isKnown)
      throw new Error(`${digits} does not grade ${tags.join()}.`);
    return Object.fromEntries(tags.map((tag, i) => [tag, grades[i]!]));
  };
  return new Map(
    Object.entries(excerpts).map(([name, all]) => [
      name,
      all.map(([digits, density, polyphony, loudness]) => ({
        grades: gradesOf(digits),
        measures: { density, polyphony, loudness },
      })),
    ]),
  );
}

/** @param characters all with the same tags, each with at most ten grades; measures keep two decimals */
export function encodeCharacters(characters: Characters): string {
  const tags = Object.keys([...characters.values()][0]?.[0]?.grades ?? {});
  const lines = [...characters].map(([name, all]) => {
    const excerpts = all.map(({ grades, measures }) =>
      JSON.stringify([
        tags.map((tag) => grades[tag]).join(''),
        ...measureNames.map((measure) => Number(measures[measure].toFixed(2))),
      ]),
    );
    return `  ${JSON.stringify(name)}: [\n   ${excerpts.join(',\n   ')}\n  ]`;
  });
  return `{\n "tags": ${JSON.stringify(tags)},\n "excerpts": {\n${lines.join(',\n')}\n }\n}\n`;
}
