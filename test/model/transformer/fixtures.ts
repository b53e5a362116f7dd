import { readFileSync } from 'node:fs';
import type { NoteTuple, TickNote } from '../../../src/model/transformer/tokens.js';
import type { Vocabulary } from '../../../src/model/transformer/vocabulary.js';
import { tensorsOf, type TransformerModel } from '../../../src/model/transformer/weights.js';
import type { Shape, Weights } from '../../../src/model/transformer/layers.js';

export const vocabulary = JSON.parse(
  readFileSync(new URL('../../../training/vocabulary.json', import.meta.url).pathname, 'utf8'),
) as Vocabulary;

/** Computed by `training/export.py --fixture`. */
export const expected = JSON.parse(
  readFileSync(new URL('fixture.json', import.meta.url).pathname, 'utf8'),
) as {
  readonly notes: readonly TickNote[];
  readonly tags: Readonly<Record<string, number>>;
  readonly tuples: readonly NoteTuple[];
  /** For the note after all of these, if its fields are those of the first note. */
  readonly logits: Readonly<Record<string, readonly number[]>>;
  /** By field and note, without tags. */
  readonly nats: Readonly<Record<string, number>>;
  /** The same, with what is left told at each position. */
  readonly countdown: {
    readonly notesAfterTheLast: number;
    readonly endTicks: number;
    /** By position and kind, from 1; 0 is not told. */
    readonly rows: readonly (readonly number[])[];
    readonly logits: Readonly<Record<string, readonly number[]>>;
  };
  /** Music that repeats itself, and the loss of the network with a memory, by field. */
  readonly memory: {
    readonly settings: unknown;
    readonly notes: readonly TickNote[];
    readonly nats: Readonly<Record<string, number>>;
  };
};

const shape: Shape = { width: 64, layers: 2, heads: 1, mlp: 64, chain: 32, context: 64 };

/** The small network with made-up weights of `training/export.py`. */
export function madeUpModel(): TransformerModel {
  const seeds = new Map([...tensorsOf(shape, vocabulary)].map(([name], i) => [name, i + 1]));
  const weights: Weights = { read: (name, to) => to.set(madeUpValues(to.length, seeds.get(name)!)) };
  return { shape, vocabulary, weights, typicalNats: 10 };
}

/** Numbers between −0.3 and 0.3: a linear congruential generator. */
function madeUpValues(count: number, seed: number): Float32Array {
  let x = seed;
  return Float32Array.from({ length: count }, () => {
    x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.fround(x / 2 ** 30 - 1) * Math.fround(0.3);
  });
}
