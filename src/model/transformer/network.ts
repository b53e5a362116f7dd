import { TransformerKernel } from './kernel.js';
import {
  addRow,
  LayerStack,
  padded,
  SequenceState,
  WeightLoader,
  type Branch,
  type PlacedRow,
  type Shape,
} from './layers.js';
import { tagRow, type Tags } from './tags.js';
import type { NoteTuple } from './tokens.js';
import { fields, fieldSizes, middleOf, type Vocabulary } from './vocabulary.js';
import { tensorsOf, type TransformerModel } from './weights.js';

/**
 * RoPE turns a head's pairs by three clocks: the note's number, its onset in ticks and its pitch.
 * One turn takes so many units, as in `training/model.py`.
 */
const clocks = [
  geometric(6, 2_000, 12), // notes
  geometric(16, 6_000, 12), // ticks of 10 ms
  [12, 6, 4, 3, 2.4, 2, 48, 128], // semitones
] as const;
const pairs = clocks.flat().length;

/** `count` numbers from first to last, each as much larger than the one before. */
function geometric(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}

/** What the network hears at a position. */
export interface Entry {
  readonly tuple: NoteTuple;
  /** Rows of the tables `told`: what it is told here and nowhere else. */
  readonly told: readonly number[];
}

/** Where the network is in a piece of music. */
export class RunState extends SequenceState {
  /** The context: what keys and values are kept of, the latest last. */
  readonly heard: Entry[] = [];
  /** Still to be heard, in this order. */
  readonly unheard: Entry[] = [];
  /** Onset of the latest heard note, from an arbitrary moment. */
  onsetTicks = 0;

  /** Is to hear this next, after what is unheard. */
  hear(tuple: NoteTuple, told: readonly number[] = []): void {
    this.unheard.push({ tuple, told });
  }
}

interface HeardNote extends PlacedRow {
  readonly state: RunState;
  readonly entry: Entry;
}

interface PackedField extends Branch {
  readonly size: number;
  readonly logits: number;
  /** [size, D] */
  readonly embedding: Float32Array;
}

/**
 * The Transformer of `training/model.py`, note by note, for several pieces at once. Keys and values of the
 * notes heard are kept. When a piece has filled the context that the network was trained on, the newest half
 * is heard again and it continues from there: the network never looks back further than in training, nor on
 * notes that themselves saw further back.
 *
 * D width, R rows (notes heard in one product).
 */
export class TransformerNetwork {
  readonly shape: Shape;
  readonly vocabulary: Vocabulary;
  readonly #stack: LayerStack;
  readonly #fields: readonly PackedField[];
  /** Input embeddings of the fields and of the tags, [size, D] each. */
  readonly #inputs: readonly Float32Array[];
  readonly #tagTable: Float32Array;
  readonly #lastTagTable: Float32Array;
  /** What single positions are told, [rows, D] each; empty in networks of version 1. */
  readonly #toldTable: Float32Array;
  readonly #lastToldTable: Float32Array;
  readonly #free: RunState[] = [];
  readonly #open = new Set<RunState>();
  /** Scratch [R, 256]. */
  readonly #logits: number;

  /**
   * @param capacity how many pieces at once
   * @throws RangeError when the network's heads are not as wide as the clocks need
   */
  constructor(
    { shape, vocabulary, weights }: TransformerModel,
    readonly capacity: number,
    kernel = new TransformerKernel(),
  ) {
    const { width, mlp, chain } = shape;
    const sizes = fieldSizes(vocabulary);
    this.shape = shape;
    this.vocabulary = vocabulary;
    const mostValues = width * Math.max(mlp, chain, ...sizes.map(padded));
    const loader = new WeightLoader(kernel, weights, new Map(tensorsOf(shape, vocabulary)), mostValues);
    this.#inputs = fields.map((_, i) => loader.table(`fields.${i}`));
    this.#tagTable = loader.table('tags');
    this.#lastTagTable = loader.table('last_tags');
    this.#toldTable = loader.table('told.input');
    this.#lastToldTable = loader.table('told.last');
    this.#stack = new LayerStack(kernel, shape, pairs, capacity, loader);
    this.#fields = sizes.map((size, i) => ({
      size,
      up: loader.packed(width, `chain.${i}.up`),
      down: loader.packed(chain, `chain.${i}.down`),
      logits: loader.packed(width, `chain.${i}.logits`),
      embedding: loader.table(`chain.${i}.embedding`),
    }));
    this.#logits = kernel.allocate(this.#stack.rows * Math.max(...sizes));
  }

  /** @throws RangeError when no more pieces fit. */
  open(tags: Tags): RunState {
    if (this.#open.size === this.capacity) throw new RangeError('No room for another piece.');
    const state = this.#free.pop() ?? new RunState(...this.#stack.room(), this.shape.width);
    state.heard.length = 0;
    state.unheard.length = 0;
    state.onsetTicks = 0;
    state.tags.fill(0);
    state.lastTags.fill(0);
    this.tell(state, tags);
    this.#open.add(state);
    return state;
  }

  /** Tells more of the music, once as in training or so many times as loudly; before anything is heard. */
  tell(state: RunState, tags: Tags, times = 1): void {
    const { width } = this.shape;
    for (const [tag, value] of Object.entries(tags)) {
      const row = tagRow(this.vocabulary, tag, value);
      addRow(state.tags, 0, this.#tagTable, row, width, times);
      addRow(state.lastTags, 0, this.#lastTagTable, row, width, times);
    }
  }

  close(state: RunState): void {
    if (this.#open.delete(state)) this.#free.push(state);
  }

  /** Lets the open pieces hear what is unheard, as much as fits in one product. */
  advance(): void {
    const waiting: RunState[] = [];
    for (const state of this.#open) if (state.unheard.length > 0) waiting.push(state);
    if (waiting.length === 0) return;
    const share = Math.floor(this.#stack.rows / waiting.length);
    const { context } = this.shape;
    const rows: HeardNote[] = [];
    for (const state of waiting) {
      const { heard, unheard } = state;
      if (heard.length === context) {
        unheard.unshift(...heard.slice(-context / 2));
        heard.length = 0;
      }
      const first = heard.length;
      heard.push(...unheard.splice(0, Math.min(share, context - first)));
      for (let position = first; position < heard.length; position++) {
        rows.push({ state, entry: heard[position]!, position });
      }
    }
    this.#hear(rows);
  }

  /** @param rows those of one piece one after the other */
  #hear(rows: readonly HeardNote[]): void {
    const { kernel, x } = this.#stack;
    const { width } = this.shape;
    const count = rows.length;
    const headWidth = 2 * pairs;
    const { dtEdges } = this.vocabulary;

    const input = kernel.floats(x, count * width);
    const turns = kernel.floats(this.#stack.turns, count * headWidth); // of each row: cos, then sin [pairs]
    input.fill(0);
    for (const [
      row,
      {
        state,
        entry: { tuple },
        position,
      },
    ] of rows.entries()) {
      for (const [field, table] of this.#inputs.entries()) {
        addRow(input, row * width, table, tuple[field]!, width);
      }
      state.onsetTicks += middleOf(tuple[1], dtEdges);
      let turn = row * headWidth;
      for (const [clock, time] of [position, state.onsetTicks, tuple[2]].entries()) {
        for (const period of clocks[clock]!) {
          const angle = (2 * Math.PI * time) / period;
          turns[turn + pairs] = Math.sin(angle);
          turns[turn++] = Math.cos(angle);
        }
      }
    }
    kernel.calls.normalise(x, x, count, width);
    for (const [row, { state, entry }] of rows.entries()) {
      addRow(input, row * width, state.tags, 0, width);
      for (const told of entry.told) addRow(input, row * width, this.#toldTable, told, width);
    }

    this.#stack.run(rows);

    for (const [row, { state, entry }] of rows.entries()) {
      if (rows[row + 1]?.state === state) continue;
      const next = kernel.floats(state.next, width);
      for (const told of entry.told) addRow(next, 0, this.#lastToldTable, told, width);
    }
  }

  /**
   * The next note of each of these pieces, which have heard something and have nothing unheard. Field
   * after field, `pick` is given the field's number, the piece's place in the list and the field's
   * logits, and says which value it is to have; the logits are the caller's until it returns.
   */
  choose(
    states: readonly RunState[],
    pick: (field: number, index: number, logits: Float32Array) => number,
  ): NoteTuple[] {
    const { kernel, x, y } = this.#stack;
    const { width } = this.shape;
    const logits = this.#logits;
    const count = states.length;
    const starts = kernel.floats(x, count * width);
    const chosen: [number, number, number, number, number][] = [];
    for (const { next } of states) {
      starts.set(kernel.floats(next, width), chosen.length * width);
      chosen.push([0, 0, 0, 0, 0]);
    }
    for (const [i, field] of this.#fields.entries()) {
      this.#stack.branch(field, count);
      kernel.calls.multiply(y, field.logits, logits, count, width, field.size, false);
      for (const [row, tuple] of chosen.entries()) {
        const value = pick(i, row, kernel.floats(logits + row * field.size * 4, field.size));
        tuple[i] = value;
        addRow(starts, row * width, field.embedding, value, width);
      }
    }
    return chosen;
  }
}
