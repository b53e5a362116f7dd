import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelCard } from '../../../../src/i18n/en/model-card.js';
import { weightedLoss } from '../../../../src/model/lstm/architecture.js';
import { CheckpointMismatch } from '../../../../src/model/lstm/training/checkpoint.js';
import { decodeManifest, type ModelManifest } from '../../../../src/model/model-manifest.js';
import { KernelTrainer } from '../../../../src/model/lstm/kernel/trainer.js';
import { decodeLayersModel } from '../../../../src/model/lstm/layers-model.js';
import type { LstmTraining, TrainedLstm } from '../../../../src/model/lstm/training/model-training.js';
import { trainModel } from '../../../../src/model/lstm/training/train-model.js';
import { evaluate } from '../../../../src/model/lstm/training/training.js';
import type { CurvePoint } from '../../../../src/model/losses.js';
import { Windows } from '../../../../src/model/lstm/training/windows.js';
import { fingerprint, sequence, tiled } from '../fixtures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-'));
});
afterEach(() => rm(folder, { recursive: true }));

const corpus = {
  training: [
    { name: 'a.mid', sequence: sequence(1, 60) },
    { name: 'b.mid', sequence: sequence(2, 50) },
  ],
  validation: [{ name: 'c.mid', sequence: sequence(3, 45) }],
  refused: [],
};

const options: LstmTraining['options'] = {
  epochs: 2,
  batchSize: 12,
  rate: 0.01,
  schedule: 'cosine',
  warmUp: 0,
  clipNorm: 0.5,
  pitchWeight: 0.4,
  pitchWeightUntil: 0.55,
  augmentation: { transpose: 2, stretch: 0.07 },
  patience: 100,
  roundWindows: 36,
  validationWindows: 8,
  seed: 5,
};

const train = (changes: Partial<LstmTraining> = {}): Promise<TrainedLstm> =>
  trainModel({
    name: 'small',
    music: corpus,
    dataDescription: 'Melodies that wander, by nobody.',
    engine: new KernelTrainer(tiled(101)),
    topology: { class_name: 'Model' },
    options,
    folder,
    modelFolder: join(folder, 'model'),
    card: modelCard,
    drawCurve: (curve) => Buffer.from(`${curve.length} points`),
    ...changes,
  });

const file = (name: string): Promise<string> => readFile(join(folder, 'model', name), 'utf8');

describe('training a model into a folder', () => {
  it('writes weights, card and curve', async () => {
    const trained = await train();
    expect([trained.ended, trained.step, trained.trainingWindows, trained.validationWindows]).toEqual([
      'finished',
      10,
      60,
      20,
    ]);
    expect((await readdir(join(folder, 'model'))).sort()).toEqual([
      'README.md',
      'curve.csv',
      'curve.png',
      'manifest.json',
      'model.json',
      'weights.bin',
    ]);
    const weights = await readFile(join(folder, 'model', 'weights.bin'));
    const decoded = decodeLayersModel({ model: await file('model.json'), weights });
    expect(fingerprint(decoded.parameters)).toBe(fingerprint(trained.parameters));
    expect(decoded.metadata).toMatchObject({ name: 'small', losses: trained.losses, options });
    expect(await file('curve.png')).toBe('4 points');

    // The figures are those of the weights, over the whole validation set.
    const engine = new KernelTrainer(decoded.parameters);
    const losses = evaluate(engine, new Windows([corpus.validation[0]!.sequence]));
    expect(trained.losses).toEqual(losses);
    expect(await readdir(join(folder, 'checkpoints'))).toEqual(['step-000000010']);
  });

  it('states the figures on the card', async () => {
    const { losses, baselines } = await train();
    const card = await file('README.md');
    for (const text of [
      '# Model card: small',
      'Melodies that wander, by nobody.',
      '2 training files (60 windows), 1 validation files\n(20 windows)',
      '10 of batches of 12 (completed)',
      '0.4 until 55 % of the training',
      'transposition ±2 semitones, tempo ±7 %',
      `| **this model** | ${weightedLoss(losses).toFixed(4)} | ${losses.pitch.toFixed(4)} | ${losses.step.toFixed(4)} | ${losses.duration.toFixed(4)} |`,
      ...baselines.flatMap((each) => Object.values(each.losses).map((loss) => loss.toFixed(4))),
    ]) {
      expect(card).toContain(text);
    }
  });

  it('writes the curve as a table', async () => {
    await train();
    const [head, ...rows] = (await file('curve.csv')).trim().split('\n');
    const columns = head!.split(',');
    expect(columns).toHaveLength(7);
    expect(rows.map((row) => row.split(',').slice(0, 2).join())).toEqual(['3,0.6', '6,1.2', '9,1.8', '10,2']);
    for (const row of rows) {
      const [, , , whole, pitch, step, duration] = row.split(',').map(Number);
      expect(whole).toBeCloseTo(0.05 * pitch! + step! + duration!, 4);
    }
  });
});

describe('training from a parent', () => {
  const parent = { id: 'old@12345678', parameters: tiled(101) };
  const fine = { ...options, fromTrained: true } as const;
  const data = [{ name: 'a.mid', sha256: 'f'.repeat(64) }];
  const manifest = async (): Promise<ModelManifest> => decodeManifest(await file('manifest.json'));

  it('names it and the music', async () => {
    const { losses, parentLosses } = await train({ parent, data, options: fine });
    const validation = new Windows([corpus.validation[0]!.sequence]);
    expect(parentLosses).toEqual(evaluate(new KernelTrainer(parent.parameters), validation));
    expect(await manifest()).toMatchObject({
      version: 1,
      name: 'small',
      parent: 'old@12345678',
      data,
      options: fine,
      engine: 'kernel',
      ended: 'finished',
      steps: 10,
      trainingWindows: 60,
      validationWindows: 20,
      losses,
      parentLosses,
    });
    const { curve, sha256, trainedAt } = await manifest();
    expect(curve.map(({ step }) => step)).toEqual([0, 3, 6, 9, 10]);
    expect(Math.abs(Date.parse(trainedAt) - Date.now())).toBeLessThan(60_000);
    expect(Object.keys(sha256).sort()).toEqual([
      'README.md',
      'curve.csv',
      'curve.png',
      'model.json',
      'weights.bin',
    ]);
    const card = await file('README.md');
    expect(card).toContain('| started from | old@12345678 |');
    expect(card).toContain(`| its parent, old@12345678 | ${weightedLoss(parentLosses!).toFixed(4)} |`);
  });

  it('returns its weights when there is no improvement', async () => {
    const { ended, losses, parentLosses, parameters } = await train({
      parent,
      options: { ...fine, rate: 1e30, clipNorm: 1e30 },
    });
    expect(ended).toBe('diverged');
    expect(losses).toEqual(parentLosses);
    expect(fingerprint(parameters)).toBe(fingerprint(parent.parameters));
  });

  it('writes to the given folder', async () => {
    const modelFolder = join(folder, 'elsewhere', 'mine');
    await train({ parent, modelFolder });
    expect(await readdir(modelFolder)).toContain('weights.bin');
    expect(await readdir(folder)).not.toContain('model');
  });
});

describe('training again in the same folder', () => {
  it('reaches the same result as without the interruption', async () => {
    const stop = new AbortController();
    const first = await train({
      signal: stop.signal,
      onProgress: ({ step }) => {
        if (step === 4) stop.abort();
      },
    });
    expect([first.ended, first.step]).toEqual(['stopped', 4]);
    expect(await file('README.md')).toContain('stopped by the user');
    const resumed: number[] = [];
    const second = await train({ onResume: (step) => resumed.push(step) });
    expect(resumed).toEqual([4]);
    const curve: (readonly CurvePoint[])[] = [];
    await rm(join(folder, 'checkpoints'), { recursive: true });
    const whole = await train({
      drawCurve: (points) => {
        curve.push(points);
        return new Uint8Array(1);
      },
    });
    expect(fingerprint(second.parameters)).toBe(fingerprint(whole.parameters));
    expect(second.losses).toEqual(whole.losses);
    expect(curve[0]).toHaveLength(4);
  });

  it('does nothing when it had finished', async () => {
    const first = await train();
    const steps: number[] = [];
    const second = await train({ onProgress: ({ step }) => steps.push(step) });
    expect(steps).toEqual([]);
    expect(fingerprint(second.parameters)).toBe(fingerprint(first.parameters));
  });

  it('refuses to mix two trainings', async () => {
    await train();
    await expect(train({ options: { ...options, rate: 0.02 } })).rejects.toThrow(CheckpointMismatch);
    const fewer = { ...corpus, training: corpus.training.slice(0, 1) };
    await expect(train({ music: fewer })).rejects.toThrow(CheckpointMismatch);
  });
});
