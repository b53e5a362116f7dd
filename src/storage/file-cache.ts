import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a parsed file is cached. */
export interface CachedForm<T> {
  /** File extension of the cached form; change it whenever the form changes. */
  readonly extension: string;
  readonly parse: (bytes: Uint8Array) => T;
  readonly pack: (value: T) => Uint8Array;
  /** @throws when the bytes were not written by `pack`. */
  readonly unpack: (bytes: Uint8Array) => T;
}

/**
 * Reads a file through a folder of cached forms; parses it again if the name, size or modification time
 * differs.
 * @param folder undefined for no cache
 */
export async function readCached<T>(
  path: string,
  folder: string | undefined,
  { extension, parse, pack, unpack }: CachedForm<T>,
): Promise<T> {
  if (folder === undefined) return parse(await readFile(path));
  const { size, mtimeMs } = await stat(path);
  const key = createHash('sha256').update(`${path}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 32);
  const cached = join(folder, `${key}.${extension}`);
  try {
    return unpack(await readFile(cached));
  } catch {
    const value = parse(await readFile(path));
    await mkdir(folder, { recursive: true });
    const temporary = `${cached}.${process.pid}`;
    await writeFile(temporary, pack(value));
    await rename(temporary, cached);
    return value;
  }
}
