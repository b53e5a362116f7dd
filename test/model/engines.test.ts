import { describe, expect, it } from 'vitest';
import { chooseEngine, networkTopology } from '../../src/model/engines.js';
import { loadTensorFlow } from '../../src/model/tensorflow.js';
import { fingerprint, kerasLike } from './fixtures.js';

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

  it('takes one that works, with the parameters untouched by its trial', async () => {
    const { native } = await loadTensorFlow();
    const engine = await chooseEngine('auto', parameters);
    expect(native ? ['kernel', 'tensorflow (native)'] : ['kernel']).toContain(engine.name);
    expect(fingerprint(engine.parameters())).toBe(fingerprint(parameters));
    expect(engine.optimiser().steps).toBe(0);
    engine.dispose();
  });

  it('refuses other names with the choices', async () => {
    await expect(chooseEngine('torch', parameters)).rejects.toMatchObject({
      code: 'options.engine',
      message: '--engine must be auto, kernel or tensorflow; you gave "torch".',
    });
  });
});

describe('the topology', () => {
  it('is plain data that names the layers', async () => {
    const text = JSON.stringify(await networkTopology());
    for (const name of ['"lstm"', '"pitch"', '"step"', '"duration"']) expect(text).toContain(name);
  });
});
