import { UserError } from '../../errors/user-error.js';
import { figuresFile } from '../figures-file.js';
import { ModelFileError, type ModelFiles } from '../model-files.js';
import type { Model, ModelFacts, ReadModel } from '../model.js';
import { decodeSong, type SongModel } from './weights.js';

export const read: ReadModel = async (facts, files) => {
  const knownFigures = await files.other(figuresFile);
  return songModelOf(facts, { ...decoded(files), ...(knownFigures && { knownFigures }) });
};

/** A model of the song network. The code to compose is loaded on demand. */
export function songModelOf(facts: ModelFacts, network: SongModel): Model {
  const [name = ''] = facts.id.split('@');
  return {
    ...facts,
    async composer(capacity, settings) {
      const { SongRequests } = await import('./requests.js');
      return new SongRequests(network, capacity, settings);
    },
    evaluation: () => Promise.reject(new UserError('evaluation.songs', { name })),
  };
}

function decoded({ json, weights }: ModelFiles): SongModel {
  try {
    return decodeSong(json, weights);
  } catch (error) {
    throw new ModelFileError('Its files do not hold this network.', { cause: error });
  }
}
