import { weightedLoss, windowLength, type Parameters } from '../architecture.js';
import { KernelTrainer } from '../kernel/trainer.js';
import { Random } from '../../random.js';
import { loadNativeTensorFlow, loadTensorFlow } from '../tensorflow/tensorflow.js';
import { engineNames, type TrainingEngine, type WindowBatch } from './training-engine.js';
import { TensorFlowTrainer } from '../tensorflow/tensorflow-trainer.js';
import { UserError } from '../../../errors/user-error.js';

/**
 * The engine of this name. `auto` is native TensorFlow if @tensorflow/tfjs-node is installed and passes its
 * smoke test, otherwise the kernel. TensorFlow.js without its native library is many times slower than the
 * kernel and is only used when requested.
 * @throws UserError when there is no such engine, or TensorFlow.js is requested and not installed.
 */
export async function chooseEngine(name: string, parameters: Parameters): Promise<TrainingEngine> {
  if (name === 'kernel') return new KernelTrainer(parameters);
  if (name === 'tensorflow') return new TensorFlowTrainer(await loadTensorFlow(), parameters);
  if (name !== 'auto') {
    throw new UserError('options.engine', {
      problem: 'choice',
      option: 'engine',
      choices: ['auto', ...engineNames],
      given: name,
    });
  }
  const kernel = new KernelTrainer(parameters);
  const tensorFlow = await loadNativeTensorFlow();
  if (tensorFlow === undefined) return kernel;
  const native = new TensorFlowTrainer(tensorFlow, parameters);
  const [engine, other] = passesSmokeTest(native, kernel) ? [native, kernel] : [kernel, native];
  other.dispose();
  engine.restore(parameters);
  return engine;
}

/**
 * Whether native TensorFlow works here: three training steps must give the same losses as the kernel, and not
 * be slower. Changes the parameters of both engines.
 */
export function passesSmokeTest(native: TrainingEngine, kernel: TrainingEngine): boolean {
  try {
    const tried = trial(native);
    const expected = trial(kernel);
    const agrees = (loss: number, i: number): boolean => Math.abs(loss / expected.losses[i]! - 1) < 1e-3;
    return tried.losses.every(agrees) && tried.milliseconds <= expected.milliseconds;
  } catch {
    return false; // any operation of @tensorflow/tfjs-node may throw
  }
}

/** Runs three steps: their losses, and the time of the fastest. */
function trial(engine: TrainingEngine): {
  readonly losses: readonly number[];
  readonly milliseconds: number;
} {
  const batch = randomBatch(64);
  const steps = [0, 1, 2].map(() => {
    const start = performance.now();
    const loss = weightedLoss(engine.step(batch, { rate: 0.001 }));
    return { loss, milliseconds: performance.now() - start };
  });
  return {
    losses: steps.map(({ loss }) => loss),
    milliseconds: Math.min(...steps.map(({ milliseconds }) => milliseconds)),
  };
}

function randomBatch(rows: number): WindowBatch {
  const random = new Random(1);
  const values = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.uniform());
  const targets = values(rows * 3).map((value, i) => (i % 3 === 0 ? Math.floor(value * 128) : value));
  return { rows, inputs: values(rows * windowLength * 3), targets };
}
