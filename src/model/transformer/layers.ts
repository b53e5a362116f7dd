import { sum } from '../../music/numbers.js';
import type { TransformerKernel } from './kernel.js';

/*
 * Shared by the note and song networks: the layout of weights for the kernel, and the layers. D is the width,
 * R the number of positions per product.
 */

/** Dimensions of a network. */
export interface Shape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Hidden units of a layer's MLP. */
  readonly mlp: number;
  /** Hidden units of a field's MLP. */
  readonly chain: number;
  /** Context length in training. */
  readonly context: number;
}

/** Row-major tensors by name; every matrix is [outputs, inputs]. */
export interface Weights {
  /** Writes the values of a tensor to an array of its size. */
  read(name: string, to: Float32Array): void;
}

/** Positions per product; more would not be faster. */
const mostRows = 32;

/** The next multiple of 16, as the kernel requires. */
export function padded(count: number): number {
  return Math.ceil(count / 16) * 16;
}

/** to[at … at + width) += `times` · a row of the table. */
export function addRow(
  to: Float32Array,
  at: number,
  table: Float32Array,
  row: number,
  width: number,
  times = 1,
): void {
  for (let i = 0, from = row * width; i < width; i++) to[at + i]! += times * table[from + i]!;
}

/** Loads a model's weights into the kernel's memory. */
export class WeightLoader {
  readonly #kernel: TransformerKernel;
  readonly #weights: Weights;
  /** Number of values of each tensor. */
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #scratch: number;

  /** @param mostValues of the largest matrix, padded */
  constructor(
    kernel: TransformerKernel,
    weights: Weights,
    sizes: ReadonlyMap<string, number>,
    mostValues: number,
  ) {
    this.#kernel = kernel;
    this.#weights = weights;
    this.#sizes = sizes;
    this.#scratch = kernel.allocate(mostValues);
  }

  /** A tensor outside the kernel; empty if the model has none of that name. */
  table(name: string): Float32Array {
    const values = new Float32Array(this.#sizes.get(name) ?? 0);
    if (values.length > 0) this.#weights.read(name, values);
    return values;
  }

  /** @returns its address */
  stored(name: string): number {
    const count = this.#sizes.get(name)!;
    const address = this.#kernel.allocate(count);
    this.#weights.read(name, this.#kernel.floats(address, count));
    return address;
  }

  /**
   * Stacks matrices vertically, each padded with zero rows to a multiple of 16.
   * @returns the address of the result
   */
  packed(inputs: number, ...names: readonly string[]): number {
    const rows = names.map((name) => padded(this.#sizes.get(name)! / inputs));
    const total = sum(rows);
    const address = this.#kernel.allocate(total * inputs);
    this.#kernel.floats(this.#scratch, total * inputs).fill(0);
    let before = 0;
    for (const [i, name] of names.entries()) {
      const at = this.#scratch + 4 * before * inputs;
      this.#weights.read(name, this.#kernel.floats(at, this.#sizes.get(name)!));
      before += rows[i]!;
    }
    this.#kernel.calls.pack(this.#scratch, total, inputs, address);
    return address;
  }
}

/** A network's state within a sequence: its cached keys and values. */
export class SequenceState {
  /** [D] added to each position: the tags of the piece. */
  readonly tags: Float32Array;
  /** [D] added again to the start vector of the next note. */
  readonly lastTags: Float32Array;

  /**
   * @param keys address of keys [layers, context, D]
   * @param values address of values, likewise
   * @param next address of the start vector of the next note [D], valid when no input is pending
   */
  constructor(
    readonly keys: number,
    readonly values: number,
    readonly next: number,
    width: number,
  ) {
    this.tags = new Float32Array(width);
    this.lastTags = new Float32Array(width);
  }
}

/** An input position, and the number of earlier positions of its sequence in the context. */
export interface PlacedRow {
  readonly state: SequenceState;
  readonly position: number;
}

/** The weights that predict a field of a note, before its logits. */
export interface Branch {
  readonly up: number;
  readonly down: number;
}

interface PackedLayer extends Branch {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly out: number;
  readonly gain: number;
}

/** The layers of a network, and their working memory. */
export class LayerStack {
  /** Maximum number of positions per product: R. */
  readonly rows: number;
  /** Scratch [R, D]: input positions; start vectors of notes and their fields. */
  readonly x: number;
  /** Scratch [R, D]: the output of {@link branch}. */
  readonly y: number;
  /** Scratch [R, 2, pairs]: for each row, cosines and then sines of the rotation angles of its pairs. */
  readonly turns: number;
  readonly #layers: readonly PackedLayer[];
  /** Scratch: [R, D] each, except hidden [R, mlp or chain], scores [context + 3], ones [heads]. */
  readonly #q: number;
  readonly #k: number;
  readonly #v: number;
  readonly #hidden: number;
  readonly #scores: number;
  readonly #ones: number;

  /**
   * @param pairs rotated pairs in a head
   * @param capacity maximum number of concurrent sequences
   * @throws RangeError when the heads are not as wide as their pairs require
   */
  constructor(
    readonly kernel: TransformerKernel,
    readonly shape: Shape,
    readonly pairs: number,
    capacity: number,
    weights: WeightLoader,
  ) {
    const { width, layers, heads, mlp, chain, context } = shape;
    if (width !== 2 * pairs * heads) throw new RangeError(`A head is ${2 * pairs} wide.`);
    this.#layers = Array.from({ length: layers }, (_, i) => ({
      query: weights.packed(width, `layers.${i}.query`),
      key: weights.packed(width, `layers.${i}.key`),
      value: weights.packed(width, `layers.${i}.value`),
      out: weights.packed(width, `layers.${i}.out`),
      gain: weights.stored(`layers.${i}.gain`),
      up: weights.packed(width, `layers.${i}.up`),
      down: weights.packed(mlp, `layers.${i}.down`),
    }));
    this.rows = Math.max(mostRows, capacity);
    this.x = kernel.allocate(this.rows * width);
    this.y = kernel.allocate(this.rows * width);
    this.turns = kernel.allocate(this.rows * 2 * pairs);
    this.#q = kernel.allocate(this.rows * width);
    this.#k = kernel.allocate(this.rows * width);
    this.#v = kernel.allocate(this.rows * width);
    this.#hidden = kernel.allocate(this.rows * Math.max(mlp, chain));
    this.#scores = kernel.allocate(context + 3);
    this.#ones = kernel.allocate(heads);
    kernel.floats(this.#ones, heads).fill(1);
  }

  /** Allocates memory for a {@link SequenceState}. */
  room(): readonly [keys: number, values: number, next: number] {
    const { width, layers, context } = this.shape;
    const kept = layers * context * width;
    return [this.kernel.allocate(kept), this.kernel.allocate(kept), this.kernel.allocate(width)];
  }

  /**
   * Passes the rows in `x`, rotated by `turns`, through all layers; the output for the last row of each
   * sequence is the start vector of its next note.
   * @param rows contiguous for each sequence
   */
  run(rows: readonly PlacedRow[]): void {
    const { calls } = this.kernel;
    const { width, heads, mlp, context } = this.shape;
    const { x, y, pairs } = this;
    const [q, k, v, hidden] = [this.#q, this.#k, this.#v, this.#hidden];
    const bytes = 4 * width;
    const count = rows.length;
    for (const [i, layer] of this.#layers.entries()) {
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.query, q, count, width, width, false);
      calls.multiply(y, layer.key, k, count, width, width, false);
      calls.multiply(y, layer.value, v, count, width, width, false);
      for (const [row, { state, position }] of rows.entries()) {
        const at = row * bytes;
        const cos = this.turns + row * 2 * pairs * 4;
        const sin = cos + pairs * 4;
        calls.rotate(q + at, heads, pairs, cos, sin, layer.gain);
        calls.rotate(k + at, heads, pairs, cos, sin, this.#ones);
        const kept = (i * context + position) * width;
        this.kernel.floats(state.keys, kept + width).set(this.kernel.floats(k + at, width), kept);
        this.kernel.floats(state.values, kept + width).set(this.kernel.floats(v + at, width), kept);
      }
      for (const [row, { state, position }] of rows.entries()) {
        const from = i * context * bytes;
        const at = row * bytes;
        const [keys, values] = [state.keys + from, state.values + from];
        calls.attend(q + at, keys, values, position + 1, heads, 2 * pairs, this.#scores, y + at);
      }
      calls.multiply(y, layer.out, x, count, width, width, true);
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.up, hidden, count, width, mlp, false);
      calls.squareOfPositive(hidden, count * mlp);
      calls.multiply(hidden, layer.down, x, count, mlp, width, true);
    }
    for (const [row, { state }] of rows.entries()) {
      if (rows[row + 1]?.state === state) continue;
      calls.normalise(x + row * bytes, state.next, 1, width);
      addRow(this.kernel.floats(state.next, width), 0, state.lastTags, 0, width);
    }
  }

  /** Predicts a field of `count` notes from `x` into `y`; the caller computes the logits. */
  branch({ up, down }: Branch, count: number): void {
    const { calls } = this.kernel;
    const { width, chain } = this.shape;
    const hidden = this.#hidden;
    calls.normalise(this.x, this.y, count, width);
    calls.multiply(this.y, up, hidden, count, width, chain, false);
    calls.squareOfPositive(hidden, count * chain);
    calls.multiply(hidden, down, this.y, count, chain, width, true);
    calls.normalise(this.y, this.y, count, width);
  }
}
