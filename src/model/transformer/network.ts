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
import { MemoryRules, PieceMemory } from './memory.js';
import { tagRow, type Tags } from './tags.js';
import type { NoteTuple } from './tokens.js';
import { fields, fieldSizes, middleOf, type Vocabulary } from './vocabulary.js';
import { tensorsOf, type TransformerModel } from './weights.js';

/**
 * RoPE rotates a head's pairs by three clocks: the note's index, its onset in ticks and its pitch. The values
 * are units per turn, as in `training/model.py`.
 */
const clocks = [
  geometric(6, 2_000, 12), // notes
  geometric(16, 6_000, 12), // ticks of 10 ms
  [12, 6, 4, 3, 2.4, 2, 48, 128], // semitones
] as const;
const pairs = clocks.flat().length;

/** `count` numbers from first to last in geometric progression. */
function geometric(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}

/** One input position of the network. */
export interface Entry {
  readonly tuple: NoteTuple;
  /** Rows of the tables `told`: information only for this position. */
  readonly told: readonly number[];
}

/** The network's state in a piece of music. */
export class RunState extends SequenceState {
  /** The context: the notes with cached keys and values, the latest last. */
  readonly heard: Entry[] = [];
  /** Pending input, in order. */
  readonly unheard: Entry[] = [];
  /** Number of positions that are processed again next, because they begin a new context. */
  again = 0;
  /** Onset of the latest input note, from an arbitrary origin. */
  onsetTicks = 0;
  /** Set in networks that have one. */
  memory: PieceMemory | undefined;

  /** Appends to the pending input. */
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
 * The Transformer of `training/model.py`, note by note, for several pieces in a batch. Caches keys and
 * values. When a piece has filled the context that the network was trained on, the newest half is processed
 * again and the piece continues from there: the network never attends further back than in training, nor to
 * notes that themselves attended further back.
 *
 * D width, R rows (notes per product).
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
  /** Told values for single positions, [rows, D] each; empty in networks of version 1. */
  readonly #toldTable: Float32Array;
  readonly #lastToldTable: Float32Array;
  readonly #memoryRules: MemoryRules | undefined;
  readonly #free: RunState[] = [];
  readonly #open = new Set<RunState>();
  /** Scratch [R, 256]. */
  readonly #logits: number;

  /**
   * @param capacity maximum number of concurrent pieces
   * @throws RangeError when the network's heads are not as wide as the clocks require
   */
  constructor(
    { shape, vocabulary, weights, memory }: TransformerModel,
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
    this.#memoryRules = memory && new MemoryRules(memory, vocabulary);
  }

  /** @throws RangeError when `capacity` pieces are open. */
  open(tags: Tags): RunState {
    if (this.#open.size === this.capacity) throw new RangeError('No room for another piece.');
    const state = this.#free.pop() ?? new RunState(...this.#stack.room(), this.shape.width);
    state.heard.length = 0;
    state.unheard.length = 0;
    state.again = 0;
    state.onsetTicks = 0;
    state.memory ??= this.#memoryRules && new PieceMemory(this.#memoryRules, this.shape.width);
    state.memory?.clear();
    state.tags.fill(0);
    state.lastTags.fill(0);
    this.tell(state, tags);
    this.#open.add(state);
    return state;
  }

  /** Adds tags, once as in training, or amplified; call it before any input. */
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

  /** Processes the pending input of the open pieces, as much as fits into one product. */
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
        state.again = context / 2;
      }
      const first = heard.length;
      heard.push(...unheard.splice(0, Math.min(share, context - first)));
      for (let position = first; position < heard.length; position++) {
        rows.push({ state, entry: heard[position]!, position });
      }
    }
    this.#hear(rows);
  }

  /** @param rows contiguous for each piece */
  #hear(rows: readonly HeardNote[]): void {
    const { kernel, x } = this.#stack;
    const { width } = this.shape;
    const count = rows.length;
    const headWidth = 2 * pairs;
    const { dtEdges } = this.vocabulary;

    const input = kernel.floats(x, count * width);
    const turns = kernel.floats(this.#stack.turns, count * headWidth); // for each row: cos, then sin [pairs]
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

    const piano = this.vocabulary.classes.indexOf('piano');
    for (const [row, { state, entry }] of rows.entries()) {
      if (state.again > 0) state.again -= 1;
      else if (entry.tuple[0] === piano) {
        state.memory?.hear(entry.tuple, kernel.floats(x + 4 * row * width, width));
      }
      if (rows[row + 1]?.state === state) continue;
      const next = kernel.floats(state.next, width);
      for (const told of entry.told) addRow(next, 0, this.#lastToldTable, told, width);
    }
  }

  /**
   * Draws the next note of each of these pieces, which must have input and nothing pending. For each field,
   * `pick` is called with the field's number, the piece's index in the list and the field's logits, and
   * returns a value; it may modify the logits until it returns.
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
        const ofField = kernel.floats(logits + row * field.size * 4, field.size);
        states[row]!.memory?.mix(i, tuple, ofField);
        const value = pick(i, row, ofField);
        tuple[i] = value;
        addRow(starts, row * width, field.embedding, value, width);
      }
    }
    return chosen;
  }
}
