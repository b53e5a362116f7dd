import type * as tensorflow from '@tensorflow/tfjs';
import {
  lossWeights,
  parametersFrom,
  pitches,
  tensors,
  windowLength,
  type Losses,
  type Parameters,
} from './architecture.js';
import { buildNetwork } from './network.js';
import type { TensorFlow } from './tensorflow.js';
import {
  adam,
  type OptimiserState,
  type StepOptions,
  type TrainingEngine,
  type WindowBatch,
} from './training-engine.js';

type Tensors = readonly tensorflow.Tensor[];

/**
 * Training by TensorFlow.js: the reference that the kernel is measured against, and an
 * engine of its own where the native library is there. Gradients come from automatic
 * differentiation; Adam is written out so that its moments can be saved and restored.
 */
export class TensorFlowTrainer implements TrainingEngine {
  readonly name: string;
  readonly #tf: typeof tensorflow;
  readonly #network: tensorflow.LayersModel;
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
    let losses: Losses = { pitch: NaN, step: NaN, duration: NaN };
    const [m = [], v = []] = tf.tidy((): tensorflow.Tensor[][] => {
      const { grads } = tf.variableGrads(() => {
        const terms = this.#losses(batch, true);
        losses = { pitch: scalar(terms.pitch), step: scalar(terms.step), duration: scalar(terms.duration) };
        return terms.pitch
          .mul(pitchWeight)
          .add(terms.step.mul(lossWeights.step))
          .add(terms.duration.mul(lossWeights.duration))
          .asScalar();
      }, variables);
      const gradients = variables.map((variable) => grads[variable.name]!);
      const norm = Math.sqrt(gradients.reduce((sum, gradient) => sum + scalar(gradient.square().sum()), 0));
      const scale = Math.min(1, (options.clipNorm ?? Infinity) / norm);
      const nextM: tensorflow.Tensor[] = [];
      const nextV: tensorflow.Tensor[] = [];
      variables.forEach((variable, i) => {
        const gradient = gradients[i]!.mul(scale);
        const mean = this.#m[i]!.mul(adam.beta1).add(gradient.mul(1 - adam.beta1));
        const square = this.#v[i]!.mul(adam.beta2).add(gradient.square().mul(1 - adam.beta2));
        const step = mean
          .div(correction1)
          .mul(options.rate)
          .div(square.div(correction2).sqrt().add(adam.epsilon));
        variable.assign(variable.sub(step));
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
    const write = (values: Parameters): tensorflow.Tensor[] =>
      tensors.map(({ name, shape }) => tf.tensor(values[name], [...shape]));
    const weights = write(parameters);
    this.#network.setWeights(weights);
    tf.dispose([...weights, ...this.#m, ...this.#v]);
    const zeros = (): tensorflow.Tensor[] => tensors.map(({ shape }) => tf.zeros([...shape]));
    this.#m = optimiser === undefined ? zeros() : write(optimiser.m);
    this.#v = optimiser === undefined ? zeros() : write(optimiser.v);
    this.#steps = optimiser?.steps ?? 0;
  }

  dispose(): void {
    this.#network.dispose();
    this.#tf.dispose([...this.#m, ...this.#v]);
  }

  #losses(
    { rows, inputs, targets }: WindowBatch,
    training: boolean,
  ): Record<keyof Losses, tensorflow.Scalar> {
    const tf = this.#tf;
    const [pitch, step, duration] = this.#network.apply(tf.tensor3d(inputs, [rows, windowLength, 3]), {
      training,
    }) as [tensorflow.Tensor2D, tensorflow.Tensor2D, tensorflow.Tensor2D];
    const target = tf.tensor2d(targets, [rows, 3]);
    const column = (i: number): tensorflow.Tensor2D => target.slice([0, i], [rows, 1]);
    const oneHot = tf.oneHot(column(0).toInt().reshape([rows]), pitches);
    const time = (predicted: tensorflow.Tensor2D, actual: tensorflow.Tensor2D): tensorflow.Scalar =>
      predicted.sub(actual).square().add(predicted.neg().relu().mul(10)).mean();
    return {
      pitch: tf.losses.softmaxCrossEntropy(oneHot, pitch),
      step: time(step, column(1)),
      duration: time(duration, column(2)),
    };
  }

  #variables(): tensorflow.Variable[] {
    return this.#network.trainableWeights.map((weight) => weight.read()).filter(isVariable);
  }

  #read(values: Tensors): Parameters {
    const byName = new Map(tensors.map(({ name }, i) => [name, values[i]!.dataSync() as Float32Array]));
    return parametersFrom((name) => Float32Array.from(byName.get(name)!));
  }
}

function isVariable(tensor: tensorflow.Tensor): tensor is tensorflow.Variable {
  return 'assign' in tensor;
}

function scalar(tensor: tensorflow.Tensor): number {
  return tensor.dataSync()[0]!;
}
