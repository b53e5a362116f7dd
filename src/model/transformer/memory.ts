import { z } from 'zod';
import { fields, type Vocabulary } from './vocabulary.js';
import type { NoteTuple } from './tokens.js';

/** The file in a model's folder. */
export const memoryFile = 'memory.json';

/** The fields that a memory helps to predict; `class` is the same for all notes. */
type Recalled = Exclude<(typeof fields)[number], 'class'>;

/**
 * How much a network relies on its memory of a piece, from `training/memory.py`, which fits all of it to pieces that the
 * network was not trained on.
 */
export interface MemorySettings {
  /** How alignments score: see {@link PieceMemory}. */
  readonly alignment: {
    readonly mismatch: number;
    readonly skip: number;
    readonly most: number;
  };
  /** How much the score of an alignment and the cosine of two states count for each field. */
  readonly weights: Readonly<Record<Recalled, { readonly alignment: number; readonly likeness: number }>>;
  /** Typical differences between a passage and its return: relative, and in ticks or bins. */
  readonly tolerances: Readonly<
    Record<Exclude<Recalled, 'pitch'>, { readonly relative: number; readonly absolute: number }>
  >;
  /** Weights of the share of the memory in a prediction: {@link shareOf}. */
  readonly gates: Readonly<Record<Recalled, readonly number[]>>;
}

const tolerance = z.object({ relative: z.number(), absolute: z.number() });
const weight = z.object({ alignment: z.number(), likeness: z.number() });
const gate = z.array(z.number()).length(5);
const settingsJson = z.object({
  alignment: z.object({ mismatch: z.number(), skip: z.number(), most: z.number() }),
  weights: z.object({ dt: weight, pitch: weight, velocity: weight, duration: weight }),
  tolerances: z.object({ dt: tolerance, velocity: tolerance, duration: tolerance }),
  gates: z.object({ dt: gate, pitch: gate, velocity: gate, duration: gate }),
});

/** @throws Error when the text is not such a file */
export function decodeMemory(json: string): MemorySettings {
  return settingsJson.parse(JSON.parse(json));
}

/** Maximum number of notes that are remembered. */
export const mostRemembered = 4096;

/** Of a probability, so that its logarithm is finite. */
const least = 1e-30;
/** Weights below this share of the largest count as zero. */
const negligible = 1e-4;
const logNegligible = Math.log(negligible);
const unlikely = 1e-6;
/** Effect of another pitch when velocities and durations are recalled. */
const otherPitch = -6;

/** For each value of a field: the distribution of its value when the passage returns. */
interface Returns {
  readonly size: number;
  /** [size, size] */
  readonly likely: Float64Array;
  /** Its logarithm. */
  readonly log: Float64Array;
}

/** What all pieces share. */
export class MemoryRules {
  readonly dt: Returns;
  readonly velocity: Returns;
  readonly duration: Returns;

  constructor(
    readonly settings: MemorySettings,
    { dtEdges, durationEdges, velocitiesPerBin }: Vocabulary,
  ) {
    const { dt, velocity, duration } = settings.tolerances;
    this.dt = returnsOf(dtEdges, dt);
    this.velocity = returnsOf(
      Array.from({ length: 128 / velocitiesPerBin + 1 }, (_, i) => i),
      velocity,
    );
    this.duration = returnsOf(durationEdges, duration);
  }
}

function returnsOf(
  edges: readonly number[],
  { relative, absolute }: MemorySettings['tolerances']['dt'],
): Returns {
  const size = edges.length - 1;
  const middle = (bin: number): number => Math.floor((edges[bin]! + edges[bin + 1]! - 1) / 2);
  const likely = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    let total = 0;
    for (let to = 0; to < size; to++) {
      const apart = Math.abs(middle(to) - middle(from)) / (absolute + relative * middle(from));
      const weight = Math.exp(-apart) * (edges[to + 1]! - edges[to]!);
      likely[from * size + to] = weight;
      total += weight;
    }
    for (let to = 0; to < size; to++) likely[from * size + to]! /= total;
  }
  return { size, likely, log: likely.map((each) => Math.log(each + unlikely)) };
}

/**
 * What a network recalls of a piece, beyond its context: each earlier note is a memory of what came next, which is
 * likelier to come again the better the music before it fits the music now. Two things tell how well: the similarity of
 * the network's states (a continuous cache: Grave, Joulin and Usunier 2017), and how long both passages have had the same
 * pitches, by a local alignment that allows for other notes and another order within chords (Smith and Waterman 1981).
 */
export class PieceMemory {
  /** Factor on the share of the memory in predictions. */
  strength = 1;
  readonly #rules: MemoryRules;
  readonly #width: number;
  #count = 0;
  /** [notes, D], of length 1: the state after each note. */
  #keys: Float32Array = new Float32Array();
  /** [notes, 5] */
  #tuples: Uint16Array = new Uint16Array();
  /** For each note, how long the passage that ends there has been like the latest one. */
  #scores: Float64Array = new Float64Array();
  #nextScores: Float64Array = new Float64Array();
  /** Similarity of the state after each note to the latest one; computed once a note. */
  #cosines = new Float64Array();
  #isCompared = false;
  /** The highest score. */
  #longest = 0;

  constructor(rules: MemoryRules, width: number) {
    this.#rules = rules;
    this.#width = width;
  }

  clear(): void {
    this.#count = 0;
    this.strength = 1;
  }

  /** @param state of the network after the note, before tags are added: [D] */
  hear(tuple: NoteTuple, state: Float32Array): void {
    if (this.#count === mostRemembered) this.#forget();
    if (this.#count * this.#width === this.#keys.length) this.#grow();
    const n = this.#count++;
    const width = this.#width;
    let squares = 0;
    for (const value of state) squares += value * value;
    const factor = 1 / Math.sqrt(squares);
    for (let i = 0; i < width; i++) this.#keys[n * width + i] = state[i]! * factor;
    this.#tuples.set(tuple, n * 5);
    this.#align(n);
    this.#isCompared = false;
  }

  /** Aligns note n with all earlier ones. */
  #align(n: number): void {
    const { mismatch, skip, most } = this.#rules.settings.alignment;
    const [scores, next] = [this.#scores, this.#nextScores];
    const pitch = this.#tuples[n * 5 + 2]!;
    for (let j = 0; j < n; j++) {
      const before = j > 0 ? scores[j - 1]! : 0;
      const skipped = Math.max(j > 1 ? scores[j - 2]! : 0, scores[j]!) - skip;
      const best = Math.max(before, skipped);
      next[j] = this.#tuples[j * 5 + 2] === pitch ? Math.min(best + 1, most) : Math.max(best - mismatch, 0);
    }
    next[n] = 0;
    [this.#scores, this.#nextScores] = [next, scores];
  }

  #grow(): void {
    const notes = Math.max(256, 2 * this.#count);
    this.#keys = grown(this.#keys, new Float32Array(notes * this.#width));
    this.#tuples = grown(this.#tuples, new Uint16Array(notes * 5));
    this.#scores = grown(this.#scores, new Float64Array(notes));
    this.#nextScores = new Float64Array(notes);
    this.#cosines = new Float64Array(notes);
  }

  /** Forgets the older half. */
  #forget(): void {
    const half = mostRemembered / 2;
    this.#keys.copyWithin(0, half * this.#width);
    this.#tuples.copyWithin(0, half * 5);
    this.#scores.copyWithin(0, half);
    this.#count = half;
  }

  /** Compares the state after each earlier note with the latest one. */
  #compare(): void {
    const width = this.#width;
    const keys = this.#keys;
    const last = this.#count - 1;
    const now = last * width;
    this.#longest = 0;
    for (let j = 0, at = 0; j < last; j++, at += width) {
      let cosine = 0;
      for (let i = 0; i < width; i++) cosine += keys[at + i]! * keys[now + i]!;
      this.#cosines[j] = cosine;
      this.#longest = Math.max(this.#longest, this.#scores[j]!);
    }
    this.#isCompared = true;
  }

  /**
   * Mixes what is recalled into the prediction of a field.
   * @param tuple of the next note; the fields before this one are known
   * @param logits of the field; replaced by logarithms of probabilities
   */
  mix(field: number, tuple: NoteTuple, logits: Float32Array): void {
    const name = fields[field]!;
    if (name === 'class' || this.#count < 2) return;
    if (!this.#isCompared) this.#compare();
    const recalled = this.#recall(name, tuple, logits.length);
    const predicted = probabilitiesOf(logits);
    let first = 0;
    for (let value = 1; value < recalled.length; value++)
      if (recalled[value]! > recalled[first]!) first = value;
    const { gates, alignment } = this.#rules.settings;
    const share =
      this.strength *
      shareOf(gates[name], [
        1,
        Math.log1p(this.#longest),
        this.#longest / alignment.most,
        Math.log(recalled[first]! + negligible),
        Math.log(predicted[first]! + negligible),
      ]);
    for (let value = 0; value < logits.length; value++) {
      const mixed = (1 - share) * predicted[value]! + share * recalled[value]!;
      logits[value] = Math.log(Math.max(mixed, least));
    }
  }

  /** The distribution of a field by what is recalled. */
  #recall(name: Recalled, [, dt, pitch]: NoteTuple, size: number): Float64Array {
    const { dt: steps, velocity, duration } = this.#rules;
    const { alignment, likeness } = this.#rules.settings.weights[name];
    const tuples = this.#tuples;
    const memories = this.#count - 1;
    const weights = new Float64Array(memories);
    let peak = -Infinity;
    for (let j = 0, at = 5; j < memories; j++, at += 5) {
      let fit = alignment * this.#scores[j]! + likeness * this.#cosines[j]!;
      if (name !== 'dt') {
        const sameStep = steps.log[tuples[at + 1]! * steps.size + dt]!;
        if (name === 'pitch') fit += sameStep;
        else fit += sameStep / 2 + (tuples[at + 2] === pitch ? 0 : otherPitch);
      }
      weights[j] = fit;
      peak = Math.max(peak, fit);
    }
    const recalled = new Float64Array(size);
    let total = 0;
    const field = fields.indexOf(name);
    const returns = name === 'dt' ? steps : name === 'velocity' ? velocity : duration;
    for (let j = 0, at = 5; j < memories; j++, at += 5) {
      if (weights[j]! < peak + logNegligible) continue;
      const weight = Math.exp(weights[j]! - peak);
      total += weight;
      const value = tuples[at + field]!;
      if (name === 'pitch') recalled[value]! += weight;
      else {
        const row = value * returns.size;
        for (let to = 0; to < size; to++) recalled[to]! += weight * returns.likely[row + to]!;
      }
    }
    for (let value = 0; value < size; value++) recalled[value]! /= total;
    return recalled;
  }
}

/** The share of the memory in a prediction, 0–1: a logistic regression. */
function shareOf(weights: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (const [i, feature] of features.entries()) sum += weights[i]! * feature;
  return 1 / (1 + Math.exp(-sum));
}

function probabilitiesOf(logits: Float32Array): Float64Array {
  const probabilities = new Float64Array(logits.length);
  let peak = -Infinity;
  for (const logit of logits) peak = Math.max(peak, logit);
  let total = 0;
  for (const [value, logit] of logits.entries()) total += probabilities[value] = Math.exp(logit - peak);
  for (let value = 0; value < logits.length; value++) probabilities[value]! /= total;
  return probabilities;
}

/** Copies values to the beginning of a larger array. */
function grown<Values extends Float32Array | Float64Array | Uint16Array>(
  values: Values,
  larger: Values,
): Values {
  larger.set(values);
  return larger;
}
