import { access, readFile, writeFile } from 'node:fs/promises';
import { limitsSection } from '../i18n/en/model-card.js';
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

/**
 * Adds a section to a model card, replacing the one with the same title; otherwise before the limitations, or
 * at the end.
 * @param title of the `##` heading
 */
export function withSection(card: string, title: string, body: string): string {
  const section = `## ${title}\n\n${body.trim()}\n`;
  const parts = card.trimEnd().split(/^(?=## )/m);
  const isTitled = (part: string, wanted: string): boolean => part.split('\n')[0] === `## ${wanted}`;
  const same = parts.findIndex((part) => isTitled(part, title));
  const limits = parts.findIndex((part) => isTitled(part, limitsSection));
  if (same >= 0) parts[same] = section;
  else parts.splice(limits >= 0 ? limits : parts.length, 0, section);
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}
