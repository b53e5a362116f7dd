import { TransformerKernel } from '../transformer/kernel.js';
import {
  addRow,
  LayerStack,
  padded,
  SequenceState,
  WeightLoader,
  type Branch,
  type PlacedRow,
  type Shape,
} from '../transformer/layers.js';
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
import { tensorsOf, type SongClocks, type SongModel } from './weights.js';

/** One position of an input sequence. */
export interface Heard {
  /** `composed`, `given` or `startMark`. */
  readonly kind: number;
  /** Bar step, position, part, pitch, duration, velocity; ignored for a start mark. */
  readonly fields: readonly number[];
  /** Onset on the grid, relative to an origin that is the same for the whole sequence. */
  readonly onset: number;
  /** Plan fields of the place. */
  readonly told: readonly number[];
}

/** No tonic or no root; intervals above it do not apply. */
const noBase = 12;
/** Intervals above tonic and root that are added to pitches, each padded to a multiple of 16. */
const steps = 16;

/** The network's state in a sequence. */
export class SongState extends SequenceState {
  /** Number of positions with cached keys and values. */
  heard = 0;
  /** Pending input, in order. */
  readonly unheard: Heard[] = [];
}

/** Draws the next note of a sequence, field by field. */
export interface Chooser {
  /** Draws a field from its logits, which may be modified until it returns; undefined ends the note. */
  readonly pick: (field: number, logits: Float32Array) => number | undefined;
  /** Plan fields of the note's place, once bar and position are drawn. */
  readonly told: () => readonly number[];
  /** Whether to draw a velocity. */
  readonly hasVelocity: boolean;
}

interface HeardRow extends PlacedRow {
  readonly state: SongState;
  readonly heard: Heard;
}

interface PackedField extends Branch {
  /** A multiple of 16, as the kernel requires. */
  readonly outputs: number;
  readonly size: number;
  readonly logits: number;
  /** [size, D] */
  readonly embedding: Float32Array;
}

const position = fields.indexOf('position');
const part = fields.indexOf('part');
const pitch = fields.indexOf('pitch');
const velocity = fields.indexOf('velocity');

/**
 * The Transformer of `training/song/model.py`, position by position, for several sequences in a batch. Caches
 * keys and values; a sequence is at most as long as the context.
 *
 * D width, R rows (positions per product).
 */
export class SongNetwork {
  readonly shape: Shape;
  readonly #stack: LayerStack;
  readonly #clocks: SongClocks;
  readonly #fields: readonly PackedField[];
  /** Intervals above tonic and root [2 · 16, D], packed. */
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
  /** Scratch [R, 192] and [R, 2 · 16]. */
  readonly #logits: number;
  readonly #steps: number;

  /**
   * @param capacity maximum number of concurrent sequences
   * @throws RangeError when the network's heads are not as wide as its clocks require
   */
  constructor(
    { shape, clocks, weights }: SongModel,
    readonly capacity: number,
    kernel = new TransformerKernel(),
  ) {
    const { width, mlp, chain } = shape;
    const pairs = clocks.number.length + clocks.onset.length + clocks.pitch.length;
    this.shape = shape;
    this.#clocks = clocks;
    const mostValues = width * Math.max(mlp, chain, ...Object.values(fieldSizes).map(padded));
    const loader = new WeightLoader(kernel, weights, new Map(tensorsOf(shape)), mostValues);
    this.#inputs = fields.map((_, i) => loader.table(`fields.${i}`));
    this.#aboveTonic = loader.table('above_tonic');
    this.#aboveRoot = loader.table('above_root');
    this.#kind = loader.table('kind');
    this.#plan = loader.table('plan');
    this.#nextPlan = loader.table('next_plan');
    this.#tagTable = loader.table('tags');
    this.#lastTagTable = loader.table('last_tags');
    this.#stack = new LayerStack(kernel, shape, pairs, capacity, loader);
    this.#fields = Object.values(fieldSizes).map((size, i) => ({
      outputs: padded(size),
      size,
      up: loader.packed(width, `chain.${i}.up`),
      down: loader.packed(chain, `chain.${i}.down`),
      logits: loader.packed(width, `chain.${i}.logits`),
      embedding: loader.table(`chain.${i}.embedding`),
    }));
    this.#stepLogits = loader.packed(width, 'tonic_logits', 'root_logits');
    const { rows } = this.#stack;
    this.#logits = kernel.allocate(rows * Math.max(...this.#fields.map(({ outputs }) => outputs)));
    this.#steps = kernel.allocate(rows * 2 * steps);
  }

  /** @throws RangeError when `capacity` sequences are open. */
  open(tags: SongTags): SongState {
    if (this.#open.size === this.capacity) throw new RangeError('No room for another sequence.');
    const { width } = this.shape;
    const state = this.#free.pop() ?? new SongState(...this.#stack.room(), width);
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

  /** Resets the sequence, so that another one of the same piece can begin. */
  begin(state: SongState): void {
    state.heard = 0;
    state.unheard.length = 0;
  }

  close(state: SongState): void {
    if (this.#open.delete(state)) this.#free.push(state);
  }

  /**
   * Processes the pending input of the open sequences, as much as fits into one product.
   * @throws RangeError when a sequence is longer than the context
   */
  advance(): void {
    const waiting = [...this.#open].filter(({ unheard }) => unheard.length > 0);
    if (waiting.length === 0) return;
    const share = Math.floor(this.#stack.rows / waiting.length);
    const rows = waiting.flatMap((state) => {
      if (state.heard + state.unheard.length > this.shape.context) {
        throw new RangeError(`A sequence is longer than ${this.shape.context} positions.`);
      }
      const first = state.heard;
      const next = state.unheard.splice(0, share);
      state.heard += next.length;
      return next.map((heard, i) => ({ state, heard, position: first + i }));
    });
    this.#hear(rows);
  }

  /** @param rows contiguous for each sequence */
  #hear(rows: readonly HeardRow[]): void {
    const { kernel, x, pairs } = this.#stack;
    const { width } = this.shape;
    const count = rows.length;

    const input = kernel.floats(x, count * width);
    const turns = kernel.floats(this.#stack.turns, count * 2 * pairs); // for each row: cos, then sin [pairs]
    input.fill(0);
    rows.forEach(({ heard, position: place }, row) => {
      this.#embed(input, row * width, heard);
      this.#turn(turns, row * 2 * pairs, heard, place);
    });
    kernel.calls.normalise(x, x, count, width);
    rows.forEach(({ state }, row) => {
      addRow(input, row * width, state.tags, 0, width);
    });

    this.#stack.run(rows);
  }

  /** Adds the embedding of a position to a row. */
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
    const { pairs } = this.#stack;
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
   * Draws the next note of each of these sequences, which must have input and nothing pending. The result for
   * a sequence is bit-identical whatever others are in the batch.
   */
  choose(choices: readonly { readonly state: SongState; readonly chooser: Chooser }[]): void {
    const { kernel, x, y } = this.#stack;
    const { calls } = kernel;
    const { width } = this.shape;
    const logits = this.#logits;
    const notes = choices.map(({ state, chooser }) => ({
      state,
      chooser,
      part: 0,
      told: [] as readonly number[],
    }));
    const start = kernel.floats(x, notes.length * width);
    notes.forEach(({ state }, row) => start.set(kernel.floats(state.next, width), row * width));
    let rows = notes;
    for (const [i, field] of this.#fields.entries()) {
      const kept = i === velocity ? rows.filter(({ chooser }) => chooser.hasVelocity) : rows;
      rows = this.#keep(rows, kept);
      const count = rows.length;
      if (count === 0) return;
      const starts = kernel.floats(x, count * width);
      this.#stack.branch(field, count);
      calls.multiply(y, field.logits, logits, count, width, field.outputs, false);
      if (i === pitch) calls.multiply(y, this.#stepLogits, this.#steps, count, width, 2 * steps, false);
      const going: typeof rows = [];
      for (const [row, note] of rows.entries()) {
        const values = kernel.floats(logits + 4 * row * field.outputs, field.size);
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

  /** Compacts the start vectors of the notes that continue. */
  #keep<T>(rows: readonly T[], kept: T[]): T[] {
    if (kept.length < rows.length) {
      const { width } = this.shape;
      const starts = this.#stack.kernel.floats(this.#stack.x, rows.length * width);
      kept.forEach((note, row) => {
        const from = rows.indexOf(note) * width;
        starts.copyWithin(row * width, from, from + width);
      });
    }
    return kept;
  }

  /** Adds the logits of intervals above tonic and root to those of pitches. */
  #addSteps(logits: Float32Array, row: number, told: readonly number[]): void {
    const values = this.#stack.kernel.floats(this.#steps + 4 * row * 2 * steps, 2 * steps);
    [tonicOf(told), rootOf(told)].forEach((base, i) => {
      if (base === noBase) return;
      for (let p = 0; p < logits.length; p++) logits[p]! += values[i * steps + ((p - base + 12) % 12)]!;
    });
  }
}

/** Pitch class of the tonic in the plan fields. */
function tonicOf(told: readonly number[]): number {
  const key = told[keyField]!;
  return key === untold('key') ? noBase : key >> 1;
}

/** Pitch class of the chord's root in the plan fields. */
function rootOf(told: readonly number[]): number {
  const chord = told[chordField]!;
  return chord === 0 || chord === untold('chord') ? noBase : (chord - 1) >> 3;
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
