import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { terminal } from '../i18n/en/terminal.js';
import { UserError } from '../errors/user-error.js';
import { writeFolder } from '../storage/durable.js';
import { complain } from './terminal.js';

/**
 * Creates a folder for results. Called first, so that a folder that cannot be written to fails at once.
 * @throws UserError when it cannot be written to
 */
export async function openFolder(folder: string): Promise<void> {
  try {
    await make(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UserError('folder.unusable', { folder, reason: reasonOf(error) });
  }
}

/**
 * Creates one level at a time: with `recursive`, Node never returns where nothing can be created, such as in
 * /proc.
 */
async function make(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory() === false) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  if (found !== undefined) return;
  await make(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/**
 * Writes files into an open folder, and reports which of them were overwritten.
 * @throws UserError when one cannot be written
 */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const names = Object.keys(files);
  const replaced = await existing(folder, names);
  try {
    await Promise.all(names.map((name) => writeFile(join(folder, name), files[name]!)));
  } catch (error) {
    throw new UserError('folder.unusable', { folder, reason: reasonOf(error) });
  }
  if (replaced.length > 0) complain(terminal.replaced(replaced, folder));
}

/** Writes a whole folder, such as a model, and reports if it replaced one. */
export async function replaceFolder(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const replaced = await existing(folder, Object.keys(files));
  await writeFolder(folder, files);
  if (replaced.length > 0) complain(terminal.replaced(replaced, folder));
}

async function existing(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    names.map((name) =>
      access(join(folder, name)).then(
        () => [name],
        () => [],
      ),
    ),
  );
  return found.flat();
}

function reasonOf(error: unknown): string {
  const { reasons } = terminal;
  switch (codeOf(error)) {
    case 'ENOTDIR':
      return reasons.file;
    case 'EISDIR':
      return reasons.folder;
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return reasons.readOnly;
    case 'ENOSPC':
    case 'EDQUOT':
      return reasons.full;
    default:
      return reasons.impossible;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
