/**
 * The network in plain float64 arithmetic, written from its definition and sharing only the tensor names with
 * `src/model`: the reference for the kernel and TensorFlow.js.
 */
const windowNotes = 25;
const hidden = 128;

export const tensorNames = [
  'lstm/kernel',
  'lstm/recurrent_kernel',
  'lstm/bias',
  'pitch/kernel',
  'pitch/bias',
  'step/kernel',
  'step/bias',
  'duration/kernel',
  'duration/bias',
] as const;

export type TensorName = (typeof tensorNames)[number];
export type Weights = { readonly [name in TensorName]: Float64Array };

export function toWeights(parameters: { readonly [name in TensorName]: Float32Array }): Weights {
  return Object.fromEntries(
    tensorNames.map((name) => [name, Float64Array.from(parameters[name])]),
  ) as Weights;
}

export interface Answer {
  readonly logits: readonly number[];
  readonly step: number;
  readonly duration: number;
}

/** @param window [25, 3], row-major: pitch / 128, step, duration */
export function forward(weights: Weights, window: ArrayLike<number>): Answer {
  const kernel = weights['lstm/kernel'];
  const recurrent = weights['lstm/recurrent_kernel'];
  let h = new Float64Array(hidden);
  let c = new Float64Array(hidden);
  for (let t = 0; t < windowNotes; t++) {
    const z = Float64Array.from(weights['lstm/bias']);
    for (let feature = 0; feature < 3; feature++) {
      addScaled(z, window[3 * t + feature]!, kernel, feature * z.length);
    }
    for (let unit = 0; unit < hidden; unit++) addScaled(z, h[unit]!, recurrent, unit * z.length);
    const gate = (index: number, unit: number): number => z[index * hidden + unit]!;
    c = c.map(
      (old, unit) => sigmoid(gate(1, unit)) * old + sigmoid(gate(0, unit)) * Math.tanh(gate(2, unit)),
    );
    h = c.map((cell, unit) => sigmoid(gate(3, unit)) * Math.tanh(cell));
  }
  const head = (name: 'pitch' | 'step' | 'duration'): Float64Array => {
    const outputs = Float64Array.from(weights[`${name}/bias`]);
    for (let unit = 0; unit < hidden; unit++) {
      addScaled(outputs, h[unit]!, weights[`${name}/kernel`], unit * outputs.length);
    }
    return outputs;
  };
  return { logits: [...head('pitch')], step: head('step')[0]!, duration: head('duration')[0]! };
}

/** to += factor · from[at, at + to.length) */
function addScaled(to: Float64Array, factor: number, from: Float64Array, at: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[at + i]!;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export interface Batch {
  readonly rows: number;
  /** [rows, 25, 3] */
  readonly inputs: Float32Array;
  /** [rows, 3]: pitch, step, duration */
  readonly targets: Float32Array;
}

export interface MeanLosses {
  readonly pitch: number;
  readonly step: number;
  readonly duration: number;
}

export function batchLosses(weights: Weights, { rows, inputs, targets }: Batch): MeanLosses {
  let [pitch, step, duration] = [0, 0, 0];
  const width = windowNotes * 3;
  for (let row = 0; row < rows; row++) {
    const answer = forward(weights, inputs.subarray(row * width, (row + 1) * width));
    const [key = NaN, seconds = NaN, held = NaN] = targets.subarray(row * 3, row * 3 + 3);
    pitch += logSumExp(answer.logits) - answer.logits[key]!;
    step += timeLoss(answer.step, seconds);
    duration += timeLoss(answer.duration, held);
  }
  return { pitch: pitch / rows, step: step / rows, duration: duration / rows };
}

function logSumExp(values: readonly number[]): number {
  const peak = Math.max(...values);
  return peak + Math.log(values.reduce((sum, value) => sum + Math.exp(value - peak), 0));
}

function timeLoss(predicted: number, actual: number): number {
  return (predicted - actual) ** 2 + 10 * Math.max(-predicted, 0);
}

/** The objective of training. */
export function objective(weights: Weights, batch: Batch, pitchWeight = 0.05): number {
  const { pitch, step, duration } = batchLosses(weights, batch);
  return pitchWeight * pitch + step + duration;
}

/** The central difference of {@link objective} for one parameter. */
export function finiteDifference(
  weights: Weights,
  batch: Batch,
  name: TensorName,
  index: number,
  pitchWeight?: number,
): number {
  const tensor = weights[name];
  const value = tensor[index]!;
  const distance = 1e-5;
  const at = (moved: number): number => {
    tensor[index] = moved;
    return objective(weights, batch, pitchWeight);
  };
  const slope = (at(value + distance) - at(value - distance)) / (2 * distance);
  tensor[index] = value;
  return slope;
}

/** Adam (Kingma & Ba 2015, algorithm 1) with Keras' constants, on all tensors as one vector. */
export class Adam {
  readonly #m: Weights;
  readonly #v: Weights;
  #steps = 0;

  constructor(readonly weights: Weights) {
    this.#m = zerosLike(weights);
    this.#v = zerosLike(weights);
  }

  /** Gradients with a norm above `clipNorm` are clipped first. */
  step(gradients: Weights, rate: number, clipNorm = Infinity): void {
    this.#steps += 1;
    const length = Math.sqrt(
      tensorNames.reduce((sum, name) => sum + gradients[name].reduce((s, g) => s + g * g, 0), 0),
    );
    const shrink = Math.min(1, clipNorm / length);
    for (const name of tensorNames) {
      const [m, v, w] = [this.#m[name], this.#v[name], this.weights[name]];
      for (let i = 0; i < w.length; i++) {
        const g = gradients[name][i]! * shrink;
        m[i] = 0.9 * m[i]! + 0.1 * g;
        v[i] = 0.999 * v[i]! + 0.001 * g * g;
        const mean = m[i]! / (1 - 0.9 ** this.#steps);
        const square = v[i]! / (1 - 0.999 ** this.#steps);
        w[i]! -= (rate * mean) / (Math.sqrt(square) + 1e-7);
      }
    }
  }
}

function zerosLike(weights: Weights): Weights {
  return Object.fromEntries(
    tensorNames.map((name) => [name, new Float64Array(weights[name].length)]),
  ) as Weights;
}
