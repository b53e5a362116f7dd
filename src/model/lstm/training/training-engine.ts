import type { Losses, Parameters } from '../architecture.js';

/** Windows and what follows each of them. */
export interface WindowBatch {
  readonly rows: number;
  /** [rows, 25, 3]: pitch / 128, step in seconds, duration in seconds. */
  readonly inputs: Float32Array;
  /** [rows, 3]: pitch 0–127, step in seconds, duration in seconds. */
  readonly targets: Float32Array;
}

/** Adam's running moments, shaped as the parameters, and the steps taken so far. */
export interface OptimiserState {
  readonly steps: number;
  readonly m: Parameters;
  readonly v: Parameters;
}

export interface StepOptions {
  /** Learning rate. */
  readonly rate: number;
  /** Gradients whose global norm is larger are scaled down to it; absent: never. */
  readonly clipNorm?: number;
  /** Weight of the pitch loss, `lossWeights.pitch` as published. */
  readonly pitchWeight?: number;
}

/** Adam's constants, as in Keras. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/**
 * Something that can train the network: parameters and optimiser state live inside it. All
 * engines follow the same arithmetic, up to rounding.
 */
export interface TrainingEngine {
  readonly name: string;
  /** One optimiser step on the mean loss of the batch; returns its losses before the step. */
  step(batch: WindowBatch, options: StepOptions): Losses;
  evaluate(batch: WindowBatch): Losses;
  parameters(): Parameters;
  optimiser(): OptimiserState;
  /** Continues from saved state; without optimiser state, Adam starts over. */
  restore(parameters: Parameters, optimiser?: OptimiserState): void;
  dispose(): void;
}
