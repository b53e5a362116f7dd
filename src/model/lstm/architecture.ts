import { registry } from '../../request/networks.js';

/**
 * The dimensions of the network: windows of 25 notes (pitch / 128, step s, duration s) into an LSTM of 128
 * units (tanh, sigmoid gates, zero state at the start of each window), and on its last output three dense
 * heads: 128 pitch logits, step and duration of the next note. The architecture of the student notebook that
 * this project continues, which follows TensorFlow's tutorial "Generate music with an RNN".
 */
export const windowLength = 25;
export const units = 128;
export const pitches = 128;
export const features = 3;

/**
 * The trainable tensors in the order of Keras and TensorFlow.js. Gate order within the 512 columns: input,
 * forget, cell, output. `name` is the suffix of a weight's full name.
 */
export const tensors = [
  { name: 'lstm/kernel', shape: [features, 4 * units] },
  { name: 'lstm/recurrent_kernel', shape: [units, 4 * units] },
  { name: 'lstm/bias', shape: [4 * units] },
  { name: 'pitch/kernel', shape: [units, pitches] },
  { name: 'pitch/bias', shape: [pitches] },
  { name: 'step/kernel', shape: [units, 1] },
  { name: 'step/bias', shape: [1] },
  { name: 'duration/kernel', shape: [units, 1] },
  { name: 'duration/bias', shape: [1] },
] as const;

export type TensorName = (typeof tensors)[number]['name'];

/** All trainable values, one flat row-major array per tensor: 84,354 in total. */
export type Parameters = { readonly [name in TensorName]: Float32Array };

/** Number of windows, each with a note after it, in a piece with this number of notes. */
export function windowsOf(notes: number): number {
  return Math.max(0, notes - windowLength);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** Creates parameters tensor by tensor, in the order of {@link tensors}. */
export function parametersFrom(
  make: (name: TensorName, shape: readonly number[]) => Float32Array,
): Parameters {
  return Object.fromEntries(tensors.map(({ name, shape }) => [name, make(name, shape)])) as Parameters;
}

/** Weights of the three losses, as published. */
export const { lossWeights } = registry.lstm.training;

/** Mean losses over a set of windows. */
export interface Losses {
  /** Sparse cross-entropy, nats. */
  readonly pitch: number;
  /** Mean of squared error (s²) + 10·max(−prediction, 0). */
  readonly step: number;
  readonly duration: number;
}

/** The weighted sum that training minimises. */
export function weightedLoss(losses: Losses): number {
  return (
    lossWeights.pitch * losses.pitch + lossWeights.step * losses.step + lossWeights.duration * losses.duration
  );
}
