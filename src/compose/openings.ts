import { readdir, readFile } from 'node:fs/promises';
import type { Opening } from '../request/request.js';
import { parseSeedMelody } from './seed-melody.js';
import { UserError } from '../errors/user-error.js';

const folder = new URL('../../assets/seeds/', import.meta.url);

/** The built-in openings by name, in the order of their names. */
export async function loadOpenings(): Promise<ReadonlyMap<string, Opening>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const openings = files.map(async (file) => {
    const json: unknown = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
    const name = file.slice(0, -'.json'.length);
    return [name, { ...parseSeedMelody(json), name }] as const;
  });
  return new Map(await Promise.all(openings));
}

/**
 * The opening of that name, or without a name the one that the random seed points to.
 * @param openings at least one
 * @throws UserError `options.opening`, listing the names
 */
export function chooseOpening(openings: ReadonlyMap<string, Opening>, seed: number, name?: string): Opening {
  if (name === undefined) return [...openings.values()][seed % openings.size]!;
  const opening = openings.get(name.trim().toLowerCase());
  if (opening === undefined) {
    throw new UserError('options.opening', {
      problem: 'choice',
      option: 'opening',
      choices: [...openings.keys()],
      given: name.trim(),
    });
  }
  return opening;
}
