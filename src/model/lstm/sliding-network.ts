import { pitches, units, windowLength, type Parameters } from './architecture.js';
import { blockSize, headColumns, writeBlock } from './kernel/block.js';
import { KernelWeights } from './kernel/forward.js';
import { Kernel } from './kernel/kernel.js';

const gates = 4 * units;
const statesInFlight = windowLength - 1;

/** A note as the network hears it. */
export interface HeardNote {
  readonly pitch: number;
  readonly stepSeconds: number;
  readonly durationSeconds: number;
}

/** Where the network is in a piece of music. */
export class RunState {
  /** Notes heard so far. */
  heard = 0;
  /** Logits of the next pitch, valid once 25 notes are heard. */
  readonly logits = new Float32Array(pitches);
  stepSeconds = NaN;
  durationSeconds = NaN;
  /** Where its 24 states are in the product. */
  row = 0;
}

/**
 * The network over sliding windows, for several pieces at once.
 *
 * A window slides by one note and starts from the zero state, so the note at hand belongs to
 * 25 windows: it begins one, and the states of the 24 others are in flight and advance together.
 * One product [24, 128] × [128, 512] a note instead of 24 dependent ones, and each note one
 * window is complete. The result is, bit for bit, that of running every window on its own.
 * Pieces share the product, and none sees another.
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
  /** The zero state, in which every window begins. */
  readonly #zero: number;
  readonly #complete: number;
  readonly #outputs: number;

  /** @param capacity how many pieces at once */
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

  /** @throws RangeError when no more pieces fit. */
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
    // The last piece takes the free place, so that the rows stay without gaps.
    for (const states of [this.#h, this.#c]) {
      this.#states(states, state.row).set(this.#states(states, last.row));
    }
    last.row = state.row;
    this.#open[last.row] = last;
  }

  /**
   * Lets the open pieces hear one note each; those that have heard 25 get an answer.
   * @param nextNote undefined: this piece waits
   */
  advance(nextNote: (state: RunState) => HeardNote | undefined): void {
    const { calls } = this.#kernel;
    const { input, recurrent, head, headBias } = this.#weights;

    const inputs = this.#kernel.floats(this.#inputs, this.#open.length * 4);
    let count = 0; // of those that hear: they lie before those that wait
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
      // The window that began 24 notes ago is complete, and the one that begins takes its place.
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

  /** Lets two pieces change places in the product. */
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
