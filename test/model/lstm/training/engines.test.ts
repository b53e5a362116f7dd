import { afterEach, describe, expect, it, vi } from 'vitest';
import { networkTopology } from '../../../../src/model/lstm/layers-model.js';
import { chooseEngine, passesSmokeTest } from '../../../../src/model/lstm/training/engines.js';
import { KernelTrainer } from '../../../../src/model/lstm/kernel/trainer.js';
import { buildNetwork } from '../../../../src/model/lstm/tensorflow/network.js';
import {
  loadNativeTensorFlow,
  loadTensorFlow,
  type TensorFlow,
} from '../../../../src/model/lstm/tensorflow/tensorflow.js';
import type { Losses } from '../../../../src/model/lstm/architecture.js';
import type { StepOptions, WindowBatch } from '../../../../src/model/lstm/training/training-engine.js';
import { TensorFlowTrainer } from '../../../../src/model/lstm/tensorflow/tensorflow-trainer.js';
import { fingerprint, kerasLike } from '../fixtures.js';

const parameters = kerasLike(71);

describe('the choice of an engine', () => {
  it('gives the kernel by name', async () => {
    const engine = await chooseEngine('kernel', parameters);
    expect(engine.name).toBe('kernel');
    expect(fingerprint(engine.parameters())).toBe(fingerprint(parameters));
  });

  it('gives TensorFlow.js by name', async () => {
    const engine = await chooseEngine('tensorflow', parameters);
    const { native, tf } = await loadTensorFlow();
    expect(engine.name).toBe(`tensorflow (${native ? 'native' : tf.getBackend()})`);
    expect(fingerprint(engine.parameters())).toBe(fingerprint(parameters));
    engine.dispose();
  });

  it('uses one that works, with the parameters unchanged by its trial', async () => {
    const native = await loadNativeTensorFlow();
    const engine = await chooseEngine('auto', parameters);
    expect(native !== undefined ? ['kernel', 'tensorflow (native)'] : ['kernel']).toContain(engine.name);
    expect(fingerprint(engine.parameters())).toBe(fingerprint(parameters));
    expect(engine.optimiser().steps).toBe(0);
    engine.dispose();
  });

  it('refuses other names with the choices', async () => {
    await expect(chooseEngine('torch', parameters)).rejects.toMatchObject({
      code: 'options.engine',
      details: { choices: ['auto', 'kernel', 'tensorflow'], given: 'torch' },
    });
  });
});

/** Trains like the kernel, with variations. */
class OtherEngine extends KernelTrainer {
  constructor(private readonly around: (step: () => Losses) => Losses) {
    super(parameters);
  }

  override step(batch: WindowBatch, options: StepOptions): Losses {
    return this.around(() => super.step(batch, options));
  }
}

function slowly(step: () => Losses): Losses {
  const end = performance.now() + 300;
  while (performance.now() < end);
  return step();
}

describe('the smoke test of native TensorFlow', () => {
  it('passes an engine that agrees with the kernel and is faster', () => {
    expect(passesSmokeTest(new OtherEngine((step) => step()), new OtherEngine(slowly))).toBe(true);
  });

  it('fails an engine that is slower', () => {
    expect(passesSmokeTest(new OtherEngine(slowly), new OtherEngine((step) => step()))).toBe(false);
  });

  it('fails an engine that computes something else', () => {
    const wrong = new OtherEngine((step) => ({ ...step(), step: 0.5 }));
    expect(passesSmokeTest(wrong, new OtherEngine(slowly))).toBe(false);
  });

  it('fails an engine whose operations throw', () => {
    const broken = new OtherEngine(() => {
      throw new TypeError('util.isNullOrUndefined is not a function');
    });
    expect(passesSmokeTest(broken, new OtherEngine(slowly))).toBe(false);
  });
});

describe('where @tensorflow/tfjs-node is installed', () => {
  afterEach(() => {
    vi.doUnmock('@tensorflow/tfjs-node');
    vi.resetModules();
  });

  /** Loads the native library with `tf` in its place, if anything. */
  async function installed(tf: unknown): Promise<TensorFlow | undefined> {
    vi.resetModules();
    vi.doMock('@tensorflow/tfjs-node', () => ({ default: tf }));
    return (await import('../../../../src/model/lstm/tensorflow/tensorflow.js')).loadNativeTensorFlow();
  }

  it('is used, and trains as the kernel does', async () => {
    const { tf } = await loadTensorFlow();
    const tensorFlow = await installed(tf);
    const native = new TensorFlowTrainer(tensorFlow!, parameters);
    const kernel = new KernelTrainer(parameters);
    const batch = {
      rows: 2,
      inputs: new Float32Array(150).fill(0.4),
      targets: new Float32Array(6).fill(0.3),
    };
    expect(native.name).toBe('tensorflow (native)');
    for (let i = 0; i < 2; i++) {
      const { pitch, step, duration } = native.step(batch, { rate: 0.005 });
      const expected = kernel.step(batch, { rate: 0.005 });
      expect(pitch).toBeCloseTo(expected.pitch, 4);
      expect(step).toBeCloseTo(expected.step, 4);
      expect(duration).toBeCloseTo(expected.duration, 4);
    }
    native.dispose();
  });

  it('is dropped when it fails in training', async () => {
    const { tf } = await loadTensorFlow();
    const broken = {
      ...tf,
      variableGrads: () => {
        throw new TypeError('util.isNullOrUndefined is not a function');
      },
    };
    expect((await installed(broken))!.native).toBe(true);
    const { chooseEngine: choose } = await import('../../../../src/model/lstm/training/engines.js');
    const { numTensors } = tf.memory();
    expect((await choose('auto', parameters)).name).toBe('kernel');
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('is not used when it computes wrong values', async () => {
    const { tf } = await loadTensorFlow();
    const broken = { ...tf, matMul: () => tf.zeros([1, 1]) };
    expect(await installed(broken)).toBeUndefined();
  });

  it('finds in `util` what Node 23 removed', async () => {
    const { tf } = await loadTensorFlow();
    const { default: util } = await import('node:util');
    const former = util as unknown as { isNullOrUndefined: (value: unknown) => boolean };
    const as422: typeof tf.matMul = (a, b) => {
      if (former.isNullOrUndefined(a)) throw new TypeError('There is no matrix.');
      return tf.matMul(a, b);
    };
    expect((await installed({ ...tf, matMul: as422 }))?.native).toBe(true);
  });
});

describe('the topology', () => {
  it('is the one that TensorFlow.js gives the network', async () => {
    const { tf } = await loadTensorFlow();
    const network = buildNetwork(tf);
    expect(await networkTopology()).toEqual(network.toJSON(null, false));
    network.dispose();
  });
});
