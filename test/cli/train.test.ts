import { inEnglish } from '../i18n/in-english.js';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { melody } from '../model/lstm/fixtures.js';
import { plainMidi } from './plain-midi.js';
import { run, without, type Ended } from './program.js';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'train-'));
  await mkdir(join(cwd, 'music', 'deep'), { recursive: true });
  await writeFile(join(cwd, 'music', 'a.mid'), plainMidi(melody(1, 200)));
  await writeFile(join(cwd, 'music', 'b.midi'), plainMidi(melody(2, 200)));
  await writeFile(join(cwd, 'music', 'deep', 'c.mid'), plainMidi(melody(3, 200)));
  await writeFile(join(cwd, 'music', 'page.mid'), '<!doctype html>');
});
afterAll(() => rm(cwd, { recursive: true }));

const train = (args: readonly string[], interrupt?: () => NodeJS.Signals | undefined): Promise<Ended> =>
  run('train', args, { cwd, ...(interrupt && { interrupt }) });

const small = ['--data', 'music', '--epochs', '2', '--batch', '16'];

/** A checkpoint every three steps; a fixed engine, because the fastest may differ between runs. */
const long = (epochs: number, out: string): readonly string[] => [
  ...['--data', 'music', '--epochs', String(epochs), '--batch', '16', '--round', '48', '--patience', '1000'],
  ...['--stretch', '0.05', '--engine', 'kernel', '--out', out],
];

/** Sends the signal once the training has saved a checkpoint at this step or later. */
function atStep(step: number, out: string, signal: NodeJS.Signals): () => NodeJS.Signals | undefined {
  return () => {
    try {
      const names = readdirSync(join(cwd, out, 'checkpoints')).filter((name) => /^step-\d+$/.test(name));
      return names.some((name) => Number(name.slice('step-'.length)) >= step) ? signal : undefined;
    } catch {
      return undefined; // there is no checkpoint yet
    }
  };
}

const modelFiles = ['README.md', 'curve.csv', 'curve.png', 'manifest.json', 'model.json', 'weights.bin'];
const fileOf = (out: string, name: string): Promise<string> =>
  readFile(join(cwd, out, 'model', name), 'latin1');

describe('npm run train', () => {
  it('trains a model on a folder of MIDI files', async () => {
    const { code, stdout, stderr } = await train([...small, '--name', 'mine', '--out', 'small']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Skipped page\.mid: .*MIDI/m);
    expect(stderr).toMatch(/epoch 2\/2 \| loss \d\.\d+ \| validation \d\.\d+/);
    expect(stdout).toMatch(/^Ended after \d+ steps: finished\. Over all \d+ validation windows:$/m);
    expect(stdout).toMatch(/^this model( +\d+\.\d{4}){4}$/m);
    expect(stdout).toContain(join('small', 'model'));

    expect((await readdir(join(cwd, 'small', 'model'))).sort()).toEqual(modelFiles);
    expect(await fileOf('small', 'curve.png')).toMatch(/^\x89PNG\r\n/);
    expect(await fileOf('small', 'README.md')).toContain('# Model card: mine');
    expect((await fileOf('small', 'curve.csv')).trim().split('\n')).toHaveLength(3);
    expect(JSON.parse(await fileOf('small', 'model.json'))).toHaveProperty('modelTopology.class_name');
    expect((await readdir(join(cwd, 'data', 'cache', 'notes'))).length).toBe(3);

    // As README.md describes.
    await cp(join(cwd, 'small', 'model'), join(cwd, 'data', 'models', 'mine'), { recursive: true });
    const composed = await run('compose', ['--notes', '5', '--model', 'mine'], { cwd });
    expect(composed.code).toBe(0);
    expect(composed.stdout).toMatch(/model mine@[0-9a-f]{8}/);
  });

  it('resumes after being killed, with the same final weights', async () => {
    const whole = await train(long(3, 'whole'));
    expect(whole.code).toBe(0);

    const killed = await train(long(3, 'broken'), atStep(9, 'broken', 'SIGKILL'));
    expect([killed.code, killed.stdout]).toEqual([null, '']);
    expect(await readdir(join(cwd, 'broken'))).toEqual(['checkpoints']);

    const again = await train(long(3, 'broken'));
    expect(again.code).toBe(0);
    const from = Number(/^Resuming from step (\d+)\.$/m.exec(again.stderr)?.[1]);
    expect(from).toBeGreaterThanOrEqual(9);
    expect(from).toBeLessThan(Number(/^Ended after (\d+) steps/.exec(whole.stdout)?.[1]));
    expect(again.stdout).toBe(whole.stdout.replaceAll('whole', 'broken'));
    for (const name of ['weights.bin', 'curve.csv']) {
      expect((await fileOf('broken', name)) === (await fileOf('whole', name)), name).toBe(true);
    }
  });

  it('stops at Ctrl-C and keeps the best', async () => {
    const { code, stdout } = await train(long(1000, 'stopped'), atStep(6, 'stopped', 'SIGINT'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Ended after \d+ steps: stopped\./);
    expect((await readdir(join(cwd, 'stopped', 'model'))).sort()).toEqual(modelFiles);
  });

  it('does not resume with other options', async () => {
    const { code, stdout, stderr } = await train([...small, '--rate', '0.02', '--out', 'small']);
    expect([code, stdout]).toEqual([1, '']);
    const sentence = stderr.trim().split('\n').at(-1);
    expect(sentence).toBe(inEnglish('input.mismatch', { folder: 'small' }));
  });

  it('shows its usage', async () => {
    const { code, stdout } = await train(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run train/);
  });

  it('says in one sentence that the folder is missing or has too little music', async () => {
    const missing = await train(['--data', 'nothing']);
    expect(missing).toMatchObject({
      code: 1,
      stderr: `${inEnglish('corpus.no-folder', { folder: 'nothing' })}\n`,
    });
    const few = await train(['--data', join('music', 'deep')]);
    expect(few.code).toBe(1);
    expect(few.stderr).toMatch(/of 1 MIDI files, .* at least 2\. .*\.\n$/);
  });

  it('uses the kernel when TensorFlow.js is not installed, and says so when that is requested', async () => {
    const env = without('@tensorflow');
    const engine = (name: string) =>
      run('train', ['--data', 'music', '--epochs', '1', '--out', name, '--engine', name], { cwd, env });
    expect(await engine('tensorflow')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /TensorFlow\.js is not installed\. Run "npm ci --include=dev", or .*\.\n$/,
      ) as string,
    });
    expect((await engine('auto')).code).toBe(0);
  });

  it.each([
    [[], /--data is missing/],
    [
      ['--data', 'music', '--batch', '1.5'],
      /--batch must be a whole number from 1 to 4096\. You entered "1\.5"/,
    ],
    [['--data', 'music', '--schedule', 'steps'], /--schedule must be cosine or constant/],
    [['--data', 'music', '--engine', 'abacus'], /`engine` must be one of auto, kernel, tensorflow/],
    [['--data', 'music', '--layers', '2'], /--layers/],
  ])('%j: says what is wrong, then shows its usage', async (args, sentence) => {
    const { code, stdout, stderr } = await train(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/\nSee --help\.\n$/);
  });
});
