import { english } from '../../src/i18n/en/english.js';
import { curveWordsIn, rollWordsIn } from '../../src/i18n/picture.js';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenCount } from '../../src/music/piece.js';
import { openMusicServices, type MusicServices } from '../../src/compose/music-services.js';
import { openTrainings, type OpenTrainings } from '../../src/training/open-trainings.js';
import type { Training, TrainingOutcome } from '../../src/training/trainings.js';
import { midiFile } from './training-music.js';

const files = [midiFile(1, 300), midiFile(2, 300)];
const weightsFile = (data: string): string => join(data, 'servers/1/models/mine/weights.bin');

async function open(dataFolder: string): Promise<[MusicServices, OpenTrainings]> {
  const services = await openMusicServices({ dataFolder, queueLimit: 10, words: rollWordsIn(english) });
  const curveWords = (model: string) => curveWordsIn(english, model);
  return [services, await openTrainings({ dataFolder, curveWords }, services)];
}

let folder: string;
let music: MusicServices;
let trainings: OpenTrainings;
let training: Training;
let outcome: TrainingOutcome;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-models-'));
  [music, trainings] = await open(join(folder, 'data'));
  training = await trainings.begin({
    ...{ server: '1', name: 'mine', parent: 'lstm', epochs: 4, rate: 0.001, memo: 'a memo' },
    music: { kind: 'files', files },
  });
  outcome = await training.outcome;
});
afterAll(async () => {
  await trainings.close();
  await music.close();
  await rm(folder, { recursive: true });
});

const composedBy = async (server: string | undefined, model?: string): Promise<string> => {
  const request = music.requests.start(
    { notes: 3, seed: 1, ...(model !== undefined && { model }) },
    undefined,
    server,
  );
  return (await music.composing.compose(request)).model;
};

describe('a fine-tuned model', () => {
  it('can be compared with its parent', async () => {
    const heard = outcome.samples.map(({ model, composition }) => [
      model,
      ...composition.outputs.slice(0, 2).map(({ bytes }) => Buffer.from(bytes.subarray(0, 4)).toString()),
    ]);
    expect(heard).toEqual([
      ['lstm', 'MThd', 'OggS'],
      ['mine', 'MThd', 'OggS'],
    ]);
    const [parent, mine] = outcome.samples;
    expect(givenCount(parent!.composition.piece)).toBe(25);
    expect(mine!.composition.piece.tracks).not.toEqual(parent!.composition.piece.tracks);
    const curve = await training.drawCurve(curveWordsIn(english, 'mine'));
    expect(Buffer.from(curve.subarray(1, 4)).toString()).toBe('PNG');
  });

  it('only composes for its server, once it is chosen', async () => {
    expect((await music.library.list('1')).map(({ name }) => name)).toEqual([
      'book',
      'lstm',
      'mine',
      'song',
      'transformer',
    ]);
    expect((await music.library.list('2')).map(({ name }) => name)).toEqual([
      'book',
      'lstm',
      'song',
      'transformer',
    ]);
    const shipped = new RegExp(`^${await music.library.current()}@`);
    expect(await composedBy('1')).toMatch(shipped);
    expect(await composedBy('1', 'mine')).toBe(outcome.model.id);
    await music.library.use('1', 'mine');
    expect(await music.library.current('1')).toBe('mine');
    expect(await composedBy('1')).toBe(outcome.model.id);
    for (const other of ['2', undefined]) expect(await composedBy(other)).toMatch(shipped);
    expect(() => music.requests.start({ model: 'mine' }, undefined, '2')).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          choices: ['book', 'lstm', 'song', 'transformer'],
          given: 'mine',
        }) as object,
      }),
    );
  });

  it('is replaced by the previous one when it is damaged, with a warning', async () => {
    await music.library.use('1', 'mine');
    const path = weightsFile(join(folder, 'data'));
    const weights = await readFile(path);
    const damaged = Uint8Array.from(weights);
    damaged[70_000]! ^= 4;
    await writeFile(path, damaged);
    const composition = await music.composing.compose(music.requests.start({ notes: 3 }, undefined, '1'));
    expect(composition.model).toMatch(new RegExp(`^${await music.library.current()}@`));
    const refusal = {
      code: 'model.damaged',
      details: { name: 'mine', reason: 'Its files are not as they were written.' },
    };
    expect(composition.insteadOf).toEqual({ model: 'mine', refusal });
    await expect(composedBy('1', 'mine')).rejects.toMatchObject(refusal);
    await writeFile(path, weights);
    expect(await composedBy('1')).toBe(outcome.model.id);
  });
});

describe('a training whose process was killed', () => {
  it('continues at the next start, to the same weights', async () => {
    const data = join(folder, 'killed');
    const paths = await Promise.all(
      files.map(async ({ name, bytes }) => {
        const path = join(folder, name);
        await writeFile(path, bytes);
        return path;
      }),
    );
    const child = fork(fileURLToPath(new URL('train-alone.mjs', import.meta.url)), [data, ...paths]);
    const hasCheckpoint = (): boolean => {
      try {
        return readdirSync(join(data, 'fine-tuning/checkpoints')).some((name) =>
          /^step-0*[1-9]\d*$/.test(name),
        );
      } catch {
        return false;
      }
    };
    await expect.poll(() => hasCheckpoint() || child.exitCode !== null, { interval: 5 }).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(await readdir(data)).toContain('fine-tuning');

    const [musicAgain, again] = await open(data);
    try {
      const training = await again.resume();
      expect(training).toMatchObject({ server: '1', name: 'mine', memo: 'a memo', resumed: true });
      const { model } = await training!.outcome;
      expect(model.curve).toEqual(outcome.model.curve);
      const [killed, whole] = await Promise.all(
        [data, join(folder, 'data')].map((at) => readFile(weightsFile(at))),
      );
      expect(killed!.equals(whole!)).toBe(true);
      await training!.told();
      expect((await readdir(data)).sort()).toEqual(['servers']);
    } finally {
      await again.close();
      await musicAgain.close();
    }
  });
});
