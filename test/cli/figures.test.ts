import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainingParts } from '../../src/evaluation/song/packed.js';
import { isKnown } from '../../src/model/rules/copies.js';
import { intervalsOf } from '../../src/music/figure.js';
import { readKeyboard } from '../../src/music/midi/read.js';
import { melody } from '../model/lstm/fixtures.js';
import { plainMidi } from './plain-midi.js';
import { run } from './program.js';

const files = ['a', 'b', 'c'].map((name, i) => ({ name, bytes: plainMidi(melody(i + 1, 200)) }));

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'figures-'));
  for (const folder of ['music', 'model']) await mkdir(join(cwd, folder));
  for (const { name, bytes } of files) await writeFile(join(cwd, 'music', `${name}.mid`), bytes);
});
afterAll(() => rm(cwd, { recursive: true }));

describe('npm run figures', () => {
  it('collects the figures of the training files only', async () => {
    const path = join('model', 'figures.bin');
    const { code, stdout } = await run('figures', ['--data', 'music', '--out', 'model'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(path);
    const known = await readFile(join(cwd, path));
    const shares = files.map(({ bytes }) => {
      const intervals = intervalsOf(readKeyboard(bytes).notes.map(({ pitch }) => pitch));
      const figures = Array.from({ length: intervals.length - 14 }, (_, i) => intervals.subarray(i, i + 15));
      return figures.filter((figure) => isKnown(figure, known)).length / figures.length;
    });
    // Of three files, one is held out.
    expect(shares.filter((share) => share > 0.95)).toHaveLength(2);
    expect(shares.filter((share) => share < 0.5)).toHaveLength(1);
  });

  it('collects the figures of each part of packed songs', async () => {
    const data = fileURLToPath(new URL('../evaluation/song/packed', import.meta.url));
    const { code } = await run('figures', ['--songs', '--data', data, '--out', 'songs'], { cwd });
    expect(code).toBe(0);
    const known = await readFile(join(cwd, 'songs', 'figures.bin'));
    const [melody] = await trainingParts(data);
    const figures = Array.from({ length: 49 }, (_, i) => intervalsOf(melody!).subarray(i, i + 15));
    expect(figures.every((figure) => isKnown(figure, known))).toBe(true);
    const empty = await run('figures', ['--songs', '--data', 'music', '--out', 'songs'], { cwd });
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain('music has no packed songs. Create them with training/song/convert.py.');
  });

  it('says what it needs', async () => {
    const { code, stderr } = await run('figures', ['--data', 'music'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--data and --out are needed\./);
  });
});
