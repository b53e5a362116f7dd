import { access, readFile, writeFile } from 'node:fs/promises';
import { withSection } from '../model/lstm/training/model-card.js';
import { UserError } from '../errors/user-error.js';

/**
 * Called before a long computation, so that its result is not lost.
 * @throws UserError when there is no such file.
 */
export async function checkCard(path: string): Promise<void> {
  await access(path).catch(() => {
    throw new UserError('card.missing', { file: path });
  });
}

/** Puts a section into a model card, replacing the section with the same title. */
export async function updateCard(path: string, title: string, body: string): Promise<void> {
  await writeFile(path, withSection(await readFile(path, 'utf8'), title, body));
}
