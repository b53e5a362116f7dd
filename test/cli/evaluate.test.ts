import { inEnglish } from '../i18n/in-english.js';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpPiece } from '../evaluation/music-fixture.js';
import { plainMidi } from './plain-midi.js';
import { run, type Ended } from './program.js';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'evaluate-'));
  await mkdir(join(cwd, 'music'));
  for (let i = 0; i < 30; i++) {
    await writeFile(join(cwd, 'music', `${i}.mid`), plainMidi(madeUpPiece(i, 320)));
  }
  await writeFile(join(cwd, 'music', 'page.mid'), '<!doctype html>');
});
afterAll(() => rm(cwd, { recursive: true }));

const evaluate = (...args: string[]): Promise<Ended> => run('evaluate', args, { cwd });
const sweep = (...args: string[]): Promise<Ended> => run('sweep', args, { cwd });

describe('npm run evaluate', () => {
  it('evaluates the shipped model, as a table, JSON, Markdown and HTML', async () => {
    const { code, stdout, stderr } = await evaluate(
      ...['--data', 'music', '--limit', '3', '--out', 'report', '--model', 'lstm'],
    );
    expect([code, stderr.match(/^Skipped page\.mid: .*MIDI/m)?.length]).toEqual([0, 1]);
    expect(stdout).toMatch(/^lstm@[0-9a-f]{8} on validation: 3 held-out pieces, 27 training pieces$/m);
    for (const title of ['Distance to real music', 'Likelihood of held-out music', 'Structure', 'Faults']) {
      expect(stdout).toContain(`\n${title}\n`);
    }
    expect(stdout).toMatch(/^this model +\d+\.\d ± \d/m);
    expect(stdout).toMatch(/^quantise +3 of 3$/m);
    expect(stdout).toMatch(/^notes a second +[\d,]+$/m);
    expect(stdout.trim().split('\n').at(-1)).toBe(join('report', 'report.html'));

    expect((await readdir(join(cwd, 'report'))).sort()).toEqual(['report.html', 'report.json', 'report.md']);
    const read = (name: string): Promise<string> => readFile(join(cwd, 'report', name), 'utf8');
    expect(JSON.parse(await read('report.json'))).toMatchObject({
      split: 'validation',
      excerpts: 3,
      seeds: [1, 2, 3],
      settings: { temperature: 1 },
      adherence: [{ control: 'tempo', obeyed: 5 }, {}, {}, {}, {}, {}, {}],
    });
    expect(await read('report.md')).toContain('### Copies of the training music');
    expect(await read('report.html')).toMatch(/^<!doctype html>/);
  });

  it('evaluates songs as people request them', async () => {
    const { code, stdout } = await evaluate('--style', 'lullaby', '--limit', '2', '--out', 'songs');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| lullaby \| 0\.\d+ .*\| 2 \/ 2 \| /m);
    const report = JSON.parse(await readFile(join(cwd, 'songs', 'report.json'), 'utf8')) as unknown;
    expect(report).toMatchObject({ styles: [], requested: [{ style: 'lullaby', kept: 2 }] });
    const unknown = await evaluate('--style', 'polka');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/lullaby.*requested.*"polka"/)]);
  });

  it('skips styles whose songs are too short to compare with', async () => {
    const tunes = new URL('../evaluation/song/packed/tunes.train.npz', import.meta.url);
    await mkdir(join(cwd, 'packed'));
    await copyFile(tunes, join(cwd, 'packed', 'tunes.validation.npz'));
    const { code, stderr } = await evaluate('--style', 'lied', '--data', 'packed', '--out', 'none');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^Skipped lied: packed has no song .* 16 bars/),
    ]);
  });

  it('shows its usage', async () => {
    const { code, stdout } = await evaluate('--help');
    expect([code, stdout.startsWith('Usage: npm run evaluate')]).toEqual([0, true]);
  });

  it.each([
    [[], /^--data is missing/],
    [
      ['--data', 'music', '--split', 'training'],
      /^--split must be validation or test\. You entered "training"\./,
    ],
    [
      ['--data', 'music', '--sampling', 'none'],
      /^--sampling must be spread or source\. You entered "none"\./,
    ],
    [
      ['--data', 'music', '--limit', '1'],
      /^--limit must be a whole number from 2 to 137\. You entered "1"\./,
    ],
  ])('%j: says what is wrong, then shows its usage', async (args, sentence) => {
    const { code, stdout, stderr } = await evaluate(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/\nSee --help\.\n$/);
  });

  it('says in one sentence that there is no such model or folder', async () => {
    const noModel = await evaluate('--data', 'music', '--model', 'none');
    expect(noModel).toMatchObject({
      code: 1,
      stderr: `${inEnglish('model.unknown', { name: 'none', names: ['book', 'lstm', 'song', 'transformer'] })}\n`,
    });
    const noCard = await evaluate('--data', 'music', '--card', 'none.md');
    expect(noCard).toMatchObject({
      code: 1,
      stderr: `${inEnglish('card.missing', { file: 'none.md' })}\n`,
    });
    const noFolder = await evaluate('--data', 'nowhere');
    expect(noFolder).toMatchObject({
      code: 1,
      stderr: `${inEnglish('corpus.no-folder', { folder: 'nowhere' })}\n`,
    });
  });
});

describe('npm run sweep', () => {
  it('ranks settings and writes their table', async () => {
    await writeFile(join(cwd, 'card.md'), '# A card\n\n## Limits\n\nMany.\n');
    const settings = ['--model', 'lstm', '--set', 'temperature=1,2', '--set', 'pitchClassCache=1'];
    const args = ['--data', 'music', '--limit', '3', '--seeds', '1', ...settings, '--card', 'card.md'];
    const { code, stdout } = await sweep(...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^temperature .*accentMemory +FD₂₆/m);
    expect(stdout).toMatch(/^2 /m);
    const markdown = await readFile(join(cwd, 'out', 'sweep', 'sweep.md'), 'utf8');
    expect(markdown).toMatch(/^\| \*\*1\*\* \|/m);
    const card = await readFile(join(cwd, 'card.md'), 'utf8');
    expect(card).toBe(`# A card\n\n## Settings of sampling\n\n${markdown}\n## Limits\n\nMany.\n`);
  });

  it.each([
    [['--data', 'music'], /^--set is missing/],
    [
      ['--data', 'music', '--set', 'heat=1'],
      /^--set takes NAME=VALUE,VALUE, with NAME one of temperature, stepTemperature, .*\. You entered "heat=1"\./,
    ],
    [['--data', 'music', '--set', 'stepTemperature=hot'], /^--set stepTemperature must be a number/],
  ])('%j: says what is wrong, then shows its usage', async (args, sentence) => {
    const { code, stderr } = await sweep(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});
