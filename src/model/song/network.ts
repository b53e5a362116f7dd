import { TransformerKernel } from '../transformer/kernel.js';
import {
  chordField,
  drumsPart,
  fields,
  fieldSizes,
  keyField,
  rowsOf,
  startMark,
  toldOffsets,
  untold,
  type SongTags,
} from './vocabulary.js';
import { tensorsOf, type SongClocks, type SongModel, type SongShape } from './weights.js';

/** A position of a sequence as the network hears it. */
export interface Heard {
  /** `composed`, `given` or `startMark`. */
  readonly kind: number;
  /** Bar step, position, part, pitch, duration, velocity; of a start mark nothing of it counts. */
  readonly fields: readonly number[];
  /** Position of the grid, from a moment that is the same for the whole sequence. */
  readonly onset: number;
  /** What is told of the place. */
  readonly told: readonly number[];
}

/** Products that several positions share; more would not be faster. */
const mostRows = 32;

/** No tonic or no root: a step above it is none. */
const noBase = 12;
/** Steps above tonic and root that are added to pitches, each padded to a multiple of 16. */
const steps = 16;

/** Where the network is in a sequence. */
export class SongState {
  /** Positions whose keys and values are kept. */
  heard = 0;
  /** Still to be heard, in this order. */
  readonly unheard: Heard[] = [];
  /** [D] added to each position: what is told of the whole piece. */
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
}

/** How the next note of a sequence is drawn, field by field. */
export interface Chooser {
  /** Draws a field from its logits, which are the caller's until it returns; undefined ends the note there. */
  readonly pick: (field: number, logits: Float32Array) => number | undefined;
  /** What is told of the place of the note, once bar and position are drawn. */
  readonly told: () => readonly number[];
  /** Whether a velocity is drawn. */
  readonly hasVelocity: boolean;
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
  /** A multiple of 16, as the kernel needs it. */
  readonly outputs: number;
  readonly size: number;
  readonly up: number;
  readonly down: number;
  readonly logits: number;
  /** [size, D] */
  readonly embedding: Float32Array;
}

const position = fields.indexOf('position');
const part = fields.indexOf('part');
const pitch = fields.indexOf('pitch');
const velocity = fields.indexOf('velocity');

/**
 * The Transformer of `training/song/model.py`, position by position, for several sequences at once. Keys and
 * values of the positions heard are kept; a sequence is at most as long as the context.
 *
 * D width, R rows (positions heard in one product).
 */
export class SongNetwork {
  readonly shape: SongShape;
  readonly #kernel: TransformerKernel;
  readonly #clocks: SongClocks;
  /** Pairs of a head that RoPE turns. */
  readonly #pairs: number;
  readonly #layers: readonly PackedLayer[];
  readonly #fields: readonly PackedField[];
  /** Steps above tonic and root [2 · 16, D], packed. */
  readonly #stepLogits: number;
  /** Tables [rows, D]. */
  readonly #inputs: readonly Float32Array[];
  readonly #aboveTonic: Float32Array;
  readonly #aboveRoot: Float32Array;
  readonly #kind: Float32Array;
  readonly #plan: Float32Array;
  readonly #nextPlan: Float32Array;
  readonly #tagTable: Float32Array;
  readonly #lastTagTable: Float32Array;
  readonly #free: SongState[] = [];
  readonly #open = new Set<SongState>();
  readonly #rows: number;
  readonly #ones: number;
  /** Scratch: [R, D] each, but hidden [R, mlp or chain], turns [R, 2, pairs], scores [context + 3], logits [R, 192]. */
  readonly #x: number;
  readonly #y: number;
  readonly #q: number;
  readonly #k: number;
  readonly #v: number;
  readonly #hidden: number;
  readonly #turns: number;
  readonly #scores: number;
  readonly #logits: number;
  readonly #steps: number;

  /**
   * @param capacity how many sequences at once
   * @throws RangeError when the network's heads are not as wide as its clocks need
   */
  constructor(
    { shape, clocks, weights }: SongModel,
    readonly capacity: number,
    kernel = new TransformerKernel(),
  ) {
    const { width, layers, heads, mlp, chain, context } = shape;
    const pairs = clocks.number.length + clocks.onset.length + clocks.pitch.length;
    if (width !== 2 * pairs * heads) throw new RangeError(`A head is ${2 * pairs} wide.`);
    this.shape = shape;
    this.#kernel = kernel;
    this.#clocks = clocks;
    this.#pairs = pairs;
    const tensors = new Map(tensorsOf(shape));
    const scratch = kernel.allocate(width * Math.max(mlp, chain, ...Object.values(fieldSizes)));
    const table = (name: string): Float32Array => {
      const values = new Float32Array(tensors.get(name)!);
      weights.read(name, values);
      return values;
    };
    const stored = (name: string): number => {
      const count = tensors.get(name)!;
      const address = kernel.allocate(count);
      weights.read(name, kernel.floats(address, count));
      return address;
    };
    /** Several matrices one below the other, each padded with rows of zeros to a multiple of 16. */
    const packed = (inputs: number, ...names: readonly string[]): number => {
      const rows = names.map((name) => padded(tensors.get(name)! / inputs));
      const total = rows.reduce((sum, each) => sum + each, 0);
      const address = kernel.allocate(total * inputs);
      kernel.floats(scratch, total * inputs).fill(0);
      names.forEach((name, i) => {
        const before = rows.slice(0, i).reduce((sum, each) => sum + each, 0);
        weights.read(name, kernel.floats(scratch + 4 * before * inputs, tensors.get(name)!));
      });
      kernel.calls.pack(scratch, total, inputs, address);
      return address;
    };
    this.#inputs = fields.map((_, i) => table(`fields.${i}`));
    this.#aboveTonic = table('above_tonic');
    this.#aboveRoot = table('above_root');
    this.#kind = table('kind');
    this.#plan = table('plan');
    this.#nextPlan = table('next_plan');
    this.#tagTable = table('tags');
    this.#lastTagTable = table('last_tags');
    this.#layers = Array.from({ length: layers }, (_, i) => ({
      query: packed(width, `layers.${i}.query`),
      key: packed(width, `layers.${i}.key`),
      value: packed(width, `layers.${i}.value`),
      out: packed(width, `layers.${i}.out`),
      gain: stored(`layers.${i}.gain`),
      up: packed(width, `layers.${i}.up`),
      down: packed(mlp, `layers.${i}.down`),
    }));
    this.#fields = Object.values(fieldSizes).map((size, i) => ({
      outputs: padded(size),
      size,
      up: packed(width, `chain.${i}.up`),
      down: packed(chain, `chain.${i}.down`),
      logits: packed(width, `chain.${i}.logits`),
      embedding: table(`chain.${i}.embedding`),
    }));
    this.#stepLogits = packed(width, 'tonic_logits', 'root_logits');
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
    this.#logits = kernel.allocate(this.#rows * Math.max(...this.#fields.map(({ outputs }) => outputs)));
    this.#steps = kernel.allocate(this.#rows * 2 * steps);
  }

  /** @throws RangeError when as many sequences are open as there is room for. */
  open(tags: SongTags): SongState {
    if (this.#open.size === this.capacity) throw new RangeError('No room for another sequence.');
    const { width, layers, context } = this.shape;
    const room = (): number => this.#kernel.allocate(layers * context * width);
    const state = this.#free.pop() ?? new SongState(room(), room(), this.#kernel.allocate(width), width);
    this.begin(state);
    state.tags.fill(0);
    state.lastTags.fill(0);
    for (const row of rowsOf(tags)) {
      addRow(state.tags, 0, this.#tagTable, row, width);
      addRow(state.lastTags, 0, this.#lastTagTable, row, width);
    }
    this.#open.add(state);
    return state;
  }

  /** Forgets the sequence, so that another one of the same piece can begin. */
  begin(state: SongState): void {
    state.heard = 0;
    state.unheard.length = 0;
  }

  close(state: SongState): void {
    if (this.#open.delete(state)) this.#free.push(state);
  }

  /**
   * Lets the open sequences hear what is unheard, as much as fits in one product.
   * @throws RangeError when a sequence is longer than the context
   */
  advance(): void {
    const waiting = [...this.#open].filter(({ unheard }) => unheard.length > 0);
    if (waiting.length === 0) return;
    const share = Math.floor(this.#rows / waiting.length);
    const rows = waiting.flatMap((state) => {
      if (state.heard + state.unheard.length > this.shape.context) {
        throw new RangeError(`A sequence is longer than ${this.shape.context} positions.`);
      }
      const first = state.heard;
      const next = state.unheard.splice(0, share);
      state.heard += next.length;
      return next.map((heard, i) => ({ state, heard, place: first + i }));
    });
    this.#hear(rows);
  }

  /** @param rows those of one sequence one after the other */
  #hear(rows: readonly { readonly state: SongState; readonly heard: Heard; readonly place: number }[]): void {
    const { calls } = this.#kernel;
    const { width, heads, mlp, context } = this.shape;
    const [x, y, q, k, v, hidden] = [this.#x, this.#y, this.#q, this.#k, this.#v, this.#hidden];
    const headWidth = 2 * this.#pairs;
    const bytes = 4 * width;
    const count = rows.length;

    const input = this.#kernel.floats(x, count * width);
    const turns = this.#kernel.floats(this.#turns, count * headWidth); // of each row: cos, then sin [pairs]
    input.fill(0);
    rows.forEach(({ heard, place }, row) => {
      this.#embed(input, row * width, heard);
      this.#turn(turns, row * headWidth, heard, place);
    });
    calls.normalise(x, x, count, width);
    rows.forEach(({ state }, row) => {
      addRow(input, row * width, state.tags, 0, width);
    });

    this.#layers.forEach((layer, i) => {
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.query, q, count, width, width, false);
      calls.multiply(y, layer.key, k, count, width, width, false);
      calls.multiply(y, layer.value, v, count, width, width, false);
      rows.forEach(({ state, place }, row) => {
        const at = row * bytes;
        const cos = this.#turns + row * headWidth * 4;
        const sin = cos + this.#pairs * 4;
        calls.rotate(q + at, heads, this.#pairs, cos, sin, layer.gain);
        calls.rotate(k + at, heads, this.#pairs, cos, sin, this.#ones);
        const kept = (i * context + place) * width;
        this.#kernel.floats(state.keys, kept + width).set(this.#kernel.floats(k + at, width), kept);
        this.#kernel.floats(state.values, kept + width).set(this.#kernel.floats(v + at, width), kept);
      });
      rows.forEach(({ state, place }, row) => {
        const from = i * context * bytes;
        const at = row * bytes;
        const [keys, values] = [state.keys + from, state.values + from];
        calls.attend(q + at, keys, values, place + 1, heads, headWidth, this.#scores, y + at);
      });
      calls.multiply(y, layer.out, x, count, width, width, true);
      calls.normalise(x, y, count, width);
      calls.multiply(y, layer.up, hidden, count, width, mlp, false);
      calls.squareOfPositive(hidden, count * mlp);
      calls.multiply(hidden, layer.down, x, count, mlp, width, true);
    });

    rows.forEach(({ state }, row) => {
      if (rows[row + 1]?.state === state) return;
      calls.normalise(x + row * bytes, state.next, 1, width);
      addRow(this.#kernel.floats(state.next, width), 0, state.lastTags, 0, width);
    });
  }

  /** Adds what a position is to a row. */
  #embed(input: Float32Array, at: number, { kind, fields: values, told }: Heard): void {
    const { width } = this.shape;
    if (kind !== startMark) {
      values.forEach((value, field) => addRow(input, at, this.#inputs[field]!, value, width));
      const isDrums = values[part] === drumsPart;
      const above = (base: number): number =>
        isDrums || base === noBase ? noBase : (values[pitch]! - base + 12) % 12;
      addRow(input, at, this.#aboveTonic, above(tonicOf(told)), width);
      addRow(input, at, this.#aboveRoot, above(rootOf(told)), width);
    }
    addRow(input, at, this.#kind, kind, width);
    addTold(input, at, this.#plan, told, width);
  }

  /** Cosines and sines of a position's angles. */
  #turn(turns: Float32Array, at: number, { kind, fields: values, onset }: Heard, place: number): void {
    const { number, onset: onsets, pitch: pitches, startPitch } = this.#clocks;
    const pairs = this.#pairs;
    const turn = (i: number, angle: number): void => {
      turns[at + i] = Math.cos(angle);
      turns[at + pairs + i] = Math.sin(angle);
    };
    let i = 0;
    for (const speed of number) turn(i++, speed * place);
    for (const speed of onsets) turn(i++, speed * onset);
    for (const speed of pitches) turn(i++, speed * (kind === startMark ? startPitch : values[pitch]!));
  }

  /**
   * Draws the next note of each of these sequences, which have heard something and have nothing unheard.
   * A field of one is answered the same, bit for bit, whatever others are beside it.
   */
  choose(choices: readonly { readonly state: SongState; readonly chooser: Chooser }[]): void {
    const { calls } = this.#kernel;
    const { width, chain } = this.shape;
    const [h, g, hidden, logits] = [this.#x, this.#y, this.#hidden, this.#logits];
    const notes = choices.map(({ state, chooser }) => ({
      state,
      chooser,
      part: 0,
      told: [] as readonly number[],
    }));
    const start = this.#kernel.floats(h, notes.length * width);
    notes.forEach(({ state }, row) => start.set(this.#kernel.floats(state.next, width), row * width));
    let rows = notes;
    for (const [i, field] of this.#fields.entries()) {
      const kept = i === velocity ? rows.filter(({ chooser }) => chooser.hasVelocity) : rows;
      rows = this.#keep(rows, kept);
      const count = rows.length;
      if (count === 0) return;
      const starts = this.#kernel.floats(h, count * width);
      calls.normalise(h, g, count, width);
      calls.multiply(g, field.up, hidden, count, width, chain, false);
      calls.squareOfPositive(hidden, count * chain);
      calls.multiply(hidden, field.down, g, count, chain, width, true);
      calls.normalise(g, g, count, width);
      calls.multiply(g, field.logits, logits, count, width, field.outputs, false);
      if (i === pitch) calls.multiply(g, this.#stepLogits, this.#steps, count, width, 2 * steps, false);
      const going: typeof rows = [];
      for (const [row, note] of rows.entries()) {
        const values = this.#kernel.floats(logits + 4 * row * field.outputs, field.size);
        if (i === pitch && note.part !== drumsPart) this.#addSteps(values, row, note.told);
        const value = note.chooser.pick(i, values);
        if (value === undefined) continue;
        if (i !== velocity) addRow(starts, row * width, field.embedding, value, width);
        if (i === position) {
          note.told = note.chooser.told();
          addTold(starts, row * width, this.#nextPlan, note.told, width);
        }
        if (i === part) note.part = value;
        going.push(note);
      }
      rows = this.#keep(rows, going);
    }
  }

  /** Moves what the notes that continue start from together. */
  #keep<T>(rows: readonly T[], kept: T[]): T[] {
    if (kept.length < rows.length) {
      const { width } = this.shape;
      const starts = this.#kernel.floats(this.#x, rows.length * width);
      kept.forEach((note, row) => {
        const from = rows.indexOf(note) * width;
        starts.copyWithin(row * width, from, from + width);
      });
    }
    return kept;
  }

  /** Adds the logits of steps above tonic and root to those of pitches. */
  #addSteps(logits: Float32Array, row: number, told: readonly number[]): void {
    const values = this.#kernel.floats(this.#steps + 4 * row * 2 * steps, 2 * steps);
    [tonicOf(told), rootOf(told)].forEach((base, i) => {
      if (base === noBase) return;
      for (let p = 0; p < logits.length; p++) logits[p]! += values[i * steps + ((p - base + 12) % 12)]!;
    });
  }
}

/** Pitch class of the tonic that is told. */
function tonicOf(told: readonly number[]): number {
  const key = told[keyField]!;
  return key === untold('key') ? noBase : key >> 1;
}

/** Pitch class of the root of the chord that is told. */
function rootOf(told: readonly number[]): number {
  const chord = told[chordField]!;
  return chord === 0 || chord === untold('chord') ? noBase : (chord - 1) >> 3;
}

/** The next multiple of 16. */
function padded(count: number): number {
  return Math.ceil(count / 16) * 16;
}

function addTold(
  to: Float32Array,
  at: number,
  table: Float32Array,
  told: readonly number[],
  width: number,
): void {
  for (let i = 0; i < told.length; i++) addRow(to, at, table, toldOffsets[i]! + told[i]!, width);
}

/** to [at … at + width) += a row of a table. */
function addRow(to: Float32Array, at: number, table: Float32Array, row: number, width: number): void {
  for (let i = 0, from = row * width; i < width; i++) to[at + i]! += table[from + i]!;
}
