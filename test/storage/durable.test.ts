import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileWhole, writeFolder } from '../../src/storage/durable.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeFolder', () => {
  it('replaces a folder as a whole', async () => {
    const path = join(folder, 'model');
    await writeFolder(path, { a: Buffer.from('1'), b: Buffer.from('2') });
    await writeFolder(path, { a: Buffer.from('3') });
    expect(await readdir(folder)).toEqual(['model']);
    expect(await readdir(path)).toEqual(['a']);
    expect(await readFile(join(path, 'a'), 'utf8')).toBe('3');
  });
});

describe('writeFileWhole', () => {
  it('creates the folder, replaces the file and leaves nothing else', async () => {
    const path = join(folder, 'deep', 'settings.json');
    await writeFileWhole(path, Buffer.from('a long first text'));
    await writeFileWhole(path, Buffer.from('second'));
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json']);
    expect(await readFile(path, 'utf8')).toBe('second');
  });
});
