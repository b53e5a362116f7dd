import { figuresFile } from '../figures-file.js';
import { ModelFileError, type ModelFiles } from '../model-files.js';
import type { Model, ModelFacts, ReadModel } from '../model.js';
import { decodeTransformer, type TransformerModel } from './weights.js';

export const read: ReadModel = async (facts, files) => {
  const knownFigures = await files.other(figuresFile);
  return transformerOf(facts, { ...decoded(files), ...(knownFigures && { knownFigures }) });
};

/** A Transformer model. The code to compose and to evaluate is loaded on demand. */
export function transformerOf(facts: ModelFacts, network: TransformerModel): Model {
  return {
    ...facts,
    async composer(capacity, settings) {
      const { TransformerComposer } = await import('./composer.js');
      const { defaultTransformerSettings } = await import('./sampling.js');
      return new TransformerComposer(network, capacity, { ...defaultTransformerSettings, ...settings });
    },
    async evaluation() {
      const { evaluationOf } = await import('./evaluation.js');
      return evaluationOf(network);
    },
  };
}

function decoded({ json, weights }: ModelFiles): TransformerModel {
  try {
    return decodeTransformer(json, weights);
  } catch (error) {
    throw new ModelFileError('Its files do not hold this network.', { cause: error });
  }
}
