import { z } from 'zod';
import { areFiniteHalves, readHalves } from '../half-floats.js';
import type { KnownFigures } from '../rules/copies.js';
import type { Shape, Weights } from '../transformer/layers.js';
import {
  fieldSizes,
  tagRows,
  tagSizes,
  toldRows,
  toldSizes,
  vocabularyJson,
  type SongVocabulary,
} from './vocabulary.js';

/** Frequencies of RoPE for the pairs of a head, in radians per unit. */
export interface SongClocks {
  /** For the position's index in the sequence. */
  readonly number: readonly number[];
  /** For its onset, in positions of the grid. */
  readonly onset: readonly number[];
  /** For its pitch. */
  readonly pitch: readonly number[];
  /** The start mark's value on the pitch clock. */
  readonly startPitch: number;
}

/** A model without its weights. */
export interface SongFacts {
  readonly shape: Shape;
  readonly clocks: SongClocks;
  readonly vocabulary: SongVocabulary;
  /** Average loss per note of real music, in nats, without velocities. */
  readonly typicalNats: number;
  /** Figures of each part of its training music, if known, to avoid long copies. */
  readonly knownFigures?: KnownFigures;
}

/** A trained model, ready to run. */
export interface SongModel extends SongFacts {
  readonly weights: Weights;
}

const numbers = z.array(z.number());
const count = z.number().int().positive();
/** A schema for an object with exactly these sizes. */
const sizes = (of: Readonly<Record<string, number>>): z.ZodType =>
  z.strictObject(Object.fromEntries(Object.entries(of).map(([name, size]) => [name, z.literal(size)])));
const modelJson = z.object({
  shape: z.object({ width: count, layers: count, heads: count, mlp: count, chain: count, context: count }),
  fields: sizes(fieldSizes),
  plan: sizes(toldSizes),
  tags: sizes(tagSizes),
  clocks: z.object({ number: numbers, onset: numbers, pitch: numbers, startPitch: z.number() }),
  durations: numbers.length(fieldSizes.duration),
  tensors: z.array(z.tuple([z.string(), z.array(count)])),
  vocabulary: vocabularyJson,
  typicalNats: z.number(),
});

/**
 * Reads a model written by `training/song/export.py`. Its weights stay in float16, which takes half the
 * memory, until each is needed.
 * @param json text of `model.json`
 * @param bytes of `weights.bin`: the tensors in the order of `model.json`, in float16, little-endian
 * @throws Error when the text is not such a model, a tensor is missing or has another size, or a value is
 *   not finite
 */
export function decodeSong(json: string, bytes: Uint8Array): SongModel {
  const { shape, clocks, durations, tensors, vocabulary, typicalNats } = modelJson.parse(JSON.parse(json));
  const kept = new Map<string, Uint8Array>();
  let end = 0;
  for (const [name, dimensions] of tensors) {
    const size = dimensions.reduce((product, each) => product * each, 1);
    kept.set(name, bytes.subarray(end, end + 2 * size));
    end += 2 * size;
  }
  if (bytes.length !== end) throw new Error(`The weights are ${bytes.length} bytes, not ${end}.`);
  for (const [name, size] of tensorsOf(shape)) {
    const tensor = kept.get(name);
    if (tensor?.length !== 2 * size) throw new Error(`Tensor ${name} does not have ${size} values.`);
    if (!areFiniteHalves(tensor)) throw new Error(`Tensor ${name} holds values that are not finite.`);
  }
  const weights: Weights = { read: (name, to) => readHalves(kept.get(name)!, to) };
  const { velocitiesPerBin, tempoLimits, densityLimits, polyphonyLimits } = vocabulary;
  return {
    shape,
    clocks,
    vocabulary: { durations, velocitiesPerBin, tempoLimits, densityLimits, polyphonyLimits },
    typicalNats,
    weights,
  };
}

/** Name and number of values of each tensor, in the order of the training code. */
export function tensorsOf(shape: Shape): readonly (readonly [name: string, values: number])[] {
  const { width, layers, heads, mlp, chain } = shape;
  const fieldList = Object.entries(fieldSizes);
  return [
    ['above_tonic', 13 * width],
    ['above_root', 13 * width],
    ['kind', 3 * width],
    ['plan', toldRows * width],
    ['next_plan', toldRows * width],
    ['tags', tagRows * width],
    ['last_tags', tagRows * width],
    ['tonic_logits', 12 * width],
    ['root_logits', 12 * width],
    // The input has one more velocity than the output: unknown.
    ...fieldList.map(
      ([name, size], i) => [`fields.${i}`, (size + (name === 'velocity' ? 1 : 0)) * width] as const,
    ),
    ...Array.from({ length: layers }, (_, i) =>
      Object.entries({
        query: width * width,
        key: width * width,
        value: width * width,
        out: width * width,
        gain: heads,
        up: mlp * width,
        down: width * mlp,
      }).map(([name, values]) => [`layers.${i}.${name}`, values] as const),
    ).flat(),
    ...fieldList.flatMap(([, size], i) =>
      Object.entries({
        up: chain * width,
        down: width * chain,
        logits: size * width,
        embedding: size * width,
      }).map(([name, values]) => [`chain.${i}.${name}`, values] as const),
    ),
  ];
}
