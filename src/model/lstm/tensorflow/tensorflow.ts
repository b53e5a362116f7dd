import util from 'node:util';
import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { UserError } from '../../../errors/user-error.js';

export interface TensorFlow {
  /** Tensors and layers, which @tensorflow/tfjs-node exports together. */
  readonly tf: Omit<typeof core & typeof layers, 'default'>;
  /** Whether it runs on the native library of @tensorflow/tfjs-node. */
  readonly native: boolean;
}

let native: Promise<TensorFlow | undefined> | undefined;
let plain: Promise<TensorFlow> | undefined;

/**
 * Loads TensorFlow.js, with the native library if @tensorflow/tfjs-node is installed and passes a smoke test,
 * otherwise in plain JavaScript.
 * @throws UserError when neither is installed.
 */
export async function loadTensorFlow(): Promise<TensorFlow> {
  return (await loadNativeTensorFlow()) ?? (plain ??= loadPlain());
}

/**
 * Loads TensorFlow.js with its native library, if it is installed and works. The package may be absent, lack
 * its library, or load and then fail in every operation.
 */
export function loadNativeTensorFlow(): Promise<TensorFlow | undefined> {
  native ??= loadNative().catch(() => undefined);
  return native;
}

/** Functions that Node 23 removed from `util`, and that @tensorflow/tfjs-node calls in every operation. */
const formerly = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

async function loadNative(): Promise<TensorFlow | undefined> {
  for (const [name, value] of Object.entries(formerly))
    if (!(name in util)) Object.assign(util, { [name]: value });
  const name = '@tensorflow/tfjs-node'; // a variable, so that the compiler does not resolve the optional package
  const { default: tf } = (await import(name)) as { default: TensorFlow['tf'] };
  const [product] = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync();
  return product === 11 ? { tf, native: true } : undefined;
}

/** Development dependencies, with which tests compare the kernel; a production install lacks them. */
async function loadPlain(): Promise<TensorFlow> {
  try {
    const { default: tensors } = await import('@tensorflow/tfjs-core');
    const { default: networks } = await import('@tensorflow/tfjs-layers');
    const tf = { ...tensors, ...networks };
    await import('@tensorflow/tfjs-backend-cpu');
    tf.env().set('PROD', true);
    await tf.ready();
    return { tf, native: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError('operator.tensorflow');
  }
}
