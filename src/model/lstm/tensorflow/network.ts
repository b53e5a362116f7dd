import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { features, pitches, units, windowLength } from '../architecture.js';
import type { TensorFlow } from './tensorflow.js';

/**
 * The network as a TensorFlow.js model (see `architecture.ts`): [batch, 25, 3] to pitch logits [batch, 128],
 * step [batch, 1] and duration [batch, 1]. Weights are zero until they are set: TensorFlow.js' orthogonal
 * initialiser takes seconds.
 */
export function buildNetwork(tf: TensorFlow['tf']): LayersModel {
  const input = tf.input({ shape: [windowLength, features], name: 'window' });
  const state = tf.layers
    .lstm({
      name: 'lstm',
      units,
      activation: 'tanh',
      recurrentActivation: 'sigmoid',
      kernelInitializer: 'zeros',
      recurrentInitializer: 'zeros',
    })
    .apply(input) as SymbolicTensor;
  const head = (name: string, size: number): SymbolicTensor =>
    tf.layers.dense({ name, units: size, kernelInitializer: 'zeros' }).apply(state) as SymbolicTensor;
  return tf.model({
    name: 'music',
    inputs: input,
    outputs: [head('pitch', pitches), head('step', 1), head('duration', 1)],
  });
}
