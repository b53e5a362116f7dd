import { charactersFile, decodeCharacters } from '../characters-file.js';
import { figuresFile } from '../figures-file.js';
import { ModelFileError, type ModelFiles } from '../model-files.js';
import type { Model, ModelFacts, ReadModel } from '../model.js';
import { decodeMemory, memoryFile } from './memory.js';
import { tagSizes } from './tags.js';
import { decodeTransformer, type TransformerModel } from './weights.js';

export const read: ReadModel = async (facts, files) => {
  const knownFigures = await files.other(figuresFile);
  const [characters, memory] = [await files.other(charactersFile), await files.other(memoryFile)];
  return transformerOf(facts, {
    ...decoded(files, characters, memory),
    ...(knownFigures && { knownFigures }),
  });
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

function decoded(
  { json, weights }: ModelFiles,
  characters: Uint8Array | undefined,
  memory: Uint8Array | undefined,
): TransformerModel {
  try {
    const model = decodeTransformer(json, weights);
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    return {
      ...model,
      ...(characters && { characters: decodeCharacters(text(characters), tagSizes(model.vocabulary)) }),
      ...(memory && { memory: decodeMemory(text(memory)) }),
    };
  } catch (error) {
    throw new ModelFileError('Its files do not hold this network.', { cause: error });
  }
}
