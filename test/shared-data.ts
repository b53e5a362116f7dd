import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe } from 'vitest';

/** Data that is not part of the project: in SHARED_DATA, or next to the project. */
const root = process.env['SHARED_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data');

/**
 * A suite over some of these data; where they are not there, it is skipped and says so.
 * @param path of the folder below the root
 * @param suite is given the folder, with a slash at its end
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
