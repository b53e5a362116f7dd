import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parametersFrom } from '../../../../src/model/lstm/architecture.js';
import {
  CheckpointMismatch,
  loadCheckpoint,
  saveCheckpoint,
} from '../../../../src/model/lstm/training/checkpoint.js';
import type { TrainingState } from '../../../../src/model/lstm/training/training.js';
import { fingerprint, kerasLike, tiled } from '../fixtures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true }));

const state = (step: number): TrainingState => ({
  step,
  parameters: kerasLike(81),
  optimiser: { steps: step, m: tiled(82), v: tiled(83) },
  best: kerasLike(84),
  bestLoss: 0.25,
  roundsSinceBest: 1,
  curve: [
    { step: 5, epoch: 0.5, trainingLoss: 0.1 + 0.2, validation: { pitch: 1 / 3, step: 1e-9, duration: 2 } },
  ],
  lossSum: 1 / 7,
  lossCount: 3,
});
const name = (step: number): string => `step-${String(step).padStart(9, '0')}`;
const save = (step: number, subject = 'subject'): Promise<void> =>
  saveCheckpoint(folder, state(step), subject, { class_name: 'Model' });
const load = (): Promise<TrainingState | undefined> => loadCheckpoint(folder, 'subject');

/** A copy of an older checkpoint, as it exists before a newer one is complete. */
async function olderBeside(older: number, newer: number): Promise<void> {
  await save(older);
  await cp(join(folder, name(older)), join(folder, 'kept'), { recursive: true });
  await save(newer);
  await rename(join(folder, 'kept'), join(folder, name(older)));
}

describe('a checkpoint', () => {
  it('is restored bit for bit', async () => {
    await save(12);
    const { parameters, optimiser, best, ...rest } = (await load())!;
    const { parameters: p, optimiser: o, best: b, ...expected } = state(12);
    expect(rest).toEqual(expected);
    expect(optimiser.steps).toBe(12);
    for (const [actual, wanted] of [
      [parameters, p],
      [best, b],
      [optimiser.m, o.m],
      [optimiser.v, o.v],
    ] as const) {
      expect(fingerprint(actual)).toBe(fingerprint(wanted));
    }
  });

  it('knows that nothing has been validated yet', async () => {
    await saveCheckpoint(folder, { ...state(1), bestLoss: Infinity }, 'subject', {});
    expect((await load())!.bestLoss).toBe(Infinity);
  });

  it('replaces the older ones', async () => {
    await save(1);
    await save(2);
    await save(1_000_000_000);
    expect(await readdir(folder)).toEqual([name(1_000_000_000)]);
    expect((await load())!.step).toBe(1_000_000_000);
  });

  it('can be saved twice', async () => {
    await save(3);
    await save(3);
    expect(await readdir(folder)).toEqual([name(3)]);
    expect((await load())!.step).toBe(3);
  });

  it('is undefined if there is none', async () => {
    expect(await load()).toBeUndefined();
    expect(await loadCheckpoint(join(folder, 'none'), 'subject')).toBeUndefined();
  });

  it('of another training is refused', async () => {
    await save(1, 'another');
    await expect(load()).rejects.toThrow(CheckpointMismatch);
    await expect(load()).rejects.toMatchObject({ saved: 'another', asked: 'subject' });
  });
});

describe('after a kill', () => {
  it('during writing, the previous one is used and the rest is deleted', async () => {
    await save(1);
    await cp(join(folder, name(1)), join(folder, `${name(2)}.partial`), { recursive: true });
    await rm(join(folder, `${name(2)}.partial`, 'state.json'));
    expect((await load())!.step).toBe(1);
    await save(3);
    expect(await readdir(folder)).toEqual([name(3)]);
  });

  it('while replacing the same step, the replaced one is used', async () => {
    await save(4);
    await rename(join(folder, name(4)), join(folder, `${name(4)}.replaced`));
    expect((await load())!.step).toBe(4);
    await save(5);
    expect(await readdir(folder)).toEqual([name(5)]);
  });

  it('before the older ones were removed, the newest is used', async () => {
    await olderBeside(9, 10);
    expect((await load())!.step).toBe(10);
  });
});

describe('a damaged checkpoint', () => {
  it.each(['weights.bin', 'best.bin', 'm.bin', 'v.bin', 'model.json', 'state.json'])(
    'is replaced by an older one: %s',
    async (file) => {
      await olderBeside(1, 2);
      const path = join(folder, name(2), file);
      const bytes = await readFile(path);
      bytes[10]! ^= 255;
      await writeFile(path, bytes);
      expect((await load())?.step).toBe(1);
      await writeFile(path, bytes.subarray(0, 20));
      expect((await load())?.step).toBe(1);
      await rm(path);
      expect((await load())?.step).toBe(1);
      await rm(join(folder, name(1)), { recursive: true });
      expect(await load()).toBeUndefined();
    },
  );

  it('is also replaced when its values are not finite', async () => {
    const broken = parametersFrom((tensor) => kerasLike(81)[tensor].slice().fill(NaN));
    await saveCheckpoint(folder, { ...state(2), parameters: broken }, 'subject', {});
    expect(await load()).toBeUndefined();
  });
});
