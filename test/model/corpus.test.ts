import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCorpus, type CorpusFile } from '../../src/model/corpus.js';
import { Windows } from '../../src/model/lstm/training/windows.js';
import { midiFile } from '../training/training-music.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
});
afterEach(() => rm(folder, { recursive: true }));

function midi(seed: number, notes: number): Uint8Array {
  return midiFile(seed, notes).bytes;
}

async function write(name: string, bytes: Uint8Array | string = midi(name.length, 60)): Promise<void> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, bytes);
}

const names = (files: readonly CorpusFile[]): string[] => files.map(({ name }) => name).sort();

describe('a folder of MIDI files', () => {
  beforeEach(async () => {
    for (let i = 0; i < 12; i++)
      await write(`${'abc'[i % 3]!}/piece ${i}.mid${i % 2 ? 'i' : ''}`, midi(i, 60));
    await write('notes.txt', 'not music');
    await write('D.MID', midi(99, 60));
  });

  it('is split by file, a tenth for validation', async () => {
    const { training, validation, refused } = await readCorpus(folder, { seed: 1 });
    expect([training.length, validation.length, refused.length]).toEqual([12, 1, 0]);
    expect(new Set(names([...training, ...validation])).size).toBe(13);
    expect(names([...training, ...validation])).toContain('a/piece 0.mid');
    expect(names([...training, ...validation])).toContain('D.MID');
    for (const { sequence } of training) expect(sequence.step[0]).toBe(0);
  });

  it('is split by its seed', async () => {
    const split = async (seed: number): Promise<string[]> =>
      names((await readCorpus(folder, { seed })).validation);
    expect(await split(1)).toEqual(await split(1));
    const seen = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5]) seen.add((await split(seed))[0]!);
    expect(seen.size).toBeGreaterThan(1);
  });

  it('can be used in part', async () => {
    const { training, validation } = await readCorpus(folder, { seed: 1, files: 5 });
    expect([training.length, validation.length]).toEqual([4, 1]);
  });

  it('reports progress', async () => {
    const seen: [number, number][] = [];
    await readCorpus(folder, { seed: 1, files: 3, onProgress: (read, total) => seen.push([read, total]) });
    expect(seen).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('is the same from the cache, and new files are read', async () => {
    const cacheFolder = join(folder, 'cache', 'notes');
    const options = { seed: 1, files: 4, cacheFolder };
    const plain = await readCorpus(folder, { seed: 1, files: 4 });
    expect(await readCorpus(folder, options)).toEqual(plain);
    expect(await readdir(cacheFolder)).toHaveLength(4);
    expect(await readCorpus(folder, options)).toEqual(plain);

    const { name } = plain.training[0]!;
    await write(name, midi(1234, 50));
    await utimes(join(folder, name), 1e9, 1e9);
    const changed = await readCorpus(folder, options);
    expect(changed.training[0]!.sequence).not.toEqual(plain.training[0]!.sequence);
    expect(changed.training.slice(1)).toEqual(plain.training.slice(1));
  });

  it('does not trust a damaged cache', async () => {
    const cacheFolder = join(folder, 'cache');
    const options = { seed: 1, files: 4, cacheFolder };
    const plain = await readCorpus(folder, options);
    const cached = await readdir(cacheFolder);
    await writeFile(join(cacheFolder, cached[0]!), '');
    await writeFile(join(cacheFolder, cached[1]!), 'damaged!!!');
    expect(await readCorpus(folder, options)).toEqual(plain);
  });
});

describe('files that cannot be read', () => {
  it('are left out and listed with the reason', async () => {
    for (let i = 0; i < 5; i++) await write(`good ${i}.mid`, midi(i, 60));
    await write('bad.mid', '<html>404</html>');
    await write('empty.mid', '');
    await write('short.mid', midi(9, 25));
    for (const seed of [1, 2, 3, 4]) {
      const { training, validation, refused } = await readCorpus(folder, { seed });
      expect([training.length, validation.length]).toEqual([4, 1]);
      expect(refused.map(({ name }) => name).sort()).toEqual(['bad.mid', 'empty.mid', 'short.mid']);
      expect(refused.find(({ name }) => name === 'short.mid')?.refusal).toEqual({
        code: 'corpus.too-short',
        details: { notes: 23, windowNotes: 25 },
      });
    }
  });
});

describe('a folder with a MAESTRO table', () => {
  beforeEach(async () => {
    const rows = ['train', 'train', 'validation', 'test', 'train', 'validation'].map(
      (split, i) => `Somebody,"A piece, No. ${i}",${split},200${i},200${i}/${i}.midi,200${i}/${i}.wav,12.5`,
    );
    await write(
      'maestro-v2.0.0.csv',
      ['canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration', ...rows].join(
        '\n',
      ),
    );
    for (const i of [0, 1, 2, 3, 4]) await write(`200${i}/${i}.midi`, midi(i, 60));
    await write('other.midi');
  });

  it('is split as the table says', async () => {
    const { training, validation } = await readCorpus(folder, { seed: 1 });
    expect(names(training)).toEqual(['2000/0.midi', '2001/1.midi', '2004/4.midi']);
    expect(names(validation)).toEqual(['2002/2.midi']);
  });

  it('holds out its test split, if requested', async () => {
    await write('2003/3.midi');
    const { training, validation } = await readCorpus(folder, { seed: 1, heldOut: 'test' });
    expect([names(training).length, names(validation)]).toEqual([3, ['2003/3.midi']]);
    await rm(join(folder, 'maestro-v2.0.0.csv'));
    await expect(readCorpus(folder, { seed: 1, heldOut: 'test' })).rejects.toMatchObject({
      code: 'corpus.no-test-split',
    });
  });

  it('holds out no more files than train', async () => {
    await write('2005/5.midi');
    const held = async (options: { seed: number; files?: number }): Promise<number[]> => {
      const { training, validation } = await readCorpus(folder, options);
      return [training.length, validation.length];
    };
    expect(await held({ seed: 1, files: 1 })).toEqual([1, 1]);
    expect(await held({ seed: 1, files: 2 })).toEqual([2, 2]);
    expect(await held({ seed: 1, files: 3 })).toEqual([3, 2]);
    expect(await held({ seed: 1 })).toEqual([3, 2]);
  });
});

describe('a folder without enough music', () => {
  const reading = (files?: number): Promise<unknown> =>
    readCorpus(folder, { seed: 1, ...(files !== undefined && { files }) });

  it('is refused when it is missing', async () => {
    await expect(readCorpus(join(folder, 'none'), { seed: 1 })).rejects.toMatchObject({
      code: 'corpus.no-folder',
      details: { folder: join(folder, 'none') },
    });
  });

  it('is refused when it holds fewer than two files', async () => {
    await expect(reading()).rejects.toMatchObject({ code: 'corpus.too-few-files' });
    await write('one.mid');
    await expect(reading()).rejects.toMatchObject({ code: 'corpus.too-few-files' });
    await write('two.mid');
    await expect(reading()).resolves.toBeDefined();
  });

  it('is refused when nothing is left to train on', async () => {
    await write('one.mid');
    await write('two.mid');
    await expect(reading(1)).rejects.toMatchObject({ code: 'corpus.too-few-files' });
  });

  it('is refused when fewer than two files are longer than a window', async () => {
    for (let i = 0; i < 4; i++) await write(`${i}.mid`, midi(i, 20));
    await expect(reading()).rejects.toMatchObject({ code: 'corpus.too-few-files' });
    await write('long.mid', midi(9, 60));
    await expect(reading()).rejects.toMatchObject({ code: 'corpus.too-few-files' });
  });

  it('provides windows otherwise', async () => {
    for (let i = 0; i < 3; i++) await write(`${i}.mid`, midi(i, 60));
    const { training, validation } = await readCorpus(folder, { seed: 1 });
    for (const files of [training, validation]) {
      expect(new Windows(files.map(({ sequence }) => sequence)).count).toBeGreaterThan(0);
    }
  });
});
