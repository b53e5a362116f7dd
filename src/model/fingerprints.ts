import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelFile, weightsFile } from './model-files.js';
import { sha256 } from './model-manifest.js';
import { findModel, foldersFor, type ModelFolders } from './model-store.js';
import { kindOf } from './registry.js';
import { networks } from '../request/networks.js';

/** Number of fingerprints to cache. */
const kept = 1000;

/** Checks whether a local model is identical to one of the same name on another machine. */
export class Fingerprints {
  readonly #folders: ModelFolders;
  /** By the model's folder. */
  readonly #known = new Map<string, { readonly stamp: string; readonly digest: string }>();

  constructor(folders: ModelFolders) {
    this.#folders = folders;
  }

  /**
   * SHA-256 of a model's files in hex digits; undefined if there is none of this name, or its files cannot be
   * read.
   * @param server whose own models take precedence
   */
  async of(name: string, server?: string): Promise<string | undefined> {
    const folders = foldersFor(this.#folders, server);
    try {
      const { path, stamp } = await findModel(folders, name);
      const known = this.#known.get(path);
      if (known?.stamp === stamp) return known.digest;
      const model = await readFile(join(path, modelFile));
      const hasNoWeights = networks[kindOf(model.toString('utf8'))].isWeightless === true;
      const weights = hasNoWeights ? [] : [await readFile(join(path, weightsFile))];
      const digest = sha256(Buffer.concat([model, ...weights]));
      if (this.#known.size >= kept) this.#known.clear();
      this.#known.set(path, { stamp, digest });
      return digest;
    } catch {
      return undefined;
    }
  }
}
