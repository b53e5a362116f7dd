import { z } from 'zod';

/** The file with the characters of real music, next to a network's weights. */
export const charactersFile = 'characters.json';

/** The grades of an excerpt of music, by tag. */
export type Grades = Readonly<Record<string, number>>;

/** For composers, by full name, and eras: the grades of typical excerpts of their music. */
export type Characters = ReadonlyMap<string, readonly Grades[]>;

const charactersJson = z.object({
  tags: z.array(z.string()),
  /** A digit for each tag. */
  excerpts: z.record(z.string(), z.array(z.string().regex(/^\d+$/)).nonempty()),
});

/**
 * @param sizes number of grades of each tag
 * @throws Error when the text is not such a file, or has other tags or grades
 */
export function decodeCharacters(json: string, sizes: ReadonlyMap<string, number>): Characters {
  const { tags, excerpts } = charactersJson.parse(JSON.parse(json));
  const decode = (digits: string): Grades => {
    const grades = digits.split('').map(Number);
    const isKnown = grades.every((grade, i) => grade < (sizes.get(tags[i] ?? '') ?? 0));
    if (grades.length !== tags.length || !isKnown)
      throw new Error(`${digits} does not grade ${tags.join()}.`);
    return Object.fromEntries(tags.map((tag, i) => [tag, grades[i]!]));
  };
  return new Map(Object.entries(excerpts).map(([name, all]) => [name, all.map(decode)]));
}

/** @param characters all with the same tags, each with at most ten grades */
export function encodeCharacters(characters: Characters): string {
  const tags = Object.keys([...characters.values()][0]?.[0] ?? {});
  const excerpts = [...characters].map(([name, all]): [string, string[]] => [
    name,
    all.map((grades) => tags.map((tag) => grades[tag]).join('')),
  ]);
  return `${JSON.stringify({ tags, excerpts: Object.fromEntries(excerpts) }, undefined, 1)}\n`;
}
