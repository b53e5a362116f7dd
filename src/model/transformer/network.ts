import { TransformerKernel } from './kernel.js';
import { tagRow, type Tags } from './tags.js';
import type { NoteTuple } from './tokens.js';
import { fields, fieldSizes, middleOf, type Vocabulary } from './vocabulary.js';
import { tensorsOf, type Shape, type TransformerModel } from './weights.js';

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
const headWidth = 2 * pairs;

/** `count` numbers from first to last, each as much larger than the one before. */
function geometric(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}

/** Products that several notes share; more would not be faster. */
const mostRows = 32;

/** What the network hears at a position. */
export interface Entry {
  readonly tuple: NoteTuple;
  /** Rows of the tables `told`: what it is told here and nowhere else. */
  readonly told: readonly number[];
}

/** Where the network is in a piece of music: what it keeps from note to note. */
export class RunState {
  /** The context: what keys and values are kept of, the latest last. */
  readonly heard: Entry[] = [];
  /** Still to be heard, in this order. */
  readonly unheard: Entry[] = [];
  /** Onset of the latest heard note, from an arbitrary moment. */
  onsetTicks = 0;
  /** [D] added to each position: what is asked of the music. */
  readonly tags: Float32Array;
  /** [D] added once more to what the next note starts from. */
  readonly lastTags: Float32Array;

  /**
   * @param keys address of keys [layers, context, D]
   * @param values address of values, likewise
   * @param next address of what the next note starts from [D], valid when nothing is unheard
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

  /** Is to hear this next, after what is unheard. */
  hear(tuple: NoteTuple, told: readonly number[] = []): void {
    this.unheard.push({ tuple, told });
  }
}

/** A note that is heard, and how many of its piece are before it in the context. */
interface HeardNote {
  readonly state: RunState;
  readonly entry: Entry;
  readonly position: number;
}

interface PackedLayer {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly out: number;
  readonly gain: number;
  readonly up: number;
  readonly down: number;
}

interface PackedField {
  readonly size: number;
  readonly up: number;
  readonly down: number;
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
  readonly #kernel: TransformerKernel;
  readonly #layers: readonly PackedLayer[];
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
  readonly #rows: number;
  readonly #ones: number;
  /** Scratch: [R, D] each, but hidden [R, mlp or chain], turns [2, pairs], scores [context + 3], logits [R, 256]. */
  readonly #x: number;
  readonly #y: number;
  readonly #q: number;
  readonly #k: number;
  readonly #v: number;
  readonly #hidden: number;
  readonly #turns: number;
  readonly #scores: number;
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
    const { width, layers, heads, mlp, chain, context } = shape;
    if (width !== heads * headWidth) throw new RangeError(`A head is ${headWidth} wide.`);
    const sizes = fieldSizes(vocabulary);
    this.shape = shape;
    this.vocabulary = vocabulary;
    this.#kernel = kernel;
    const tensors = new Map(tensorsOf(shape, vocabulary));
    const scratch = kernel.allocate(width * Math.max(mlp, chain, ...sizes));
    const table = (name: string): Float32Array => {
      const values = new Float32Array(tensors.get(name) ?? 0);
      if (values.length > 0) weights.read(name, values);
      return values;
    };
    const stored = (name: string): number => {
      const count = tensors.get(name)!;
      const address = kernel.allocate(count);
      weights.read(name, kernel.floats(address, count));
      return address;
    };
    const packed = (name: string, inputs: number): number => {
      const count = tensors.get(name)!;
      const address = kernel.allocate(count);
      weights.read(name, kernel.floats(scratch, count));
      kernel.calls.pack(scratch, count / inputs, inputs, address);
      return address;
    };
    this.#inputs = fields.map((_, i) => table(`fields.${i}`));
    this.#tagTable = table('tags');
    this.#lastTagTable = table('last_tags');
    this.#toldTable = table('told.input');
    this.#lastToldTable = table('told.last');
    this.#layers = Array.from({ length: layers }, (_, i) => ({
      query: packed(`layers.${i}.query`, width),
      key: packed(`layers.${i}.key`, width),
      value: packed(`layers.${i}.value`, width),
      out: packed(`layers.${i}.out`, width),
      gain: stored(`layers.${i}.gain`),
      up: packed(`layers.${i}.up`, width),
      down: packed(`layers.${i}.down`, mlp),
    }));
    this.#fields = sizes.map((size, i) => ({
      size,
      up: packed(`chain.${i}.up`, width),
      down: packed(`chain.${i}.down`, chain),
      logits: packed(`chain.${i}.logits`, width),
      embedding: table(`chain.${i}.embedding`),
    }));
    this.#rows = Math.max(mostRows, capacity);
    this.#ones = kernel.allocate(heads);
    kernel.floats(this.#ones, heads).fill(1);
    this.#x = kernel.allocate(this.#rows * width);
    this.#y = kernel.allocate(this.#rows * width);
    this.#q = kernel.allocate(this.#rows * width);
    this.#k = kernel.allocate(this.#rows * width);
    this.#v = kernel.allocate(this.#rows * width);
    this.#hidden = kernel.allocate(this.#rows * Math.max(mlp, chain));
    this.#turns = kernel.allocate(2 * pairs * this.#rows);
    this.#scores = kernel.allocate(context + 3);
    this.#logits = kernel.allocate(this.#rows * Math.max(...sizes));
  }

  /** @throws RangeError when no more pieces fit. */
  open(tags: Tags): RunState {
    if (this.#open.size === this.capacity) throw new RangeError('No room for another piece.');
    const { width, layers, context } = this.shape;
    const room = (): number => this.#kernel.allocate(layers * context * width);
    const state = this.#free.pop() ?? new RunState(room(), room(), this.#kernel.allocate(width), width);
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
    const share = Math.floor(this.#rows / waiting.length);
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
    const { calls } = this.#kernel;
    const { width, heads, mlp, context } = this.shape;
    const [x, y, q, k, v, hidden] = [this.#x, this.#y, this.#q, this.#k, this.#v, this.#hidden];
    const bytes = 4 * width;
    const count = rows.length;
    const { dtEdges } = this.vocabulary;

    const input = this.#kernel.floats(x, count * width);
    const turns = this.#kernel.floats(this.#turns, count * headWidth); // of each row: cos, then sin [pairs]
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
    calls.normalise(x, x, count, width);
    for (const [row, { state, entry }] of rows.entries()) {
      addRow(input, row * width, state.tags, 0, width);
      for (const told of entry.told) addRow(input, row * width, this.#toldTable, told, width);
    }

    for (const [i, layer] of this.#layers.entries()) {
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.query, q, count, width, width, false);
      calls.multiply(y, layer.key, k, count, width, width, false);
      calls.multiply(y, layer.value, v, count, width, width, false);
      for (const [row, { state, position }] of rows.entries()) {
        const at = row * bytes;
        const cos = this.#turns + row * headWidth * 4;
        const sin = cos + pairs * 4;
        calls.rotate(q + at, heads, pairs, cos, sin, layer.gain);
        calls.rotate(k + at, heads, pairs, cos, sin, this.#ones);
        const kept = (i * context + position) * width;
        this.#kernel.floats(state.keys, kept + width).set(this.#kernel.floats(k + at, width), kept);
        this.#kernel.floats(state.values, kept + width).set(this.#kernel.floats(v + at, width), kept);
      }
      for (const [row, { state, position }] of rows.entries()) {
        const from = i * context * bytes;
        const at = row * bytes;
        calls.attend(
          q + at,
          state.keys + from,
          state.values + from,
          position + 1,
          heads,
          headWidth,
          this.#scores,
          y + at,
        );
      }
      calls.multiply(y, layer.out, x, count, width, width, true);
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.up, hidden, count, width, mlp, false);
      calls.squareOfPositive(hidden, count * mlp);
      calls.multiply(hidden, layer.down, x, count, mlp, width, true);
    }

    for (const [row, { state, entry }] of rows.entries()) {
      if (rows[row + 1]?.state === state) continue;
      calls.normalise(x + row * bytes, state.next, 1, width);
      const next = this.#kernel.floats(state.next, width);
      addRow(next, 0, state.lastTags, 0, width);
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
    const { calls } = this.#kernel;
    const { width, chain } = this.shape;
    const [h, g, hidden, logits] = [this.#x, this.#y, this.#hidden, this.#logits];
    const count = states.length;
    const starts = this.#kernel.floats(h, count * width);
    const chosen: [number, number, number, number, number][] = [];
    for (const { next } of states) {
      starts.set(this.#kernel.floats(next, width), chosen.length * width);
      chosen.push([0, 0, 0, 0, 0]);
    }
    for (const [i, field] of this.#fields.entries()) {
      calls.normalise(h, g, count, width);
      calls.multiply(g, field.up, hidden, count, width, chain, false);
      calls.squareOfPositive(hidden, count * chain);
      calls.multiply(hidden, field.down, g, count, chain, width, true);
      calls.normalise(g, g, count, width);
      calls.multiply(g, field.logits, logits, count, width, field.size, false);
      for (const [row, tuple] of chosen.entries()) {
        const value = pick(i, row, this.#kernel.floats(logits + row * field.size * 4, field.size));
        tuple[i] = value;
        addRow(starts, row * width, field.embedding, value, width);
      }
    }
    return chosen;
  }
}

/** to [at … at + width) += table's row, so many times. */
function addRow(
  to: Float32Array,
  at: number,
  table: Float32Array,
  row: number,
  width: number,
  times = 1,
): void {
  for (let i = 0, from = row * width; i < width; i++) to[at + i]! += times * table[from + i]!;
}
