import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe } from 'vitest';

/** Data outside the project: in SHARED_DATA, or next to the project. */
const root = process.env['SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data');

/**
 * A test suite over such data; skipped with a message if they are missing.
 * @param path of the folder below the root
 * @param suite called with the folder, with a trailing slash
 */
export function describeWithData(path: string, name: string, suite: (folder: URL) => void): void {
  const folder = join(root, path);
  const title = `${name} (needs ${path})`;
  if (existsSync(folder)) describe(title, () => suite(pathToFileURL(`${folder}/`)));
  else {
    console.warn(`Skipped: ${title}. There is no ${folder}; SHARED_DATA names another place.`);
    describe.skip(title, () => suite(pathToFileURL(`${folder}/`)));
  }
}
