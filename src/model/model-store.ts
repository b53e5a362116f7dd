import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../music/user-error.js';
import type { Parameters } from './architecture.js';
import { decodeLayersModel, modelFile, ModelFileError, weightsFile } from './layers-model.js';

/** The models that come with the project. */
export const shippedModels = fileURLToPath(new URL('../../assets/models/', import.meta.url));

export interface StoredModel {
  readonly parameters: Parameters;
  /** Name and the first eight hex digits of the weights' SHA-256: `lstm@1a2b3c4d`. */
  readonly id: string;
}

/** Names of the models in these folders. */
export async function listModels(folders: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory()) names.add(entry.name);
    }
  }
  return [...names].sort();
}

/**
 * Loads a model by name from the first folder that has it.
 * @param name a plain file name, as `listModels` gives it
 * @throws UserError `model.unknown`; ModelFileError when its files are damaged
 */
export async function loadModel(folders: readonly string[], name: string): Promise<StoredModel> {
  for (const folder of folders) {
    const path = join(folder, name);
    const model = await readFile(join(path, modelFile), 'utf8').catch(() => undefined);
    if (model === undefined) continue;
    const weights = await readFile(join(path, weightsFile)).catch(() => undefined);
    if (weights === undefined) throw new ModelFileError(`The model ${name} has no ${weightsFile}.`);
    const digest = createHash('sha256').update(weights).digest('hex').slice(0, 8);
    return { parameters: decodeLayersModel({ model, weights }).parameters, id: `${name}@${digest}` };
  }
  const names = await listModels(folders);
  throw new UserError(
    'model.unknown',
    `There is no model “${name}”; the models here are ${names.join(', ') || 'none'}.`,
  );
}
