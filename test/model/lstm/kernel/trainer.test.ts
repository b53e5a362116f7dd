import { describe, expect, it } from 'vitest';
import { tensors, type Parameters } from '../../../../src/model/lstm/architecture.js';
import { KernelTrainer } from '../../../../src/model/lstm/kernel/trainer.js';
import { Random } from '../../../../src/model/random.js';
import type { WindowBatch } from '../../../../src/model/lstm/training/training-engine.js';
import { fingerprint, kerasLike, randomBatch, tiled, withBiases } from '../fixtures.js';
import { Adam, batchLosses, finiteDifference, toWeights } from '../oracle.js';

/** Both timings are negative, so that the penalty applies. */
const negative = (parameters: Parameters): Parameters => withBiases(parameters, { step: -2, duration: -3 });

const cases: readonly [name: string, parameters: Parameters, rows: number][] = [
  ['Keras-like weights', kerasLike(1), 7],
  ['tiled weights', tiled(2), 3],
  ['negative timings', negative(kerasLike(3)), 3],
  ['more rows than go side by side', tiled(4), 67],
];

describe('the losses of the kernel', () => {
  it.each(cases)('are those of the oracle: %s', (_, parameters, rows) => {
    const batch = randomBatch(rows, rows);
    const expected = batchLosses(toWeights(parameters), batch);
    const losses = new KernelTrainer(parameters).evaluate(batch);
    for (const name of ['pitch', 'step', 'duration'] as const) {
      expect(Math.abs(losses[name] / expected[name] - 1)).toBeLessThan(1e-5);
    }
  });
});

describe('the gradients of the kernel', () => {
  // Three rows are one tile of two, and a rest.
  it.each([
    ['Keras-like weights', kerasLike(1), 6],
    ['tiled weights and another pitch weight', tiled(2), 3, 0.7],
    ['negative timings', negative(kerasLike(3)), 2],
  ] as const)('are those of finite differences: %s', (_, parameters, rows, pitchWeight?: number) => {
    const batch = randomBatch(rows, rows);
    const trainer = new KernelTrainer(parameters);
    trainer.step(batch, { rate: 0.001, ...(pitchWeight !== undefined && { pitchWeight }) });
    const gradients = trainer.gradients();
    const weights = toWeights(parameters);
    const random = new Random(rows);
    for (const { name } of tensors) {
      const largest = gradients[name].reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
      expect(largest).toBeGreaterThan(0);
      for (let i = 0; i < Math.min(3, weights[name].length); i++) {
        const index = random.below(weights[name].length);
        const expected = finiteDifference(weights, batch, name, index, pitchWeight);
        const error = Math.abs(gradients[name][index]! - expected);
        expect(error).toBeLessThan(1e-4 * Math.abs(expected) + 2e-5 * largest);
      }
    }
  });

  it('are the mean over the rows, also with more rows than fit in a chunk', () => {
    const trainer = new KernelTrainer(tiled(4));
    const gradientsOf = (batch: WindowBatch): Parameters => {
      trainer.step(batch, { rate: 0 });
      return trainer.gradients();
    };
    const batch = randomBatch(1, 133);
    const parts = Array.from({ length: 19 }, (_, i) => {
      const part = (values: Float32Array): Float32Array => {
        const width = values.length / 19;
        return values.subarray(i * width, (i + 1) * width);
      };
      return gradientsOf({ rows: 7, inputs: part(batch.inputs), targets: part(batch.targets) });
    });
    const whole = gradientsOf(batch);
    for (const { name } of tensors) {
      const mean = (index: number): number => parts.reduce((sum, part) => sum + part[name][index]! / 19, 0);
      const errors = whole[name].map((value, index) => Math.abs(value - mean(index)));
      const largest = whole[name].reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
      expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-5 * largest);
    }
  });

  it('penalise negative timings by ten a second', () => {
    const far = randomBatch(1, 2);
    const trainer = new KernelTrainer(withBiases(kerasLike(1), { step: -2, duration: 2, headWeights: 0 }));
    trainer.step(far, { rate: 0 });
    const mean = (column: number): number => (far.targets[column]! + far.targets[3 + column]!) / 2;
    expect(trainer.gradients()['step/bias'][0]).toBeCloseTo(2 * (-2 - mean(1)) - 10, 4);
    expect(trainer.gradients()['duration/bias'][0]).toBeCloseTo(2 * (2 - mean(2)), 4);
  });
});

describe('the optimiser of the kernel', () => {
  const batches = [1, 2, 3].map((seed) => randomBatch(seed, 6));

  /** Maximum difference between the kernel's parameters and the oracle's after each step. */
  function drift(from: Parameters, clipNorm?: number): number {
    const trainer = new KernelTrainer(from);
    const oracle = new Adam(toWeights(from));
    let largest = 0;
    for (const batch of batches) {
      trainer.step(batch, { rate: 0.01, ...(clipNorm !== undefined && { clipNorm }) });
      oracle.step(toWeights(trainer.gradients()), 0.01, clipNorm);
      const parameters = trainer.parameters();
      for (const { name } of tensors) {
        parameters[name].forEach((value, i) => {
          largest = Math.max(largest, Math.abs(value - oracle.weights[name][i]!));
        });
      }
    }
    return largest;
  }

  // Weights of up to a hundred have a float32 resolution of 4e-6.
  it('is Adam', () => {
    expect(drift(kerasLike(5))).toBeLessThan(2e-6);
    expect(drift(tiled(5))).toBeLessThan(3e-5);
  });

  it('clips large gradients', () => {
    expect(drift(kerasLike(5), 0.05)).toBeLessThan(2e-6);
    const moved = (clipNorm: number): Parameters => {
      const trainer = new KernelTrainer(kerasLike(5));
      trainer.step(batches[0]!, { rate: 0.01, clipNorm });
      return trainer.optimiser().m;
    };
    const length = (values: Parameters): number =>
      Math.sqrt(tensors.reduce((sum, { name }) => sum + values[name].reduce((s, x) => s + x * x, 0), 0));
    expect(length(moved(0.05))).toBeCloseTo(0.1 * 0.05, 6);
    expect(fingerprint(moved(1e6))).toBe(fingerprint(moved(Infinity)));
  });

  it('returns the losses before the step, and lowers them', () => {
    const trainer = new KernelTrainer(kerasLike(6));
    const before = trainer.evaluate(batches[0]!);
    expect(trainer.step(batches[0]!, { rate: 0.001 })).toEqual(before);
    expect(trainer.evaluate(batches[0]!).duration).toBeLessThan(before.duration);
  });
});

describe('restoring the kernel', () => {
  const run = (trainer: KernelTrainer, batches: readonly WindowBatch[]): number[] =>
    batches.map((batch) => trainer.step(batch, { rate: 0.01, clipNorm: 0.1 }).pitch);
  const first = [1, 2, 3].map((seed) => randomBatch(seed, 6));
  const then = [4, 5, 6].map((seed) => randomBatch(seed, 66));

  it('continues bit for bit', () => {
    const whole = new KernelTrainer(tiled(7));
    run(whole, first);
    const other = new KernelTrainer(kerasLike(8));
    run(other, then);
    other.restore(whole.parameters(), whole.optimiser());
    expect(run(other, then)).toEqual(run(whole, then));
    expect(fingerprint(other.parameters())).toBe(fingerprint(whole.parameters()));
    expect(fingerprint(other.optimiser().m)).toBe(fingerprint(whole.optimiser().m));
    expect(fingerprint(other.optimiser().v)).toBe(fingerprint(whole.optimiser().v));
    expect(other.optimiser().steps).toBe(6);
  });

  it('returns copies, and restarts Adam without its state', () => {
    const trainer = new KernelTrainer(tiled(7));
    const saved = trainer.parameters();
    expect(fingerprint(saved)).toBe(fingerprint(tiled(7)));
    run(trainer, first);
    expect(fingerprint(saved)).toBe(fingerprint(tiled(7)));
    trainer.restore(saved);
    const fresh = new KernelTrainer(tiled(7));
    expect(trainer.optimiser().steps).toBe(0);
    expect(run(trainer, first)).toEqual(run(fresh, first));
  });
});
