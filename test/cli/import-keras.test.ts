import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as h5wasm from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensors } from '../../src/model/lstm/architecture.js';
import { decodeLayersModel } from '../../src/model/lstm/layers-model.js';
import { fingerprint, kerasLike } from '../model/lstm/fixtures.js';
import { run, without, type Ended } from './program.js';
import { describeWithData } from '../shared-data.js';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(cwd, { recursive: true }));

const importKeras = (...args: readonly string[]): Promise<Ended> => run('import-keras', args, { cwd });

const parameters = kerasLike(61);

/** A file with only weights, as written by Keras 2. */
async function writeKerasFile(file: string): Promise<void> {
  await h5wasm.ready;
  const h5 = new h5wasm.File(join(cwd, file), 'w');
  for (const layer of ['lstm', 'pitch', 'step', 'duration']) {
    const outer = h5.create_group(layer).create_group(layer);
    const inner = layer === 'lstm' ? outer.create_group('lstm_cell') : outer;
    for (const { name, shape } of tensors.filter((tensor) => tensor.name.startsWith(`${layer}/`))) {
      const tensor = `${name.slice(layer.length + 1)}:0`;
      inner.create_dataset({ name: tensor, data: parameters[name], shape: [...shape] });
    }
  }
  h5.close();
}

describe('npm run import-keras', () => {
  it('converts a file into a model with the file’s name', async () => {
    await writeKerasFile('bought.h5');
    const { code, stdout } = await importKeras('bought.h5');
    const folder = join('data', 'models', 'bought');
    expect([code, stdout]).toEqual([0, `${folder}\n`]);
    expect((await readdir(join(cwd, folder))).sort()).toEqual(['model.json', 'weights.bin']);
    const { parameters: written, metadata } = decodeLayersModel({
      model: await readFile(join(cwd, folder, 'model.json'), 'utf8'),
      weights: await readFile(join(cwd, folder, 'weights.bin')),
    });
    expect(fingerprint(written)).toBe(fingerprint(parameters));
    expect(metadata).toMatchObject({ name: 'bought', importedFrom: 'bought.h5' });

    const composed = await run('compose', ['--model', 'bought', '--notes', '5'], { cwd });
    expect(composed.stdout).toMatch(/model bought@[0-9a-f]{8}/);
  });

  it('takes a name and a folder', async () => {
    await writeKerasFile('my network.h5');
    const unnamed = await importKeras('my network.h5');
    expect(unnamed.code).toBe(2);
    expect(unnamed.stderr).toContain('--name can only contain letters, digits, dots and dashes');
    const named = await importKeras('my network.h5', '--name', 'mine', '--out', 'elsewhere');
    expect([named.code, named.stdout]).toEqual([0, `${join('elsewhere', 'mine')}\n`]);
    expect(await readdir(join(cwd, 'elsewhere'))).toEqual(['mine']);
  });

  it('says what is wrong with the file, and leaves no files behind', async () => {
    await writeFile(join(cwd, 'page.h5'), '<!doctype html>');
    const other = await importKeras('page.h5');
    expect(other).toEqual({
      code: 1,
      stdout: '',
      stderr: 'page.h5 is damaged, or not an HDF5 file. Use a Keras .h5 file.\n',
    });
    const missing = await importKeras('missing.h5');
    expect(missing).toEqual({
      code: 1,
      stdout: '',
      stderr: "Can't read the file missing.h5. Check its name.\n",
    });
    expect(existsSync(join(cwd, 'data', 'models', 'page'))).toBe(false);
  });

  it('names the missing package when h5wasm is not installed', async () => {
    await writeKerasFile('unread.h5');
    const { code, stdout, stderr } = await run('import-keras', ['unread.h5'], {
      cwd,
      env: without('h5wasm'),
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'Reading Keras files needs the package h5wasm. Install it with "npm ci --include=dev".\n',
    );
    expect(existsSync(join(cwd, 'data', 'models', 'unread'))).toBe(false);
  });

  it.each([[[]], [['a.h5', '--name', '../a']]])('%j: shows its usage', async (args) => {
    const { code, stdout, stderr } = await importKeras(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/\nSee --help\.\n$/);
  });

  it('shows its usage with --help', async () => {
    const { code, stdout } = await importKeras('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run import-keras/);
  });
});

describeWithData('seed-model', 'the reference network', (folder) => {
  const reference = fileURLToPath(new URL('full_model.h5', folder));

  it('can be imported and composes', async () => {
    const dataFolder = join(cwd, 'other data');
    const env = { DATA_DIR: dataFolder };
    const imported = await run('import-keras', [reference], { cwd, env });
    expect([imported.code, imported.stdout]).toEqual([0, `${join(dataFolder, 'models', 'full_model')}\n`]);
    const composed = await run('compose', ['--model', 'full_model', '--notes', '20', '--json'], { cwd, env });
    expect(composed.code).toBe(0);
    expect(JSON.parse(composed.stdout)).toMatchObject({
      model: expect.stringMatching(/^full_model@[0-9a-f]{8}$/) as string,
    });
  });
});
