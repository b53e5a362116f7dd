import { figuresFile } from '../figures-file.js';
import { ModelFileError, type ModelFiles } from '../model-files.js';
import type { Model, ModelFacts } from '../model.js';
import { decodeTransformer, type TransformerModel } from './weights.js';

/** @throws ModelFileError when the files are not this network's */
export async function readTransformer(facts: ModelFacts, files: ModelFiles): Promise<Model> {
  const knownFigures = await files.other(figuresFile);
  return transformerOf(facts, { ...decoded(files), ...(knownFigures && { knownFigures }) });
}

/** A model of the Transformer. What it composes with and is judged by is loaded when it is needed. */
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
