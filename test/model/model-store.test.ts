import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeLayersModel, ModelFileError } from '../../src/model/layers-model.js';
import { listModels, loadModel } from '../../src/model/model-store.js';
import { fingerprint, kerasLike, tiled } from './fixtures.js';

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

const own = (): string[] => [join(folder, 'own'), join(folder, 'shipped')];

describe('the store of models', () => {
  it('lists the models of all folders', async () => {
    await write('own/mine');
    await write('own/lstm');
    await write('shipped/lstm');
    await writeFile(join(folder, 'own', 'README.md'), 'no model');
    expect(await listModels([...own(), join(folder, 'none')])).toEqual(['lstm', 'mine']);
  });

  it('prefers the first folder, and names the weights', async () => {
    await write('own/lstm', kerasLike(122));
    await write('shipped/lstm');
    const [mine, shipped] = [await loadModel(own(), 'lstm'), await loadModel(own().slice(1), 'lstm')];
    expect(fingerprint(mine.parameters)).toBe(fingerprint(kerasLike(122)));
    expect(fingerprint(shipped.parameters)).toBe(fingerprint(tiled(121)));
    expect(mine.id).toMatch(/^lstm@[0-9a-f]{8}$/);
    expect(mine.id).not.toBe(shipped.id);
    expect((await loadModel(own(), 'lstm')).id).toBe(mine.id);
  });

  it('says which models there are', async () => {
    await expect(loadModel(own(), 'lstm')).rejects.toMatchObject({
      code: 'model.unknown',
      message: 'There is no model “lstm”; the models here are none.',
    });
    await write('own/mine');
    await expect(loadModel(own(), 'lstm')).rejects.toThrow('the models here are mine.');
  });

  it('refuses damaged models', async () => {
    await write('own/lstm');
    await writeFile(join(folder, 'own/lstm/weights.bin'), 'short');
    await expect(loadModel(own(), 'lstm')).rejects.toThrow(ModelFileError);
    await rm(join(folder, 'own/lstm/weights.bin'));
    await expect(loadModel(own(), 'lstm')).rejects.toThrow(
      new ModelFileError('The model lstm has no weights.bin.'),
    );
  });
});
