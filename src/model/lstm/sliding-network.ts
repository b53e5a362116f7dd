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

/** One piece on its way through the network. */
export class Stream {
  /** Notes heard so far. */
  heard = 0;
  /** Logits of the next pitch, valid once 25 notes are heard. */
  readonly logits = new Float32Array(pitches);
  stepSeconds = NaN;
  durationSeconds = NaN;
  /** Where its 24 states lie in the product. */
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
  readonly #streams: Stream[] = [];
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

  get streams(): readonly Stream[] {
    return this.#streams;
  }

  /** @throws RangeError when {@link capacity} streams are open. */
  open(): Stream {
    if (this.#streams.length === this.capacity) throw new RangeError('No stream is free.');
    const stream = new Stream();
    stream.row = this.#streams.length;
    this.#streams.push(stream);
    for (const states of [this.#h, this.#c]) this.#states(states, stream.row).fill(0);
    return stream;
  }

  close(stream: Stream): void {
    const last = this.#streams.pop();
    if (last === undefined || last === stream) return;
    // The last stream takes the free place, so that the rows stay without gaps.
    for (const states of [this.#h, this.#c]) {
      this.#states(states, stream.row).set(this.#states(states, last.row));
    }
    last.row = stream.row;
    this.#streams[last.row] = last;
  }

  /** Lets every open stream hear one note; those that have heard 25 get an answer. */
  advance(nextNote: (stream: Stream) => HeardNote): void {
    const { calls } = this.#kernel;
    const { input, recurrent, head, headBias } = this.#weights;
    const count = this.#streams.length;
    const rows = count * statesInFlight;

    const inputs = this.#kernel.floats(this.#inputs, count * 4);
    for (const stream of this.#streams) {
      const { pitch, stepSeconds, durationSeconds } = nextNote(stream);
      inputs.set([pitch / 128, stepSeconds, durationSeconds, 1], stream.row * 4);
      stream.heard += 1;
    }
    this.#kernel.floats(this.#projected, count * gates).fill(0);
    calls.multiplyAdd(this.#inputs, 4, 1, input, this.#projected, gates, count, 4, gates);
    for (let row = 0; row < count; row++) {
      const z = this.#z + row * statesInFlight * gates * 4;
      calls.fillRows(this.#projected + row * gates * 4, z, gates, statesInFlight, gates);
    }
    calls.multiplyAdd(this.#h, units, 1, recurrent, this.#z, gates, rows, units, gates);
    calls.cell(this.#z, this.#c, this.#c, this.#tanhC, this.#h, rows);

    for (const { row, heard } of this.#streams) {
      // The window that began 24 notes ago is complete, and the one that begins takes its place.
      const state = (row * statesInFlight + (heard % statesInFlight)) * units * 4;
      const h = this.#h + state;
      calls.fillRows(h, this.#complete + row * units * 4, units, 1, units);
      calls.cell(this.#projected + row * gates * 4, this.#zero, this.#c + state, this.#tanhC, h, 1);
    }
    calls.fillRows(headBias, this.#outputs, headColumns, count, headColumns);
    calls.multiplyAdd(this.#complete, units, 1, head, this.#outputs, headColumns, count, units, headColumns);
    for (const stream of this.#streams) {
      const outputs = this.#kernel.floats(this.#outputs + stream.row * headColumns * 4, headColumns);
      stream.logits.set(outputs.subarray(0, pitches));
      stream.stepSeconds = outputs[pitches]!;
      stream.durationSeconds = outputs[pitches + 1]!;
    }
  }

  /** The states [24, 128] of a row. */
  #states(address: number, row: number): Float32Array {
    const size = statesInFlight * units;
    return this.#kernel.floats(address + row * size * 4, size);
  }
}
