import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weightedLoss, type Losses, type Parameters } from '../../../../src/model/lstm/architecture.js';
import { loadCheckpoint, saveCheckpoint } from '../../../../src/model/lstm/training/checkpoint.js';
import { KernelTrainer } from '../../../../src/model/lstm/kernel/trainer.js';
import {
  evaluate,
  train,
  type TrainingOutcome,
  type TrainingRun,
} from '../../../../src/model/lstm/training/training.js';
import type {
  OptimiserState,
  StepOptions,
  TrainingEngine,
  WindowBatch,
} from '../../../../src/model/lstm/training/training-engine.js';
import type { TrainingOptions } from '../../../../src/model/trainer.js';
import { Windows } from '../../../../src/model/lstm/training/windows.js';
import { fingerprint, kerasLike, sequence, tiled } from '../fixtures.js';

const training = new Windows([sequence(1, 60), sequence(2, 50)]); // 35 + 25 windows
const validation = new Windows([sequence(3, 40)]); // 15 windows

const options: TrainingOptions = {
  epochs: 2,
  batchSize: 12, // five batches per epoch
  rate: 0.01,
  schedule: 'cosine',
  warmUp: 24,
  clipNorm: 0.5,
  pitchWeight: 0.4,
  pitchWeightUntil: 0.5,
  augmentation: { transpose: 2, stretch: 0.1 },
  patience: 100,
  roundWindows: 36, // three batches per round
  validationWindows: 8,
  seed: 5,
};

const run = (changes: Partial<TrainingRun> = {}): Promise<TrainingOutcome> =>
  train({ engine: new KernelTrainer(tiled(91)), training, validation, options, ...changes });

/** A fake engine with given validation losses. */
class Pretender implements TrainingEngine {
  readonly name = 'pretender';
  readonly asked: (StepOptions & { readonly rows: number })[] = [];
  #steps = 0;
  #evaluations = 0;
  readonly #parameters = kerasLike(92);

  constructor(
    readonly validationLosses: readonly number[],
    readonly trainingLoss: (step: number) => number = () => 1,
  ) {}

  step({ rows }: WindowBatch, stepOptions: StepOptions): Losses {
    this.asked.push({ rows, ...stepOptions });
    return { pitch: 0, step: this.trainingLoss(++this.#steps), duration: 0 };
  }

  evaluate(): Losses {
    return { pitch: 0, step: this.validationLosses[this.#evaluations++] ?? NaN, duration: 0 };
  }

  /** Encodes in a bias after how many steps it was called. */
  parameters(): Parameters {
    return { ...this.#parameters, 'step/bias': Float32Array.of(this.#steps) };
  }

  optimiser(): OptimiserState {
    return { steps: this.#steps, m: this.#parameters, v: this.#parameters };
  }

  restore(parameters: Parameters): void {
    this.#steps = parameters['step/bias'][0]!;
  }

  dispose(): void {
    // It has no state.
  }
}

describe('training', () => {
  it('lowers the loss, and keeps the best weights', async () => {
    const engine = new KernelTrainer(tiled(91));
    const before = weightedLoss(evaluate(engine, validation));
    const { state, ended } = await run({ engine, options: { ...options, epochs: 6 } });
    expect(ended).toBe('finished');
    expect(state.step).toBe(30);
    const losses = state.curve.map((point) => weightedLoss(point.validation));
    expect(state.bestLoss).toBe(Math.min(...losses));
    expect(state.bestLoss).toBeLessThan(before);
    engine.restore(state.best);
    expect(weightedLoss(evaluate(engine, validation))).toBeLessThan(before);
  });

  it('validates after every round and at the end', async () => {
    const { state } = await run({ engine: new Pretender([4, 3, 2, 1], (step) => step) });
    expect(state.curve.map(({ step, epoch, trainingLoss }) => [step, epoch, trainingLoss])).toEqual([
      [3, 0.6, 2],
      [6, 1.2, 5],
      [9, 1.8, 8],
      [10, 2, 10],
    ]);
    expect(state.curve.map((point) => point.validation.step)).toEqual([4, 3, 2, 1]);
    expect(state.best['step/bias'][0]).toBe(10);
  });

  it('reports every step', async () => {
    const seen: [number, number, number, boolean][] = [];
    await run({
      engine: new Pretender([4, 3, 2, 1]),
      onStep: ({ step, totalSteps, epoch, point }) => {
        seen.push([step, totalSteps, epoch, point !== undefined]);
      },
    });
    expect(seen.map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(seen.every(([, total]) => total === 10)).toBe(true);
    expect(seen.map(([, , epoch]) => epoch)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(seen.filter(([, , , point]) => point).map(([step]) => step)).toEqual([3, 6, 9, 10]);
  });

  it('warms up, then follows the cosine, and changes the weight of pitch late', async () => {
    const engine = new Pretender([4, 3, 2, 1]);
    await run({ engine });
    engine.asked.forEach(({ rate, pitchWeight, rows, clipNorm }, step) => {
      const cosine = 0.5 * (1 + Math.cos((Math.PI * step) / 10));
      expect(rate).toBeCloseTo(0.01 * cosine * Math.min(1, (12 * step + 1) / 24), 12);
      expect(pitchWeight).toBe(step < 5 ? 0.4 : undefined);
      expect([rows, clipNorm]).toEqual([12, 0.5]);
    });
    const constant = new Pretender([4, 3, 2, 1]);
    await run({ engine: constant, options: { ...options, schedule: 'constant', warmUp: 0 } });
    expect(new Set(constant.asked.map(({ rate }) => rate))).toEqual(new Set([0.01]));
  });

  it('trains on less than a batch', async () => {
    const engine = new Pretender([1, 1]);
    const { state } = await run({ engine, options: { ...options, batchSize: 500 } });
    expect(engine.asked.map(({ rows }) => rows)).toEqual([60, 60]);
    expect(state.step).toBe(2);
  });

  it('follows from the seed', async () => {
    const trained = async (seed: number): Promise<string> =>
      fingerprint((await run({ options: { ...options, seed, epochs: 1 } })).state.parameters);
    expect(await trained(5)).toBe(await trained(5));
    expect(await trained(5)).not.toBe(await trained(6));
  });
});

describe('training that was interrupted', () => {
  it.each([1, 4, 6, 9])('after %i steps continues bit for bit from its checkpoint', async (steps) => {
    const whole = (await run()).state;
    const stop = new AbortController();
    const half = await run({
      signal: stop.signal,
      onStep: ({ step }) => {
        if (step === steps) stop.abort();
      },
    });
    expect(half.ended).toBe('stopped');
    expect(half.state.step).toBe(steps);

    const folder = await mkdtemp(join(tmpdir(), 'training-'));
    await saveCheckpoint(folder, half.state, 'subject', {});
    const from = (await loadCheckpoint(folder, 'subject'))!;
    await rm(folder, { recursive: true });

    const { state } = await run({ engine: new KernelTrainer(kerasLike(93)), from });
    expect(fingerprint(state.parameters)).toBe(fingerprint(whole.parameters));
    expect(fingerprint(state.optimiser.m)).toBe(fingerprint(whole.optimiser.m));
    expect(fingerprint(state.optimiser.v)).toBe(fingerprint(whole.optimiser.v));
    expect(fingerprint(state.best)).toBe(fingerprint(whole.best));
    expect(state.curve).toEqual(whole.curve);
    expect([state.step, state.bestLoss, state.roundsSinceBest, state.lossCount]).toEqual([
      whole.step,
      whole.bestLoss,
      whole.roundsSinceBest,
      whole.lossCount,
    ]);
  });

  it('before its start stops at once', async () => {
    const { state, ended } = await run({ signal: AbortSignal.abort() });
    expect([state.step, ended]).toEqual([0, 'stopped']);
    expect(fingerprint(state.best)).toBe(fingerprint(tiled(91)));
  });
});

describe('training without improvement', () => {
  const patient = { ...options, epochs: 6, patience: 2 };

  it('ends early and keeps the best', async () => {
    const { state, ended } = await run({
      engine: new Pretender([4, 2, 2, 3, 1]),
      options: patient,
    });
    expect(ended).toBe('no-improvement');
    expect(state.step).toBe(12);
    expect([state.bestLoss, state.roundsSinceBest, state.best['step/bias'][0]]).toEqual([2, 2, 6]);
  });

  it('does not continue when run again', async () => {
    const { state } = await run({ engine: new Pretender([4, 2, 2, 3, 1]), options: patient });
    const again = await run({ engine: new Pretender([]), options: patient, from: state });
    expect(again.ended).toBe('no-improvement');
    expect(again.state.step).toBe(12);
  });
});

describe('training that diverges', () => {
  it('ends at a loss that is not finite, and keeps the best', async () => {
    const engine = new Pretender([4, 2], (step) => (step === 8 ? NaN : 1));
    const saved: number[] = [];
    const { state, ended } = await run({ engine, onStep: ({ step }) => void saved.push(step) });
    expect(ended).toBe('diverged');
    expect([state.bestLoss, state.best['step/bias'][0], state.parameters['step/bias'][0]]).toEqual([2, 6, 6]);
    expect(saved.at(-1)).toBe(7);
  });

  it('ends at a validation loss that is not finite before anything of it is saved', async () => {
    const saved: number[] = [];
    const { state, ended } = await run({
      engine: new Pretender([4, NaN]),
      onStep: ({ step }) => void saved.push(step),
    });
    expect(ended).toBe('diverged');
    expect(saved.at(-1)).toBe(5);
    expect(state.curve).toHaveLength(1);
    expect([state.bestLoss, state.parameters['step/bias'][0]]).toEqual([4, 3]);
  });
});

describe('evaluate', () => {
  it('is the mean over all windows, however many', () => {
    const many = new Windows([sequence(4, 1100)]); // 1,075 windows: more than fit in a batch
    const engine = new KernelTrainer(tiled(91));
    const losses = evaluate(engine, many);
    const whole = engine.evaluate(many.batch(Uint32Array.from({ length: many.count }, (_, i) => i)));
    for (const name of ['pitch', 'step', 'duration'] as const) {
      expect(losses[name]).toBeCloseTo(whole[name], 9);
    }
  });
});

describe('training from a trained model', () => {
  const fine = { ...options, fromTrained: true } as const;

  it('validates it first, and on some of the training windows', async () => {
    const steps: number[] = [];
    const { state } = await run({
      options: fine,
      onStep: ({ step }) => {
        steps.push(step);
      },
    });
    const start = new KernelTrainer(tiled(91));
    const all = { ...fine, validationWindows: 1000 };
    const whole = await run({ training: validation, options: all });
    const losses = evaluate(start, validation);
    expect(whole.state.curve[0]).toEqual({
      step: 0,
      epoch: 0,
      trainingLoss: weightedLoss(losses),
      validation: losses,
    });
    // Over eight of its sixty windows.
    expect(state.curve[0]!.trainingLoss).not.toBe(weightedLoss(evaluate(start, training)));
    expect(steps.slice(0, 2)).toEqual([0, 1]);
    // It changes nothing else.
    const { state: fresh } = await run();
    expect(state.curve.slice(1)).toEqual(fresh.curve);
  });

  it('is never worse than it, and stops when there is no improvement', async () => {
    // The first evaluation is over the training windows.
    const engine = new Pretender([1, 0.4, 0.5, 0.6, 0.7]);
    const { state, ended } = await run({ engine, options: { ...fine, epochs: 9, patience: 2 } });
    expect([ended, state.bestLoss, state.best['step/bias'][0]]).toEqual(['no-improvement', 0.4, 0]);
    expect(state.curve).toHaveLength(3);
  });

  it('returns it when the loss becomes NaN or infinite', async () => {
    const { state, ended } = await run({ options: { ...fine, rate: 1e30, clipNorm: 1e30, warmUp: 0 } });
    expect(ended).toBe('diverged');
    expect(fingerprint(state.best)).toBe(fingerprint(tiled(91)));
    expect(fingerprint(state.parameters)).toBe(fingerprint(tiled(91)));
  });

  it('does not validate it again when resuming', async () => {
    const stop = new AbortController();
    const first = await run({
      options: fine,
      signal: stop.signal,
      onStep: ({ step }) => {
        if (step === 4) stop.abort();
      },
    });
    const second = await run({ options: fine, from: first.state });
    const whole = await run({ options: fine });
    expect(second.state.curve).toEqual(whole.state.curve);
    expect(fingerprint(second.state.best)).toBe(fingerprint(whole.state.best));
  });
});
