import { units, windowLength } from '../architecture.js';
import { blockSize, headAt, headBiasAt, headColumns, inputAt, recurrentAt } from './block.js';
import type { Kernel } from './kernel.js';

const gates = 4 * units;

/** The parameters in the kernel's memory, with packed copies for its matrix products. */
export class KernelWeights {
  readonly block: number;
  readonly input: number;
  readonly recurrent: number;
  readonly head: number;
  readonly headBias: number;
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.block = kernel.allocate(blockSize);
    this.input = kernel.allocate(4 * gates);
    this.recurrent = kernel.allocate(units * gates);
    this.head = kernel.allocate(units * headColumns);
    this.headBias = this.block + 4 * headBiasAt;
  }

  /** Call it after every change of the block. */
  pack(): void {
    const { calls } = this.#kernel;
    calls.pack(this.block + 4 * inputAt, gates, 4, gates, this.input);
    calls.pack(this.block + 4 * recurrentAt, gates, units, gates, this.recurrent);
    calls.pack(this.block + 4 * headAt, headColumns, units, headColumns, this.head);
  }
}

/**
 * The straightforward forward pass: whole windows, each from the zero state, in a batch of many rows. Keeps
 * the values of every step for back-propagation.
 */
export class WindowForward {
  /** Inputs [25, capacity, 4]: pitch / 128, step s, duration s, 1. */
  readonly inputs: number;
  /** Gates [25, capacity, 512]. */
  readonly z: number;
  /** Cell states [26, capacity, 128]; the first are zero, as in {@link h}. */
  readonly c: number;
  readonly tanhC: number;
  readonly h: number;
  /** Outputs [capacity, 144]. */
  readonly outputs: number;

  constructor(
    private readonly kernel: Kernel,
    private readonly weights: KernelWeights,
    readonly capacity: number,
  ) {
    this.inputs = kernel.allocate(windowLength * capacity * 4);
    this.z = kernel.allocate(windowLength * capacity * gates);
    this.c = kernel.allocate((windowLength + 1) * capacity * units);
    this.tanhC = kernel.allocate(windowLength * capacity * units);
    this.h = kernel.allocate((windowLength + 1) * capacity * units);
    this.outputs = kernel.allocate(capacity * headColumns);
  }

  /** Computes {@link outputs} from {@link inputs} for the first `rows` rows. */
  run(rows: number): void {
    const { calls } = this.kernel;
    const { input, recurrent, head, headBias } = this.weights;
    const state = this.capacity * units * 4;
    for (let t = 0; t < windowLength; t++) {
      const z = this.z + t * this.capacity * gates * 4;
      const h = this.h + t * state;
      const c = this.c + t * state;
      this.kernel.floats(z, rows * gates).fill(0);
      calls.multiplyAdd(this.inputs + t * this.capacity * 16, 4, 1, input, z, gates, rows, 4, gates);
      if (t > 0) calls.multiplyAdd(h, units, 1, recurrent, z, gates, rows, units, gates);
      calls.cell(z, c, c + state, this.tanhC + t * state, h + state, rows);
    }
    calls.fillRows(headBias, this.outputs, headColumns, rows, headColumns);
    calls.multiplyAdd(
      this.h + windowLength * state,
      units,
      1,
      head,
      this.outputs,
      headColumns,
      rows,
      units,
      headColumns,
    );
  }
}
