import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  lossWeights,
  parametersFrom,
  pitches,
  tensors,
  windowLength,
  type Losses,
  type Parameters,
} from '../architecture.js';
import { buildNetwork } from './network.js';
import type { TensorFlow } from './tensorflow.js';
import {
  adam,
  type OptimiserState,
  type StepOptions,
  type TrainingEngine,
  type WindowBatch,
} from '../training/training-engine.js';

type Tensors = readonly Tensor[];

/**
 * Training with TensorFlow.js: the reference for the kernel's correctness and speed, and an alternative
 * engine where the native library is installed. Gradients come from automatic differentiation; Adam is
 * implemented here so that its moments can be saved and restored.
 */
export class TensorFlowTrainer implements TrainingEngine {
  readonly name: string;
  readonly #tf: TensorFlow['tf'];
  readonly #network: LayersModel;
  #m: Tensors;
  #v: Tensors;
  #steps = 0;

  constructor({ tf, native }: TensorFlow, parameters: Parameters) {
    this.name = native ? 'tensorflow (native)' : `tensorflow (${tf.getBackend()})`;
    this.#tf = tf;
    this.#network = buildNetwork(tf);
    this.#m = [];
    this.#v = [];
    this.restore(parameters);
  }

  step(batch: WindowBatch, options: StepOptions): Losses {
    const tf = this.#tf;
    const variables = this.#variables();
    this.#steps += 1;
    const correction1 = 1 - adam.beta1 ** this.#steps;
    const correction2 = 1 - adam.beta2 ** this.#steps;
    const pitchWeight = options.pitchWeight ?? lossWeights.pitch;
    /** Exponential moving average; `beta` is the weight of the old value. */
    const mix = (average: Tensor, value: Tensor, beta: number): Tensor =>
      tf.add(tf.mul(average, beta), tf.mul(value, 1 - beta));
    let losses: Losses = { pitch: NaN, step: NaN, duration: NaN };
    const [m = [], v = []] = tf.tidy((): Tensor[][] => {
      const { grads } = tf.variableGrads(() => {
        const terms = this.#losses(batch, true);
        losses = { pitch: scalar(terms.pitch), step: scalar(terms.step), duration: scalar(terms.duration) };
        return tf.addN([
          tf.mul(terms.pitch, pitchWeight),
          tf.mul(terms.step, lossWeights.step),
          tf.mul(terms.duration, lossWeights.duration),
        ]);
      }, variables);
      const gradients = variables.map((variable) => grads[variable.name]!);
      const norm = Math.sqrt(
        gradients.reduce((sum, gradient) => sum + scalar(tf.sum(tf.square(gradient))), 0),
      );
      const scale = Math.min(1, (options.clipNorm ?? Infinity) / norm);
      const nextM: Tensor[] = [];
      const nextV: Tensor[] = [];
      variables.forEach((variable, i) => {
        const gradient = tf.mul(gradients[i]!, scale);
        const mean = mix(this.#m[i]!, gradient, adam.beta1);
        const square = mix(this.#v[i]!, tf.square(gradient), adam.beta2);
        const spread = tf.add(tf.sqrt(tf.div(square, correction2)), adam.epsilon);
        const step = tf.div(tf.mul(tf.div(mean, correction1), options.rate), spread);
        variable.assign(tf.sub(variable, step));
        nextM.push(mean);
        nextV.push(square);
      });
      return [nextM, nextV];
    });
    tf.dispose([...this.#m, ...this.#v]);
    this.#m = m;
    this.#v = v;
    return losses;
  }

  evaluate(batch: WindowBatch): Losses {
    return this.#tf.tidy(() => {
      const { pitch, step, duration } = this.#losses(batch, false);
      return { pitch: scalar(pitch), step: scalar(step), duration: scalar(duration) };
    });
  }

  parameters(): Parameters {
    return this.#read(this.#network.getWeights());
  }

  optimiser(): OptimiserState {
    return { steps: this.#steps, m: this.#read(this.#m), v: this.#read(this.#v) };
  }

  restore(parameters: Parameters, optimiser?: OptimiserState): void {
    const tf = this.#tf;
    const write = (values: Parameters): Tensor[] =>
      tensors.map(({ name, shape }) => tf.tensor(values[name], [...shape]));
    const weights = write(parameters);
    this.#network.setWeights(weights);
    tf.dispose([...weights, ...this.#m, ...this.#v]);
    const zeros = (): Tensor[] => tensors.map(({ shape }) => tf.zeros([...shape]));
    this.#m = optimiser === undefined ? zeros() : write(optimiser.m);
    this.#v = optimiser === undefined ? zeros() : write(optimiser.v);
    this.#steps = optimiser?.steps ?? 0;
  }

  dispose(): void {
    this.#network.dispose();
    this.#tf.dispose([...this.#m, ...this.#v]);
  }

  #losses({ rows, inputs, targets }: WindowBatch, training: boolean): Record<keyof Losses, Scalar> {
    const tf = this.#tf;
    const [pitch, step, duration] = this.#network.apply(tf.tensor3d(inputs, [rows, windowLength, 3]), {
      training,
    }) as [Tensor2D, Tensor2D, Tensor2D];
    const target = tf.tensor2d(targets, [rows, 3]);
    const column = (i: number): Tensor2D => tf.slice(target, [0, i], [rows, 1]);
    const oneHot = tf.oneHot(tf.reshape(tf.cast(column(0), 'int32'), [rows]), pitches);
    const time = (predicted: Tensor2D, actual: Tensor2D): Scalar =>
      tf.mean(tf.add(tf.square(tf.sub(predicted, actual)), tf.mul(tf.relu(tf.neg(predicted)), 10)));
    return {
      pitch: tf.losses.softmaxCrossEntropy(oneHot, pitch),
      step: time(step, column(1)),
      duration: time(duration, column(2)),
    };
  }

  #variables(): Variable[] {
    return this.#network.trainableWeights.map((weight) => weight.read()).filter(isVariable);
  }

  #read(values: Tensors): Parameters {
    const byName = new Map(tensors.map(({ name }, i) => [name, values[i]!.dataSync() as Float32Array]));
    return parametersFrom((name) => Float32Array.from(byName.get(name)!));
  }
}

function isVariable(tensor: Tensor): tensor is Variable {
  return 'assign' in tensor;
}

function scalar(tensor: Tensor): number {
  return tensor.dataSync()[0]!;
}
