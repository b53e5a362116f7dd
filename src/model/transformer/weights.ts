import { z } from 'zod';
import type { Characters } from '../characters-file.js';
import { areFiniteHalves, readHalves } from '../half-floats.js';
import type { KnownFigures } from '../rules/copies.js';
import { toldRows } from './countdown.js';
import type { Shape, Weights } from './layers.js';
import type { MemorySettings } from './memory.js';
import { tagSizes } from './tags.js';
import { fieldSizes, type Vocabulary } from './vocabulary.js';

/** A trained model, ready to run. */
export interface TransformerModel extends TransformerFacts {
  readonly weights: Weights;
}

/** A model without its weights. */
export interface TransformerFacts {
  readonly shape: Shape;
  readonly vocabulary: Vocabulary;
  /** Average loss per note of real music, in nats, without the widths of bins. */
  readonly typicalNats: number;
  /** Figures of its training music, if known, to avoid long copies. */
  readonly knownFigures?: KnownFigures;
  /** How it recalls what a piece has played; without, it only knows its context. */
  readonly memory?: MemorySettings;
  /** Typical music of each composer and era, if known. */
  readonly characters?: Characters;
}

const strings = z.array(z.string());
const numbers = z.array(z.number());
const count = z.number().int().positive();
const modelJson = z.object({
  shape: z.object({ width: count, layers: count, heads: count, mlp: count, chain: count, context: count }),
  typicalNats: z.number(),
  vocabulary: z.object({
    ticksPerSecond: count,
    classes: strings,
    velocitiesPerBin: count,
    dtEdges: numbers,
    durationEdges: numbers,
    clearKeyMargin: z.number(),
    tags: z.record(z.string(), strings),
    eraOfComposer: z.record(z.string(), z.string()),
    gradedTags: z.record(z.string(), numbers),
    sources: strings.exactOptional(),
    countdownEdges: numbers.exactOptional(),
    gapEdges: numbers.exactOptional(),
  }),
});

/**
 * Reads a model written by `training/export.py`. Its weights stay in float16, which takes half the memory,
 * until each is needed.
 * @param json text of `model.json`
 * @param bytes of `weights.bin`: the tensors of {@link tensorsOf}, in float16, little-endian
 * @throws Error when the text is not such a model, the number of bytes is wrong, or a value is not finite
 */
export function decodeTransformer(json: string, bytes: Uint8Array): TransformerModel {
  const { shape, vocabulary, typicalNats } = modelJson.parse(JSON.parse(json));
  let end = 0;
  const tensors = new Map<string, Uint8Array>();
  for (const [name, size] of tensorsOf(shape, vocabulary)) {
    tensors.set(name, bytes.subarray(end, end + 2 * size));
    end += 2 * size;
  }
  if (bytes.length !== end) throw new Error(`The weights are ${bytes.length} bytes, not ${end}.`);
  for (const [name, tensor] of tensors) {
    if (!areFiniteHalves(tensor)) throw new Error(`Tensor ${name} holds values that are not finite.`);
  }
  const weights: Weights = {
    read: (name, to) => readHalves(tensors.get(name)!, to),
  };
  return { shape, vocabulary, weights, typicalNats };
}

/** Name and number of values of each tensor, in file order. */
export function* tensorsOf(
  { width, layers, heads, mlp, chain }: Shape,
  vocabulary: Vocabulary,
): Generator<readonly [name: string, values: number]> {
  let tags = 0;
  for (const size of tagSizes(vocabulary).values()) tags += size;
  yield ['tags', tags * width];
  yield ['last_tags', tags * width];
  const sizes = fieldSizes(vocabulary);
  for (const [i, size] of sizes.entries()) {
    // The input has one more class than the output: the start of a piece.
    yield [`fields.${i}`, (size + (i === 0 ? 1 : 0)) * width];
  }
  for (let i = 0; i < layers; i++) {
    for (const matrix of ['query', 'key', 'value', 'out']) yield [`layers.${i}.${matrix}`, width * width];
    yield [`layers.${i}.gain`, heads];
    yield [`layers.${i}.up`, mlp * width];
    yield [`layers.${i}.down`, width * mlp];
  }
  for (const [i, size] of sizes.entries()) {
    yield [`chain.${i}.up`, chain * width];
    yield [`chain.${i}.down`, width * chain];
    yield [`chain.${i}.logits`, size * width];
    yield [`chain.${i}.embedding`, size * width];
  }
  const rows = toldRows(vocabulary);
  if (rows === 0) return;
  yield ['told.input', rows * width];
  yield ['told.last', rows * width];
}
