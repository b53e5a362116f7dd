import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import {
  tensors,
  weightedLoss,
  type Losses,
  type Parameters,
} from '../../../../src/model/lstm/architecture.js';
import { KernelTrainer } from '../../../../src/model/lstm/kernel/trainer.js';
import { Random } from '../../../../src/model/random.js';
import { TensorFlowTrainer } from '../../../../src/model/lstm/tensorflow/tensorflow-trainer.js';
import { loadTensorFlow } from '../../../../src/model/lstm/tensorflow/tensorflow.js';
import { Windows } from '../../../../src/model/lstm/training/windows.js';
import { fingerprint, kerasLike, randomBatch, sequence, tiled, withBiases } from '../fixtures.js';

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

  it.each([
    ['Keras-like weights', kerasLike(66), undefined],
    ['negative timings and another pitch weight', withBiases(kerasLike(67), { step: -2, duration: -3 }), 0.7],
  ] as const)('has the gradients of the kernel: %s', (_, parameters, pitchWeight) => {
    // After the first step without clipping, Adam's first moment is a tenth of the gradient.
    const options = { rate: 0, ...(pitchWeight !== undefined && { pitchWeight }) };
    const kernel = new KernelTrainer(parameters);
    kernel.step(batches[0]!, options);
    theirs.restore(parameters);
    theirs.step(batches[0]!, options);
    const gradients = kernel.gradients();
    const { m } = theirs.optimiser();
    for (const { name } of tensors) {
      const largest = gradients[name].reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
      expect(largest).toBeGreaterThan(0);
      const error = gradients[name].reduce(
        (worst, value, i) => Math.max(worst, Math.abs(value - 10 * m[name][i]!)),
        0,
      );
      expect(error, name).toBeLessThan(1e-4 * largest);
    }
  });

  it('restores saved state, and leaks no memory', () => {
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

describe('two hundred steps', () => {
  /**
   * Pitch, step and duration loss of each step, as computed by TensorFlow.js without its native library. That
   * takes a fifth of a second per step, so only the first ones are recomputed here. The native library sums
   * in another order, and is fast enough for all of them.
   */
  const reference = JSON.parse(
    readFileSync(new URL('./tensorflow-losses.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [pitch: number, step: number, duration: number])[];
  const [computedAnew, rounding] = tensorFlow.native ? [reference.length, 1e-4] : [20, 1e-5];
  const piece = new Windows([sequence(63, 80)]);

  it('give the losses of TensorFlow.js, each within 1e-4', () => {
    const parameters = tiled(64);
    const ours = new KernelTrainer(parameters);
    theirs.restore(parameters);
    const random = new Random(65);
    const losses = reference.map((expected, step) => {
      const batch = piece.batch(Uint32Array.of(random.below(piece.count)));
      const options = { rate: 0.001, clipNorm: 1 };
      const mine = ours.step(batch, options);
      expect(largestDifference(mine, expected), `step ${step}`).toBeLessThan(1e-4);
      if (step < computedAnew) {
        const other = theirs.step(batch, options);
        expect(largestDifference(other, expected), `step ${step}`).toBeLessThan(rounding);
      }
      return weightedLoss(mine);
    });
    expect(losses).toHaveLength(200);
    const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b) / part.length;
    expect(mean(losses.slice(100))).toBeLessThan(mean(losses.slice(0, 100))); // it has learnt something
  });

  function largestDifference(losses: Losses, [pitch, step, duration]: (typeof reference)[number]): number {
    return Math.max(
      Math.abs(losses.pitch - pitch),
      Math.abs(losses.step - step),
      Math.abs(losses.duration - duration),
    );
  }
});
