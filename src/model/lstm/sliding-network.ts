import { pitches, units, windowLength, type Parameters } from './architecture.js';
import { blockSize, headColumns, writeBlock } from './kernel/block.js';
import { KernelWeights } from './kernel/forward.js';
import { Kernel } from './kernel/kernel.js';

const gates = 4 * units;
const statesInFlight = windowLength - 1;

/** A note as the network's input. */
export interface HeardNote {
  readonly pitch: number;
  readonly stepSeconds: number;
  readonly durationSeconds: number;
}

/** The network's state in one piece of music. */
export class RunState {
  /** Number of input notes so far. */
  heard = 0;
  /** Logits of the next pitch, valid after 25 notes. */
  readonly logits = new Float32Array(pitches);
  stepSeconds = NaN;
  durationSeconds = NaN;
  /** Row of its 24 states in the matrix product. */
  row = 0;
}

/**
 * The network over sliding windows, for several pieces in a batch.
 *
 * A window slides by one note and starts from the zero state, so each note belongs to 25 windows: it starts
 * one, and the states of the 24 others advance together. This needs one product [24, 128] × [128, 512] per
 * note instead of 24 dependent ones, and each note completes one window. The result is bit-identical to
 * running every window separately. Pieces share the product, but do not affect each other.
 */
export class SlidingNetwork {
  readonly #kernel = new Kernel();
  readonly #weights = new KernelWeights(this.#kernel);
  /** By row. */
  readonly #open: RunState[] = [];
  readonly #inputs: number;
  readonly #projected: number;
  readonly #z: number;
  readonly #h: number;
  readonly #c: number;
  readonly #tanhC: number;
  /** The initial state of every window. */
  readonly #zero: number;
  readonly #complete: number;
  readonly #outputs: number;

  /** @param capacity maximum number of concurrent pieces */
  constructor(
    parameters: Parameters,
    readonly capacity: number,
  ) {
    writeBlock(parameters, this.#kernel.floats(this.#weights.block, blockSize));
    this.#weights.pack();
    const rows = capacity * statesInFlight;
    this.#inputs = this.#kernel.allocate(capacity * 4);
    this.#projected = this.#kernel.allocate(capacity * gates);
    this.#z = this.#kernel.allocate(rows * gates);
    this.#h = this.#kernel.allocate(rows * units);
    this.#c = this.#kernel.allocate(rows * units);
    this.#tanhC = this.#kernel.allocate(rows * units);
    this.#zero = this.#kernel.allocate(units);
    this.#complete = this.#kernel.allocate(capacity * units);
    this.#outputs = this.#kernel.allocate(capacity * headColumns);
  }

  /** @throws RangeError when `capacity` pieces are open. */
  open(): RunState {
    if (this.#open.length === this.capacity) throw new RangeError('No room for another piece.');
    const state = new RunState();
    state.row = this.#open.length;
    this.#open.push(state);
    for (const states of [this.#h, this.#c]) this.#states(states, state.row).fill(0);
    return state;
  }

  close(state: RunState): void {
    const last = this.#open.pop();
    if (last === undefined || last === state) return;
    // The last piece moves to the free row, so that the rows stay contiguous.
    for (const states of [this.#h, this.#c]) {
      this.#states(states, state.row).set(this.#states(states, last.row));
    }
    last.row = state.row;
    this.#open[last.row] = last;
  }

  /**
   * Feeds one note to each open piece; those with 25 notes get logits.
   * @param nextNote returns undefined to make a piece wait
   */
  advance(nextNote: (state: RunState) => HeardNote | undefined): void {
    const { calls } = this.#kernel;
    const { input, recurrent, head, headBias } = this.#weights;

    const inputs = this.#kernel.floats(this.#inputs, this.#open.length * 4);
    let count = 0; // number of pieces with input; they precede the waiting ones
    for (const state of [...this.#open]) {
      const note = nextNote(state);
      if (note === undefined) continue;
      this.#exchange(state, this.#open[count]!);
      inputs.set([note.pitch / 128, note.stepSeconds, note.durationSeconds, 1], count * 4);
      state.heard += 1;
      count += 1;
    }
    if (count === 0) return;
    const rows = count * statesInFlight;
    this.#kernel.floats(this.#projected, count * gates).fill(0);
    calls.multiplyAdd(this.#inputs, 4, 1, input, this.#projected, gates, count, 4, gates);
    for (let row = 0; row < count; row++) {
      const z = this.#z + row * statesInFlight * gates * 4;
      calls.fillRows(this.#projected + row * gates * 4, z, gates, statesInFlight, gates);
    }
    calls.multiplyAdd(this.#h, units, 1, recurrent, this.#z, gates, rows, units, gates);
    calls.cell(this.#z, this.#c, this.#c, this.#tanhC, this.#h, rows);

    const heard = this.#open.slice(0, count);
    for (const { row, heard: notes } of heard) {
      // The window that started 24 notes ago is complete, and a new one takes its place.
      const state = (row * statesInFlight + (notes % statesInFlight)) * units * 4;
      const h = this.#h + state;
      calls.fillRows(h, this.#complete + row * units * 4, units, 1, units);
      calls.cell(this.#projected + row * gates * 4, this.#zero, this.#c + state, this.#tanhC, h, 1);
    }
    calls.fillRows(headBias, this.#outputs, headColumns, count, headColumns);
    calls.multiplyAdd(this.#complete, units, 1, head, this.#outputs, headColumns, count, units, headColumns);
    for (const state of heard) {
      const outputs = this.#kernel.floats(this.#outputs + state.row * headColumns * 4, headColumns);
      state.logits.set(outputs.subarray(0, pitches));
      state.stepSeconds = outputs[pitches]!;
      state.durationSeconds = outputs[pitches + 1]!;
    }
  }

  /** Swaps the rows of two pieces. */
  #exchange(a: RunState, b: RunState): void {
    if (a === b) return;
    for (const states of [this.#h, this.#c]) {
      const [ofA, ofB] = [this.#states(states, a.row), this.#states(states, b.row)];
      const kept = ofA.slice();
      ofA.set(ofB);
      ofB.set(kept);
    }
    [a.row, b.row] = [b.row, a.row];
    this.#open[a.row] = a;
    this.#open[b.row] = b;
  }

  /** The states [24, 128] of a row. */
  #states(address: number, row: number): Float32Array {
    const size = statesInFlight * units;
    return this.#kernel.floats(address + row * size * 4, size);
  }
}
