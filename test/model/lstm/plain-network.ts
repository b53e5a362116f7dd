import { pitches, windowLength, type Parameters } from '../../../src/model/lstm/architecture.js';
import { blockSize, writeBlock } from '../../../src/model/lstm/kernel/block.js';
import { KernelWeights, WindowForward } from '../../../src/model/lstm/kernel/forward.js';
import { Kernel } from '../../../src/model/lstm/kernel/kernel.js';
import type { HeardNote } from '../../../src/model/lstm/sliding-network.js';

/** Runs one whole window at a time, from the zero state: the reference for the sliding network. */
export class PlainNetwork {
  readonly #kernel = new Kernel();
  readonly #forward: WindowForward;

  constructor(parameters: Parameters) {
    const weights = new KernelWeights(this.#kernel);
    writeBlock(parameters, this.#kernel.floats(weights.block, blockSize));
    weights.pack();
    this.#forward = new WindowForward(this.#kernel, weights, 1);
  }

  /** 130 values: 128 logits, step, duration. */
  answer(window: readonly HeardNote[]): Float32Array {
    const inputs = window.flatMap((note) => [note.pitch / 128, note.stepSeconds, note.durationSeconds, 1]);
    this.#kernel.floats(this.#forward.inputs, windowLength * 4).set(inputs);
    this.#forward.run(1);
    return this.#kernel.floats(this.#forward.outputs, pitches + 2).slice();
  }
}
