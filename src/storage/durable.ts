import { mkdir, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

/** Suffix of incomplete files and folders. */
export const temporarySuffix = '.partial';

/** Writes a folder atomically: files synced, folder renamed into place. An existing folder is replaced. */
export async function writeFolder(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeSynced(join(temporary, name), bytes);
  await syncFolder(temporary);
  const replaced = `${path}.replaced`;
  await rm(replaced, { recursive: true, force: true });
  await rename(path, replaced).catch(ignoreMissing);
  await rename(temporary, path);
  await rm(replaced, { recursive: true, force: true });
  await syncFolder(dirname(path));
}

/**
 * Writes a file atomically: its name always refers to a complete file, old or new, even when several
 * processes write it. If it throws, the old one is unchanged.
 */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${writer}${temporarySuffix}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeSynced(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** With the host name: two containers that share a folder can have the same process IDs. */
const writer = `${hostname()}-${process.pid}`;

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Makes a rename within the folder durable. Not every platform can open a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
