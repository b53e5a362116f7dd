import { weightedLoss, windowLength, type Parameters } from './architecture.js';
import { KernelTrainer } from './kernel/trainer.js';
import { buildNetwork } from './network.js';
import { Random } from './random.js';
import { loadTensorFlow, type TensorFlow } from './tensorflow.js';
import type { TrainingEngine, WindowBatch } from './training-engine.js';
import { TensorFlowTrainer } from './tensorflow-trainer.js';
import { UserError } from '../music/user-error.js';

export const engineNames = ['kernel', 'tensorflow'] as const;

/**
 * The engine of this name; `auto` takes the fastest that works here. Native TensorFlow
 * competes where @tensorflow/tfjs-node is installed; TensorFlow.js without it is many times
 * slower than the kernel and is taken only when asked for.
 * @throws UserError when there is no such engine.
 */
export async function chooseEngine(name: string, parameters: Parameters): Promise<TrainingEngine> {
  if (name === 'kernel') return new KernelTrainer(parameters);
  if (name === 'tensorflow') return new TensorFlowTrainer(await loadTensorFlow(), parameters);
  if (name !== 'auto') {
    throw new UserError(
      'options.engine',
      `--engine must be auto, ${engineNames.join(' or ')}; you gave "${name}".`,
    );
  }
  const kernel = new KernelTrainer(parameters);
  const tensorFlow: TensorFlow = await loadTensorFlow();
  if (!tensorFlow.native) return kernel;
  const native = new TensorFlowTrainer(tensorFlow, parameters);
  const fastest = millisecondsABatch(native) < millisecondsABatch(kernel) ? native : kernel;
  fastest.restore(parameters);
  return fastest;
}

/** The topology to be written into `model.json`. */
export async function networkTopology(): Promise<unknown> {
  const { tf } = await loadTensorFlow();
  return buildNetwork(tf).toJSON(null, false);
}

/** Best of three batches, after one to warm up. */
function millisecondsABatch(engine: TrainingEngine): number {
  const batch = randomBatch(64);
  const times = [0, 1, 2, 3].map(() => {
    const start = performance.now();
    const losses = engine.step(batch, { rate: 1e-6 });
    return Number.isFinite(weightedLoss(losses)) ? performance.now() - start : Infinity;
  });
  return Math.min(...times.slice(1));
}

function randomBatch(rows: number): WindowBatch {
  const random = new Random(1);
  const values = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.uniform());
  const targets = values(rows * 3).map((value, i) => (i % 3 === 0 ? Math.floor(value * 128) : value));
  return { rows, inputs: values(rows * windowLength * 3), targets };
}
