import type * as tensorflow from '@tensorflow/tfjs';

export interface TensorFlow {
  readonly tf: typeof tensorflow;
  /** Whether the native library of @tensorflow/tfjs-node does the work. */
  readonly native: boolean;
}

let loaded: Promise<TensorFlow> | undefined;

/**
 * TensorFlow.js, on the native library where @tensorflow/tfjs-node is installed and passes a
 * smoke test, else in plain JavaScript.
 */
export function loadTensorFlow(): Promise<TensorFlow> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<TensorFlow> {
  const native = await loadNative();
  if (native !== undefined) return { tf: native, native: true };
  const { default: tf } = (await import('@tensorflow/tfjs')) as unknown as { default: typeof tensorflow };
  tf.env().set('PROD', true);
  await tf.ready();
  return { tf, native: false };
}

/** The package may be absent, lack its library, or load and fail in every operation (on Node 23 and later). */
async function loadNative(): Promise<typeof tensorflow | undefined> {
  try {
    const name = '@tensorflow/tfjs-node'; // a variable: the compiler must not look for an optional package
    const { default: tf } = (await import(name)) as { default: typeof tensorflow };
    const product = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync();
    return product[0] === 11 ? tf : undefined;
  } catch {
    return undefined;
  }
}
