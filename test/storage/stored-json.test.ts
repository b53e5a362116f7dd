import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StoredJson } from '../../src/storage/stored-json.js';

const schema = z.strictObject({ count: z.number() });
const check = (json: unknown): z.infer<typeof schema> => schema.parse(json);

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stored-json-'));
  path = join(folder, 'inner', 'count.json');
});

afterEach(() => rm(folder, { recursive: true }));

function open(): StoredJson<{ readonly count: number }> {
  return new StoredJson(path, check, { count: 0 });
}

describe('a stored document', () => {
  it('is the initial one until it is changed, and is kept', async () => {
    const document = open();
    expect(await document.read()).toEqual({ count: 0 });
    await document.update(({ count }) => ({ count: count + 1 }));
    expect(await document.read()).toEqual({ count: 1 });
    expect(await open().read()).toEqual({ count: 1 });
    expect(await readdir(join(folder, 'inner'))).toEqual(['count.json']);
  });

  it('loses none of many simultaneous changes', async () => {
    const document = open();
    await Promise.all(
      Array.from({ length: 20 }, () => document.update(({ count }) => ({ count: count + 1 }))),
    );
    expect(await open().read()).toEqual({ count: 20 });
  });

  it('is unchanged when a change throws, and accepts the next one', async () => {
    const document = open();
    await expect(
      document.update(() => {
        throw new RangeError('no');
      }),
    ).rejects.toThrow(RangeError);
    expect(await document.update(() => ({ count: 7 }))).toEqual({ count: 7 });
  });

  it('is unchanged when it cannot be written', async () => {
    const document = open();
    await document.update(() => ({ count: 1 }));
    await rm(join(folder, 'inner'), { recursive: true });
    await writeFile(join(folder, 'inner'), 'a file in the way');
    await expect(document.update(() => ({ count: 2 }))).rejects.toThrow();
    expect(await document.read()).toEqual({ count: 1 });
  });

  it('is the initial one again once it is removed, together with files set aside', async () => {
    await open().update(() => ({ count: 1 }));
    await writeFile(path, 'damaged');
    const document = open();
    await document.read();
    const changed = document.update(() => ({ count: 2 }));
    await document.remove();
    await changed;
    expect(await readdir(join(folder, 'inner'))).toEqual([]);
    expect(await document.read()).toEqual({ count: 0 });
    expect(await document.update(({ count }) => ({ count: count + 5 }))).toEqual({ count: 5 });
  });

  it.each(['{"count":', '{"count":"x"}', ''])('sets a damaged one aside: %j', async (text) => {
    await open().update(() => ({ count: 1 }));
    await writeFile(path, text);
    const document = open();
    expect(await document.read()).toEqual({ count: 0 });
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe(text);
    expect(await document.update(() => ({ count: 3 }))).toEqual({ count: 3 });
  });
});
