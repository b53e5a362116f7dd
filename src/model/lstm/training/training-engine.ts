import type { Losses, Parameters } from '../architecture.js';

export const engineNames = ['kernel', 'tensorflow'] as const;

/** Windows and the note that follows each of them. */
export interface WindowBatch {
  readonly rows: number;
  /** [rows, 25, 3]: pitch / 128, step in seconds, duration in seconds. */
  readonly inputs: Float32Array;
  /** [rows, 3]: pitch 0–127, step in seconds, duration in seconds. */
  readonly targets: Float32Array;
}

/** Adam's running moments, shaped like the parameters, and the number of steps so far. */
export interface OptimiserState {
  readonly steps: number;
  readonly m: Parameters;
  readonly v: Parameters;
}

export interface StepOptions {
  /** Learning rate. */
  readonly rate: number;
  /** Maximum global norm of the gradients; unlimited by default. */
  readonly clipNorm?: number;
  /** Weight of the pitch loss; `lossWeights.pitch` by default. */
  readonly pitchWeight?: number;
}

/** Adam's constants, as in Keras. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/**
 * An engine that trains the network and holds its parameters and optimiser state. All engines compute the
 * same, up to rounding.
 */
export interface TrainingEngine {
  readonly name: string;
  /** One optimiser step on the mean loss of the batch; returns the losses before the step. */
  step(batch: WindowBatch, options: StepOptions): Losses;
  evaluate(batch: WindowBatch): Losses;
  parameters(): Parameters;
  optimiser(): OptimiserState;
  /** Restores saved state; without optimiser state, Adam starts over. */
  restore(parameters: Parameters, optimiser?: OptimiserState): void;
  dispose(): void;
}
