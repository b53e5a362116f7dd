import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors/user-error.js';

/**
 * The MIDI files below a folder, recursively, sorted by name.
 * @returns relative to the folder, with forward slashes
 * @throws UserError when there is no such folder.
 */
export async function midiFiles(folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(folder, { recursive: true, withFileTypes: true });
  } catch {
    throw new UserError('corpus.no-folder', { folder });
  }
  return entries
    .filter((entry) => entry.isFile() && /\.midi?$/i.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
