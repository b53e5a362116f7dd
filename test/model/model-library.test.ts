import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFolder } from '../../src/storage/durable.js';
import { encodeLayersModel } from '../../src/model/lstm/layers-model.js';
import { StoredLibrary } from '../../src/model/model-library.js';
import { tiled } from '../model/lstm/fixtures.js';

let folder: string;
let library: StoredLibrary;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'library-'));
  await write('shipped/lstm');
  await write('operator/house');
  await write('servers/1/models/mine');
  await write('servers/1/models/yours');
  await write('servers/2/models/mine');
  library = await reopened();
});
afterEach(() => rm(folder, { recursive: true }));

const { model, weights } = encodeLayersModel(tiled(131), {}, {});

function write(path: string): Promise<void> {
  return writeFolder(join(folder, path), { 'model.json': Buffer.from(model), 'weights.bin': weights });
}

function reopened(): Promise<StoredLibrary> {
  const [operator, shipped] = [join(folder, 'operator'), join(folder, 'shipped')];
  const folders = { shared: [operator, shipped], shipped, servers: join(folder, 'servers') };
  return StoredLibrary.open(folders, 'lstm');
}

const damage = (path: string): Promise<void> => writeFile(join(folder, path, 'weights.bin'), 'short');

describe('the models of a server', () => {
  it('are the shared ones and its own', async () => {
    expect(library.names('1')).toEqual(['house', 'lstm', 'mine', 'yours']);
    expect(library.names('2')).toEqual(['house', 'lstm', 'mine']);
    expect(library.names('3')).toEqual(['house', 'lstm']);
    expect(library.names()).toEqual(['house', 'lstm']);
    expect(await library.list('2')).toEqual([
      { name: 'house', origin: 'operator', kind: 'lstm', current: false },
      { name: 'lstm', origin: 'shipped', kind: 'lstm', current: true },
      { name: 'mine', origin: 'server', kind: 'lstm', current: false },
    ]);
  });

  it('are shown, unless they are damaged', async () => {
    expect(await library.show('1', 'mine')).toEqual({
      name: 'mine',
      origin: 'server',
      kind: 'lstm',
      current: false,
      id: expect.stringMatching(/^mine@[0-9a-f]{8}$/) as string,
    });
    await expect(library.show(undefined, 'mine')).rejects.toMatchObject({ code: 'model.unknown' });
    await damage('servers/1/models/mine');
    await expect(library.show('1', 'mine')).rejects.toMatchObject({ code: 'model.damaged' });
  });
});

describe('forgetting a server', () => {
  it('deletes its models and its choice, and nothing of others', async () => {
    for (const server of ['1', '2']) await library.use(server, 'mine');
    await library.forget('1');
    for (const each of [library, await reopened()]) {
      expect(each.names('1')).toEqual(['house', 'lstm']);
      expect(await each.current('1')).toBe('lstm');
      expect(await each.current('2')).toBe('mine');
    }
    expect(await readdir(join(folder, 'servers'))).toEqual(['2']);
    await library.forget('3');
    expect(await library.use('1', 'house')).toMatchObject({ current: true });
  });
});

describe('using a model', () => {
  it('applies to that server only, also after a restart', async () => {
    expect(await library.use('1', 'mine')).toMatchObject({ name: 'mine', current: true });
    for (const each of [library, await reopened()]) {
      expect(await each.current('1')).toBe('mine');
      expect(await each.current('2')).toBe('lstm');
      expect(await each.current()).toBe('lstm');
    }
  });

  it('is refused for a missing or damaged one', async () => {
    await library.use('1', 'mine');
    await damage('servers/1/models/yours');
    await expect(library.use('1', 'yours')).rejects.toMatchObject({ code: 'model.damaged' });
    await expect(library.use('1', 'nothing')).rejects.toMatchObject({ code: 'model.unknown' });
    await expect(library.use('1', '../2/models/mine')).rejects.toMatchObject({ code: 'model.unknown' });
    expect(await library.current('1')).toBe('mine');
  });

  it('can be undone, step by step', async () => {
    for (const name of ['mine', 'yours', 'yours', 'mine', 'house']) await library.use('1', name);
    const back: string[] = [];
    for (let i = 0; i < 4; i++) {
      back.push((await (await reopened()).rollback('1')).name);
    }
    expect(back).toEqual(['mine', 'yours', 'mine', 'lstm']);
    await expect((await reopened()).rollback('1')).rejects.toMatchObject({
      code: 'model.no-previous',
      details: { name: 'lstm' },
    });
    expect(library.candidates('2')).toEqual(['lstm']);
  });

  it('by many people at once leaves one in use, and can be undone', async () => {
    await Promise.all([
      library.use('1', 'mine'),
      library.use('2', 'mine'),
      library.use('1', 'yours'),
      library.use('1', 'house'),
      library.rollback('1'),
    ]);
    const again = await reopened();
    for (const each of [library, again]) expect(each.candidates('1')).toEqual(['yours', 'mine', 'lstm']);
    expect(await again.current('2')).toBe('mine');
  });

  it('keeps earlier ones as fallbacks', async () => {
    await library.use('1', 'mine');
    await library.use('1', 'yours');
    expect(library.candidates('1')).toEqual(['yours', 'mine', 'lstm']);
    await rm(join(folder, 'servers/1/models/yours'), { recursive: true });
    expect((await reopened()).candidates('1')).toEqual(['mine', 'lstm']);
  });

  it('is forgotten when its file is damaged, and the file is set aside', async () => {
    await library.use('1', 'mine');
    await writeFile(join(folder, 'servers/1/models.json'), '{"version":1,"history":["..');
    const again = await reopened();
    expect(await again.current('1')).toBe('lstm');
    expect(await readdir(join(folder, 'servers/1'))).toContain('models.json.damaged');
    await again.use('1', 'yours');
    expect(await (await reopened()).current('1')).toBe('yours');
  });
});

describe('removing a model', () => {
  it('removes only that one', async () => {
    await library.use('1', 'yours');
    await library.use('1', 'mine');
    await library.remove('1', 'yours');
    expect(await readdir(join(folder, 'servers/1/models'))).toEqual(['mine']);
    expect(library.names('1')).toEqual(['house', 'lstm', 'mine']);
    expect(await readdir(join(folder, 'servers/2/models'))).toEqual(['mine']);
    expect((await library.rollback('1')).name).toBe('lstm');
  });

  it.each([
    ['mine', 'model.in-use', {}],
    ['house', 'model.not-own', { isShared: true }],
    ['lstm', 'model.not-own', { isShared: true }],
    ['nothing', 'model.not-own', { isShared: false }],
    ['../../2/models/mine', 'model.not-own', { isShared: false }],
  ])('is refused for %s', async (name, code, details) => {
    await library.use('1', 'mine');
    await expect(library.remove('1', name)).rejects.toMatchObject({
      code,
      details: { name, ...details },
    });
    expect((await reopened()).names('1')).toEqual(['house', 'lstm', 'mine', 'yours']);
  });

  it('is finished at the next start when it was interrupted', async () => {
    await mkdir(join(folder, 'servers/1/models/old.removed'));
    await mkdir(join(folder, 'servers/1/models/new.partial'));
    expect((await reopened()).names('1')).toEqual(['house', 'lstm', 'mine', 'yours']);
    expect(await readdir(join(folder, 'servers/1/models'))).toEqual(['mine', 'yours']);
  });
});

describe('a name in other letters', () => {
  it('is that of the model', async () => {
    expect((await library.show('1', 'LSTM')).name).toBe('lstm');
    expect((await library.use('1', 'Mine')).name).toBe('mine');
    expect(library.candidates('1')[0]).toBe('mine');
    await library.remove('1', 'YOURS');
    expect(library.names('1')).not.toContain('yours');
  });
});

describe('a name for a new model', () => {
  it.each(['mine', 'MINE', 'lstm', 'House'])('cannot be %s, which exists', (name) => {
    expect(() => library.checkNew('1', name)).toThrow(expect.objectContaining({ code: 'model.taken' }));
  });

  it.each(['', '.', '..', 'a/b', 'a b', '-a', 'a.', 'x'.repeat(33), 'a.partial', 'é'])(
    'cannot be %j, which is not a plain file name',
    (name) => {
      expect(() => library.checkNew('1', name)).toThrow(expect.objectContaining({ code: 'model.name' }));
    },
  );

  it('can be the same as on another server', () => {
    expect(() => library.checkNew('2', 'yours')).not.toThrow();
    expect(() => library.checkNew('3', 'mine')).not.toThrow();
  });
});

describe('the file with the model in use', () => {
  it('has a version', async () => {
    await library.use('1', 'mine');
    const json: unknown = JSON.parse(await readFile(join(folder, 'servers/1/models.json'), 'utf8'));
    expect(json).toEqual({ version: 1, history: ['mine'] });
  });
});
