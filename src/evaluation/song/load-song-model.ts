import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import { figuresFile } from '../../model/figures-file.js';
import { modelFile, weightsFile } from '../../model/model-files.js';
import { sha256 } from '../../model/model-manifest.js';
import { findModel } from '../../model/model-store.js';
import { decodeSong, type SongModel } from '../../model/song/weights.js';

/**
 * Loads a song network by name, for evaluation.
 * @throws UserError `model.unknown`, `model.damaged`
 */
export async function loadSongModel(
  folders: readonly string[],
  name: string,
): Promise<{ readonly id: string; readonly model: SongModel }> {
  const { path } = await findModel(folders, name);
  try {
    const [json, weights, knownFigures] = await Promise.all([
      readFile(join(path, modelFile), 'utf8'),
      readFile(join(path, weightsFile)),
      readFile(join(path, figuresFile)).catch(() => undefined),
    ]);
    const model = { ...decodeSong(json, weights), ...(knownFigures && { knownFigures }) };
    return { id: `${name}@${sha256(weights).slice(0, 8)}`, model };
  } catch (error) {
    throw new UserError('model.damaged', {
      name,
      reason: 'Its files do not hold a network of songs.',
      cause: error,
    });
  }
}
