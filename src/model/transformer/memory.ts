import { z } from 'zod';
import { Alignment, grown, TransposedAlignment, type AlignmentSettings } from './alignment.js';
import type { NoteTuple } from './tokens.js';
import { binOf, fields, middleOf, type Vocabulary } from './vocabulary.js';

/** The file in a model's folder. */
export const memoryFile = 'memory.json';

/** What memories vote for: a field of the next note, or its interval from the latest one. */
type Recalled = 'dt' | 'pitch' | 'interval' | 'velocity' | 'duration';
/** `release`: the next note ends together with one that sounds. */
type Voted = Recalled | 'release';

interface Tolerance {
  readonly relative: number;
  /** In ticks or bins. */
  readonly absolute: number;
}

/**
 * How much a network relies on its memory of a piece, from `training/memory.py`, which fits the gates to pieces that the
 * network was not trained on.
 */
export interface MemorySettings {
  readonly alignment: AlignmentSettings;
  /** How much the score of an alignment and the cosine of two states count. */
  readonly weights: Readonly<Record<Recalled, { readonly alignment: number; readonly likeness: number }>>;
  /** Typical differences between a passage and its return. */
  readonly tolerances: Readonly<Record<'dt' | 'velocity' | 'duration', Tolerance>>;
  readonly release: {
    /** Number of latest notes that count, each the less the earlier: after `fading` notes, 1 / e. */
    readonly notes: number;
    readonly fading: number;
    /** Notes that end together count as their number to this power. */
    readonly together: number;
  };
  /** Logarithm of the weight of a vote, by {@link featuresOf}; that of the network is 0. */
  readonly gates: Readonly<Record<Voted, readonly number[]>>;
}

const tolerance = z.object({ relative: z.number(), absolute: z.number() });
const weight = z.object({ alignment: z.number(), likeness: z.number() });
const gate = z.array(z.number()).length(5);
const settingsJson = z.object({
  alignment: z.object({ mismatch: z.number(), skip: z.number(), most: z.number() }),
  weights: z.object({ dt: weight, pitch: weight, interval: weight, velocity: weight, duration: weight }),
  tolerances: z.object({ dt: tolerance, velocity: tolerance, duration: tolerance }),
  release: z.object({ notes: z.number(), fading: z.number(), together: z.number() }),
  gates: z.object({ dt: gate, pitch: gate, interval: gate, velocity: gate, duration: gate, release: gate }),
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
    readonly vocabulary: Vocabulary,
  ) {
    const { dtEdges, durationEdges, velocitiesPerBin } = vocabulary;
    const { dt, velocity, duration } = settings.tolerances;
    this.dt = returnsOf(dtEdges, dt);
    this.velocity = returnsOf(
      Array.from({ length: 128 / velocitiesPerBin + 1 }, (_, i) => i),
      velocity,
    );
    this.duration = returnsOf(durationEdges, duration);
  }
}

function returnsOf(edges: readonly number[], { relative, absolute }: Tolerance): Returns {
  const size = edges.length - 1;
  const likely = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    const middle = middleOf(from, edges);
    let total = 0;
    for (let to = 0; to < size; to++) {
      const apart = Math.abs(middleOf(to, edges) - middle) / (absolute + relative * middle);
      const weight = Math.exp(-apart) * (edges[to + 1]! - edges[to]!);
      likely[from * size + to] = weight;
      total += weight;
    }
    for (let to = 0; to < size; to++) likely[from * size + to]! /= total;
  }
  return { size, likely, log: likely.map((each) => Math.log(each + unlikely)) };
}

/** A distribution of a field's values that something other than the network expects. */
interface Vote {
  readonly gate: readonly number[];
  readonly expected: Float64Array;
  /** The longest alignment, or the number of notes that sound. */
  readonly longest: number;
}

/**
 * What a network recalls of a piece, beyond its context: each earlier note is a memory of what came next, which is
 * likelier to come again the better the music before it fits the music now. Two things tell how well: the similarity of
 * the network's states (a continuous cache: Grave, Joulin and Usunier 2017), and an alignment of the passages.
 */
export class PieceMemory {
  /** Factor on the share of the votes in predictions. */
  strength = 1;
  readonly #rules: MemoryRules;
  readonly #width: number;
  #count = 0;
  /** [notes, D], of length 1: the state after each note. */
  #keys: Float32Array = new Float32Array();
  /** [notes, 5] */
  #tuples: Uint16Array = new Uint16Array();
  /** [notes] */
  #pitches: Uint8Array = new Uint8Array();
  /** [notes]: in ticks, from an arbitrary origin. */
  #ends: Float64Array = new Float64Array();
  #onsetTicks = 0;
  readonly #alignment: Alignment;
  readonly #transposed: TransposedAlignment;
  /** Similarity of the state after each note to the latest one; computed once a note. */
  #cosines = new Float64Array();
  #isCompared = false;

  constructor(rules: MemoryRules, width: number) {
    this.#rules = rules;
    this.#width = width;
    this.#alignment = new Alignment(rules.settings.alignment);
    this.#transposed = new TransposedAlignment(rules.settings.alignment);
  }

  clear(): void {
    this.#count = 0;
    this.#onsetTicks = 0;
    this.strength = 1;
  }

  /** @param state of the network after the note, before tags are added: [D], D a multiple of 4 */
  hear(tuple: NoteTuple, state: Float32Array): void {
    if (this.#count === mostRemembered) this.#forget();
    if (this.#count === this.#pitches.length) this.#grow();
    const n = this.#count++;
    const width = this.#width;
    let squares = 0;
    for (const value of state) squares += value * value;
    const factor = 1 / Math.sqrt(squares);
    for (let i = 0; i < width; i++) this.#keys[n * width + i] = state[i]! * factor;
    const [, dt, pitch, , duration] = tuple;
    const { dtEdges, durationEdges } = this.#rules.vocabulary;
    this.#onsetTicks += middleOf(dt, dtEdges);
    this.#ends[n] = this.#onsetTicks + middleOf(duration, durationEdges);
    this.#tuples.set(tuple, n * 5);
    this.#pitches[n] = pitch;
    this.#alignment.hear(this.#pitches, this.#count);
    this.#transposed.hear(this.#pitches, this.#count);
    this.#isCompared = false;
  }

  #grow(): void {
    const notes = Math.max(256, 2 * this.#count);
    this.#keys = grown(this.#keys, new Float32Array(notes * this.#width));
    this.#tuples = grown(this.#tuples, new Uint16Array(notes * 5));
    this.#pitches = grown(this.#pitches, new Uint8Array(notes));
    this.#ends = grown(this.#ends, new Float64Array(notes));
    this.#cosines = new Float64Array(notes);
  }

  /** Forgets the older half. */
  #forget(): void {
    const half = mostRemembered / 2;
    this.#keys.copyWithin(0, half * this.#width);
    this.#tuples.copyWithin(0, half * 5);
    this.#pitches.copyWithin(0, half);
    this.#ends.copyWithin(0, half);
    this.#alignment.forget(half);
    this.#transposed.forget(half);
    this.#count = half;
  }

  /** Compares the state after each earlier note with the latest one. */
  #compare(): void {
    const width = this.#width;
    const keys = this.#keys;
    const last = this.#count - 1;
    const now = last * width;
    for (let j = 0, at = 0; j < last; j++, at += width) {
      // Four sums at a time, because each addition waits for the one before.
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < width; i += 4) {
        a += keys[at + i]! * keys[now + i]!;
        b += keys[at + i + 1]! * keys[now + i + 1]!;
        c += keys[at + i + 2]! * keys[now + i + 2]!;
        d += keys[at + i + 3]! * keys[now + i + 3]!;
      }
      this.#cosines[j] = a + b + c + d;
    }
    this.#isCompared = true;
  }

  /**
   * Mixes the votes into the prediction of a field.
   * @param tuple of the next note; the fields before this one are known
   * @param logits of the field; replaced by logarithms of probabilities
   */
  mix(field: number, tuple: NoteTuple, logits: Float32Array): void {
    const name = fields[field]!;
    if (name === 'class' || this.#count < 2 || this.strength === 0) return;
    const predicted = probabilitiesOf(logits);
    const votes = this.#votes(name, tuple, predicted);
    const weights = votes.map((vote) => Math.exp(dot(vote.gate, this.#featuresOf(vote, predicted))));
    const total = 1 + weights.reduce((sum, weight) => sum + weight, 0);
    const mixed = predicted.slice();
    for (const [i, { expected }] of votes.entries()) {
      const share = (this.strength * weights[i]!) / total;
      for (let value = 0; value < mixed.length; value++)
        mixed[value]! += share * (expected[value]! - predicted[value]!);
    }
    for (let value = 0; value < mixed.length; value++)
      logits[value] = Math.log(Math.max(mixed[value]!, least));
  }

  #votes(
    name: Exclude<(typeof fields)[number], 'class'>,
    tuple: NoteTuple,
    predicted: Float64Array,
  ): readonly Vote[] {
    if (!this.#isCompared) this.#compare();
    const { gates } = this.#rules.settings;
    const size = predicted.length;
    const { longest } = this.#alignment;
    const votes: Vote[] = [{ gate: gates[name], expected: this.#recall(name, tuple, size), longest }];
    if (name === 'pitch') {
      const expected = this.#recall('interval', tuple, size);
      votes.push({ gate: gates.interval, expected, longest: this.#transposed.longest });
    }
    if (name === 'duration') {
      // Without an opinion, it agrees with the network.
      const release = this.#release(tuple, size) ?? { expected: predicted, longest: 0 };
      votes.push({ gate: gates.release, ...release });
    }
    return votes;
  }

  /**
   * What the weight of a vote depends on: how long the passages are alike, and what vote and network say of the value that
   * is likeliest by the vote.
   */
  #featuresOf({ longest, expected }: Vote, predicted: Float64Array): readonly number[] {
    let first = 0;
    for (let value = 1; value < expected.length; value++)
      if (expected[value]! > expected[first]!) first = value;
    return [
      1,
      Math.log1p(longest),
      longest / this.#rules.settings.alignment.most,
      Math.log(expected[first]! + negligible),
      Math.log(predicted[first]! + negligible),
    ];
  }

  /** The distribution of a field by what is recalled. */
  #recall(name: Recalled, [, dt, pitch]: NoteTuple, size: number): Float64Array {
    const { dt: steps, velocity, duration } = this.#rules;
    const { alignment, likeness } = this.#rules.settings.weights[name];
    const { scores } = name === 'interval' ? this.#transposed : this.#alignment;
    const tuples = this.#tuples;
    const memories = this.#count - 1;
    const weights = new Float64Array(memories);
    let peak = -Infinity;
    for (let j = 0, at = 5; j < memories; j++, at += 5) {
      let fit = alignment * scores[j]! + likeness * this.#cosines[j]!;
      if (name !== 'dt') {
        const sameStep = steps.log[tuples[at + 1]! * steps.size + dt]!;
        if (name === 'pitch' || name === 'interval') fit += sameStep;
        else fit += sameStep / 2 + (tuples[at + 2] === pitch ? 0 : otherPitch);
      }
      weights[j] = fit;
      peak = Math.max(peak, fit);
    }
    const field = fields.indexOf(name === 'interval' ? 'pitch' : name);
    const known = new Float64Array(size);
    let total = 0;
    for (let j = 0, at = field + 5; j < memories; j++, at += 5) {
      if (weights[j]! < peak + logNegligible) continue;
      const weight = Math.exp(weights[j]! - peak);
      total += weight;
      const value = name === 'interval' ? tuples[at]! + this.#transposed.shifts[j]! : tuples[at]!;
      known[Math.min(Math.max(value, 0), size - 1)]! += weight;
    }
    const returns = name === 'dt' ? steps : name === 'velocity' ? velocity : duration;
    const recalled = name === 'pitch' || name === 'interval' ? known : spread(known, returns);
    for (let value = 0; value < size; value++) recalled[value]! /= total;
    return recalled;
  }

  /** The distribution of the duration if the next note ends with one that sounds, as notes do that a pedal holds. */
  #release([, dt]: NoteTuple, size: number): Pick<Vote, 'expected' | 'longest'> | undefined {
    const { dtEdges, durationEdges } = this.#rules.vocabulary;
    const { notes, fading, together } = this.#rules.settings.release;
    const onset = this.#onsetTicks + middleOf(dt, dtEdges);
    const left: number[] = [];
    const weights: number[] = [];
    for (let j = Math.max(0, this.#count - notes); j < this.#count; j++) {
      const ticks = this.#ends[j]! - onset;
      if (ticks < durationEdges[0]! || ticks >= durationEdges.at(-1)!) continue;
      left.push(ticks);
      weights.push(Math.exp((j - this.#count) / fading));
    }
    if (left.length === 0) return undefined;
    const expected = new Float64Array(size);
    let total = 0;
    for (const [i, ticks] of left.entries()) {
      const others = left.filter((other) => Math.abs(other - ticks) <= 1).length;
      const weight = weights[i]! * others ** together;
      expected[binOf(ticks, durationEdges)]! += weight;
      total += weight;
    }
    for (let value = 0; value < size; value++) expected[value]! /= total;
    return { expected, longest: left.length };
  }
}

/** The weights of what returns, from those of what is known. */
function spread(known: Float64Array, { size, likely }: Returns): Float64Array {
  const result = new Float64Array(size);
  for (let from = 0; from < size; from++) {
    const weight = known[from]!;
    if (weight === 0) continue;
    for (let to = 0; to < size; to++) result[to]! += weight * likely[from * size + to]!;
  }
  return result;
}

function dot(weights: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (const [i, feature] of features.entries()) sum += weights[i]! * feature;
  return sum;
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
