import { afterAll, describe, expect, it } from 'vitest';
import { tensors, type Parameters } from '../../src/model/architecture.js';
import { KernelTrainer } from '../../src/model/kernel/trainer.js';
import { TensorFlowTrainer } from '../../src/model/tensorflow-trainer.js';
import { loadTensorFlow } from '../../src/model/tensorflow.js';
import { fingerprint, kerasLike, randomBatch, tiled, withBiases } from './fixtures.js';

const tensorFlow = await loadTensorFlow();
const batches = [1, 2, 3, 4, 5].map((seed) => randomBatch(seed, 4));
const start = withBiases(kerasLike(61), { step: -0.5 });
const theirs = new TensorFlowTrainer(tensorFlow, start);
afterAll(() => theirs.dispose());

function farthest(a: Parameters, b: Parameters): number {
  let distance = 0;
  for (const { name } of tensors) {
    a[name].forEach((value, i) => (distance = Math.max(distance, Math.abs(value - b[name][i]!))));
  }
  return distance;
}

describe('training by TensorFlow.js', () => {
  const ours = new KernelTrainer(start);

  it('has the losses and the parameters of the kernel, step by step', () => {
    batches.forEach((batch, i) => {
      const options = { rate: 0.003, clipNorm: 0.5, ...(i < 2 && { pitchWeight: 0.4 }) };
      const [mine, other] = [ours.step(batch, options), theirs.step(batch, options)];
      for (const name of ['pitch', 'step', 'duration'] as const) {
        expect(Math.abs(mine[name] / other[name] - 1)).toBeLessThan(1e-4);
      }
    });
    expect(farthest(ours.parameters(), theirs.parameters())).toBeLessThan(1e-4);
    expect(farthest(ours.optimiser().m, theirs.optimiser().m)).toBeLessThan(1e-5);
    expect(farthest(ours.optimiser().v, theirs.optimiser().v)).toBeLessThan(1e-5);
    expect(theirs.optimiser().steps).toBe(5);
    expect(farthest(theirs.parameters(), start)).toBeGreaterThan(0.005);
  });

  it('restores what was saved, and loses no memory', () => {
    const { tf } = tensorFlow;
    const held = tf.memory().numTensors;
    const [parameters, optimiser] = [theirs.parameters(), theirs.optimiser()];
    theirs.step(batches[0]!, { rate: 0.003 });
    const after = fingerprint(theirs.parameters());
    theirs.restore(parameters, optimiser);
    expect(fingerprint(theirs.parameters())).toBe(fingerprint(parameters));
    theirs.step(batches[0]!, { rate: 0.003 });
    expect(fingerprint(theirs.parameters())).toBe(after);
    theirs.restore(tiled(62));
    expect(theirs.optimiser().steps).toBe(0);
    expect(tf.memory().numTensors).toBe(held);
  });

  it('evaluates as the kernel does', () => {
    theirs.restore(tiled(62));
    ours.restore(tiled(62));
    const [mine, other] = [ours.evaluate(batches[0]!), theirs.evaluate(batches[0]!)];
    for (const name of ['pitch', 'step', 'duration'] as const) {
      expect(Math.abs(mine[name] / other[name] - 1)).toBeLessThan(1e-4);
    }
  });
});
