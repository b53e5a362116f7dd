import { lossWeights, units, windowLength, type Losses, type Parameters } from '../architecture.js';
import {
  adam,
  type OptimiserState,
  type StepOptions,
  type TrainingEngine,
  type WindowBatch,
} from '../training/training-engine.js';
import {
  blockSize,
  headAt,
  headBiasAt,
  headColumns,
  inputAt,
  readBlock,
  recurrentAt,
  writeBlock,
} from './block.js';
import { KernelWeights, WindowForward } from './forward.js';
import { Kernel } from './kernel.js';

const gates = 4 * units;
const inputsPerWindow = windowLength * 3;

/** Rows per batch in the network: few enough that a time step's matrices stay in the L2 cache. */
const chunkRows = 64;

/** Back-propagation through time and Adam in the WebAssembly kernel. */
export class KernelTrainer implements TrainingEngine {
  readonly name = 'kernel';
  readonly #kernel = new Kernel();
  readonly #weights = new KernelWeights(this.#kernel);
  readonly #forward = new WindowForward(this.#kernel, this.#weights, chunkRows);
  readonly #gradients = this.#kernel.allocate(blockSize);
  readonly #m = this.#kernel.allocate(blockSize);
  readonly #v = this.#kernel.allocate(blockSize);
  /** Transposes for the backward pass: recurrentᵀ [512, 128], headᵀ [144, 128]. */
  readonly #recurrentT = this.#kernel.allocate(gates * units);
  readonly #headT = this.#kernel.allocate(headColumns * units);
  readonly #targets = this.#kernel.allocate(chunkRows * 4);
  readonly #dh = this.#kernel.allocate(chunkRows * units);
  readonly #dc = this.#kernel.allocate(chunkRows * units);
  /** The packed right-hand side of a product with a transpose. */
  readonly #packed = this.#kernel.allocate(chunkRows * gates);
  readonly #sums = this.#kernel.allocate(8);
  #steps = 0;

  constructor(parameters: Parameters) {
    this.restore(parameters);
  }

  step(batch: WindowBatch, options: StepOptions): Losses {
    const { calls } = this.#kernel;
    this.#kernel.floats(this.#gradients, blockSize).fill(0);
    const losses = this.#run(batch, options.pitchWeight ?? lossWeights.pitch, (rows) => {
      this.#backward(rows);
    });
    this.#steps += 1;
    const norm = Math.sqrt(calls.sumOfSquares(this.#gradients, blockSize));
    const { clipNorm = Infinity } = options;
    calls.adam(
      this.#weights.block,
      this.#gradients,
      this.#m,
      this.#v,
      blockSize,
      norm > clipNorm ? clipNorm / norm : 1,
      options.rate,
      adam.beta1,
      adam.beta2,
      adam.epsilon,
      1 - adam.beta1 ** this.#steps,
      1 - adam.beta2 ** this.#steps,
    );
    this.#pack();
    return losses;
  }

  evaluate(batch: WindowBatch): Losses {
    return this.#run(batch, lossWeights.pitch);
  }

  parameters(): Parameters {
    return readBlock(this.#kernel.floats(this.#weights.block, blockSize));
  }

  /** The gradients of the last {@link step}, before clipping. */
  gradients(): Parameters {
    return readBlock(this.#kernel.floats(this.#gradients, blockSize));
  }

  optimiser(): OptimiserState {
    return {
      steps: this.#steps,
      m: readBlock(this.#kernel.floats(this.#m, blockSize)),
      v: readBlock(this.#kernel.floats(this.#v, blockSize)),
    };
  }

  restore(parameters: Parameters, optimiser?: OptimiserState): void {
    writeBlock(parameters, this.#kernel.floats(this.#weights.block, blockSize));
    const m = this.#kernel.floats(this.#m, blockSize).fill(0);
    const v = this.#kernel.floats(this.#v, blockSize).fill(0);
    if (optimiser !== undefined) {
      writeBlock(optimiser.m, m);
      writeBlock(optimiser.v, v);
    }
    this.#steps = optimiser?.steps ?? 0;
    this.#pack();
  }

  dispose(): void {
    // The kernel's memory is garbage-collected with this object.
  }

  #pack(): void {
    const { calls } = this.#kernel;
    const { block } = this.#weights;
    this.#weights.pack();
    calls.packTransposed(block + 4 * recurrentAt, gates, gates, units, this.#recurrentT);
    calls.packTransposed(block + 4 * headAt, headColumns, headColumns, units, this.#headT);
  }

  #run(batch: WindowBatch, pitchWeight: number, each?: (rows: number) => void): Losses {
    this.#kernel.doubles(this.#sums, 3).fill(0);
    for (let first = 0; first < batch.rows; first += chunkRows) {
      const rows = Math.min(chunkRows, batch.rows - first);
      this.#load(batch, first, rows);
      this.#forward.run(rows);
      this.#kernel.calls.losses(
        this.#forward.outputs,
        this.#targets,
        rows,
        this.#sums,
        pitchWeight,
        lossWeights.step,
        lossWeights.duration,
        1 / batch.rows,
      );
      each?.(rows);
    }
    const [pitch = NaN, step = NaN, duration = NaN] = this.#kernel.doubles(this.#sums, 3);
    return { pitch: pitch / batch.rows, step: step / batch.rows, duration: duration / batch.rows };
  }

  /** Rows [first, first + rows) of the batch, from [row, t, 3] to [t, row, 4]. */
  #load(batch: WindowBatch, first: number, rows: number): void {
    const inputs = this.#kernel.floats(this.#forward.inputs, windowLength * chunkRows * 4);
    const targets = this.#kernel.floats(this.#targets, chunkRows * 4);
    for (let row = 0; row < rows; row++) {
      let from = (first + row) * inputsPerWindow;
      for (let t = 0; t < windowLength; t++) {
        const to = (t * chunkRows + row) * 4;
        inputs[to] = batch.inputs[from++]!;
        inputs[to + 1] = batch.inputs[from++]!;
        inputs[to + 2] = batch.inputs[from++]!;
        inputs[to + 3] = 1;
      }
      targets.set(batch.targets.subarray((first + row) * 3, (first + row) * 3 + 3), row * 4);
    }
  }

  /**
   * Back-propagates the rows of the last forward pass and adds their gradients; the outputs hold the
   * derivatives of the loss.
   */
  #backward(rows: number): void {
    const { calls } = this.#kernel;
    const { inputs, z, c, tanhC, h, outputs } = this.#forward;
    const state = chunkRows * units * 4;
    const gradients = this.#gradients;

    const last = h + windowLength * state;
    calls.pack(outputs, headColumns, rows, headColumns, this.#packed);
    calls.multiplyAdd(
      last,
      1,
      units,
      this.#packed,
      gradients + 4 * headAt,
      headColumns,
      units,
      rows,
      headColumns,
    );
    calls.addRows(outputs, headColumns, rows, headColumns, gradients + 4 * headBiasAt);
    this.#kernel.floats(this.#dh, rows * units).fill(0);
    this.#kernel.floats(this.#dc, rows * units).fill(0);
    calls.multiplyAdd(outputs, headColumns, 1, this.#headT, this.#dh, units, rows, headColumns, units);

    for (let t = windowLength - 1; t >= 0; t--) {
      const dz = z + t * chunkRows * gates * 4;
      calls.cellBackward(this.#dh, this.#dc, dz, c + t * state, tanhC + t * state, rows);
      const x = inputs + t * chunkRows * 16;
      calls.pack(dz, gates, rows, gates, this.#packed);
      calls.multiplyAdd(x, 1, 4, this.#packed, gradients + 4 * inputAt, gates, 4, rows, gates);
      if (t === 0) break; // before the first step, the state is zero and has no weights
      calls.multiplyAdd(
        h + t * state,
        1,
        units,
        this.#packed,
        gradients + 4 * recurrentAt,
        gates,
        units,
        rows,
        gates,
      );
      this.#kernel.floats(this.#dh, rows * units).fill(0);
      calls.multiplyAdd(dz, gates, 1, this.#recurrentT, this.#dh, units, rows, gates, units);
    }
  }
}
