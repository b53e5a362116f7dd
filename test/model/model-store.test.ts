import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFolder } from '../../src/storage/durable.js';
import { encodeLayersModel } from '../../src/model/lstm/layers-model.js';
import { encodeManifest } from '../../src/model/model-manifest.js';
import { findModel, foldersFor, listModels, loadModel, modelKind } from '../../src/model/model-store.js';
import { LstmModel } from '../../src/model/lstm/model.js';
import type { Model } from '../../src/model/model.js';
import { fineTuningOptions } from '../../src/model/lstm/training/fine-tuning.js';
import { fingerprint, kerasLike, tiled } from './lstm/fixtures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, parameters = tiled(121)): Promise<void> {
  await mkdir(join(folder, path), { recursive: true });
  const { model, weights } = encodeLayersModel(parameters, {}, {});
  await writeFile(join(folder, path, 'model.json'), model);
  await writeFile(join(folder, path, 'weights.bin'), weights);
}

function manifestOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const losses = { pitch: 3, step: 0.1, duration: 0.1 };
  return encodeManifest(
    {
      name: 'mine',
      parent: 'lstm@12345678',
      trainedAt: '2026-01-02T03:04:05.000Z',
      options: fineTuningOptions({ epochs: 1, rate: 0.001, seed: 1 }, 400),
      engine: 'kernel',
      ended: 'finished',
      steps: 10,
      trainingWindows: 400,
      validationWindows: 64,
      losses,
      curve: [],
    },
    files,
  );
}

const own = (): string[] => [join(folder, 'own'), join(folder, 'shipped')];

describe('the store of models', () => {
  it('lists the models of all folders', async () => {
    await write('own/mine');
    await write('own/lstm');
    await write('shipped/lstm');
    await writeFile(join(folder, 'own', 'README.md'), 'no model');
    expect(await listModels([...own(), join(folder, 'none')])).toEqual(['lstm', 'mine']);
  });

  it('prefers the first folder, and fingerprints the weights', async () => {
    await write('own/lstm', kerasLike(122));
    await write('shipped/lstm');
    const [mine, shipped] = [await loadModel(own(), 'lstm'), await loadModel(own().slice(1), 'lstm')];
    const weightsOf = (model: Model): string | false =>
      model instanceof LstmModel && fingerprint(model.parameters);
    expect(weightsOf(mine)).toBe(fingerprint(kerasLike(122)));
    expect(weightsOf(shipped)).toBe(fingerprint(tiled(121)));
    expect(mine.id).toMatch(/^lstm@[0-9a-f]{8}$/);
    expect(mine.id).not.toBe(shipped.id);
    expect((await loadModel(own(), 'lstm')).id).toBe(mine.id);
  });

  it('lists the models', async () => {
    await expect(loadModel(own(), 'lstm')).rejects.toMatchObject({
      code: 'model.unknown',
      details: { name: 'lstm', names: [] },
    });
    await write('own/mine');
    await expect(loadModel(own(), 'lstm')).rejects.toMatchObject({ details: { names: ['mine'] } });
  });

  it('refuses damaged models', async () => {
    await write('own/lstm');
    await writeFile(join(folder, 'own/lstm/weights.bin'), 'short');
    const refusal = { name: 'UserError', code: 'model.damaged' };
    await expect(loadModel(own(), 'lstm')).rejects.toMatchObject({
      ...refusal,
      details: { name: 'lstm', reason: 'weights.bin ends within tensor lstm/kernel.' },
    });
    await rm(join(folder, 'own/lstm/weights.bin'));
    await expect(loadModel(own(), 'lstm')).rejects.toMatchObject({
      ...refusal,
      details: { name: 'lstm', reason: 'It has no weights.' },
    });
  });

  it.each([
    ['{"format":"sheet-transformer"}', 'Its format "sheet-transformer" is not known here.'],
    ['{"format":"layers-model","version":2}', 'It has version 2 of its format, and version 1 is read here.'],
    [
      '{"format":"note-transformer","version":"x"}',
      'It has version x of its format, and version 1 or 2 is read here.',
    ],
    ['{"weights":[]}', 'Its model.json does not say what format it has.'],
    ['null', 'Its model.json does not say what format it has.'],
    ['{"format":', 'Its model.json is damaged.'],
    ['{"format":"layers-model"}', 'model.json is not a TensorFlow.js LayersModel.'],
    ['{"format":"note-transformer"}', 'Its files do not hold this network.'],
    ['{"format":"song-transformer"}', 'Its files do not hold this network.'],
  ])('does not mistake a model for another kind: %s', async (json, reason) => {
    await write('own/odd');
    await writeFile(join(folder, 'own/odd/model.json'), json);
    await expect(loadModel(own(), 'odd')).rejects.toMatchObject({
      code: 'model.damaged',
      details: { name: 'odd', reason },
    });
    const kinds = new Map([
      ['layers-model', 'lstm'],
      ['note-transformer', 'transformer'],
      ['song-transformer', 'song'],
    ]);
    const format = /"format":"([^"]*)"\}/.exec(json)?.[1] ?? '';
    expect(await modelKind({ path: join(folder, 'own/odd') })).toBe(kinds.get(format));
  });

  it('compares the files with the checksums of the manifest', async () => {
    const { model, weights } = encodeLayersModel(tiled(121), {}, {});
    const files = { 'model.json': Buffer.from(model), 'weights.bin': weights };
    await writeFolder(join(folder, 'own/mine'), { ...files, 'manifest.json': manifestOf(files) });
    expect((await loadModel(own(), 'mine')).manifest).toMatchObject({
      name: 'mine',
      parent: 'lstm@12345678',
    });

    const flipped = Uint8Array.from(weights);
    flipped[1000]! ^= 1;
    await writeFile(join(folder, 'own/mine/weights.bin'), flipped);
    await expect(loadModel(own(), 'mine')).rejects.toMatchObject({
      code: 'model.damaged',
      details: { name: 'mine', reason: 'Its files are not as they were written.' },
    });
    await writeFile(join(folder, 'own/mine/weights.bin'), weights);
    await writeFile(join(folder, 'own/mine/model.json'), `${model} `);
    await expect(loadModel(own(), 'mine')).rejects.toMatchObject({ code: 'model.damaged' });
    await writeFile(join(folder, 'own/mine/model.json'), model);
    await expect(loadModel(own(), 'mine')).resolves.toBeDefined();
    await writeFile(join(folder, 'own/mine/manifest.json'), '{"version":1');
    await expect(loadModel(own(), 'mine')).rejects.toMatchObject({ code: 'model.damaged' });
  });

  it.each(['..', '../own/mine', 'a/b', '.hidden', 'mine.partial', 'mine.removed', 'trailing.', ''])(
    'has no model %j',
    async (name) => {
      await write('own/mine');
      await expect(loadModel(own(), name)).rejects.toMatchObject({ code: 'model.unknown' });
    },
  );

  it('finds changed files by their stamp', async () => {
    await write('own/mine');
    const before = await findModel(own(), 'mine');
    expect(await findModel(own(), 'mine')).toEqual(before);
    await rm(join(folder, 'own/mine'), { recursive: true });
    await write('own/mine', kerasLike(122));
    const after = await findModel(own(), 'mine');
    expect(after.path).toBe(before.path);
    expect(after.stamp).not.toBe(before.stamp);
  });

  it('looks in the server’s folder first, and only in that server’s', () => {
    const folders = { shared: ['a', 'b'], servers: 's' };
    expect(foldersFor(folders, '123')).toEqual([join('s', '123', 'models'), 'a', 'b']);
    expect(foldersFor(folders)).toEqual(['a', 'b']);
    expect(foldersFor({ shared: ['a'] }, '123')).toEqual(['a']);
    for (const server of ['', '..', '1/2', '12a', '1'.repeat(21)]) {
      expect(() => foldersFor(folders, server)).toThrow(RangeError);
    }
  });
});
