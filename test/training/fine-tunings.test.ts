import { curveWordsIn } from '../../src/i18n/picture.js';
import { english } from '../../src/i18n/en/english.js';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { totalLoss } from '../../src/model/losses.js';
import { writeFolder } from '../../src/storage/durable.js';
import { encodeLayersModel } from '../../src/model/lstm/layers-model.js';
import { FineTunings, type FineTuningsOptions } from '../../src/training/fine-tunings.js';
import { UserError } from '../../src/errors/user-error.js';
import { StoredLibrary } from '../../src/model/model-library.js';
import { TrainingMusicReader } from '../../src/training/training-music-reader.js';
import type { NamedFile, Training, TrainingRequest } from '../../src/training/trainings.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { tiled } from '../model/lstm/fixtures.js';
import { SmallDisk } from '../small-disk.js';
import { threadNiceness } from '../thread-niceness.js';
import { midiFile } from './training-music.js';

let folder: string;
let shipped: string;
const opened: FineTunings[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fine-tuning-'));
  shipped = join(folder, 'shipped');
  const { model, weights } = encodeLayersModel(tiled(141), {}, {});
  await writeFolder(join(shipped, 'lstm'), { 'model.json': Buffer.from(model), 'weights.bin': weights });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((trainings) => trainings.close()));
  await rm(folder, { recursive: true });
});

async function open(options: Partial<FineTuningsOptions> = {}, data = folder): Promise<FineTunings> {
  const library = await StoredLibrary.open({ shared: [shipped], shipped, servers: join(data, 'servers') });
  const trainings = new FineTunings({
    folder: join(data, 'fine-tuning'),
    library,
    reader: new TrainingMusicReader(),
    drawCurve: ({ points, words }) => Promise.resolve(Buffer.from(`${points.length} points: ${words.title}`)),
    curveWords: (model) => curveWordsIn(english, model),
    sample: () => Promise.resolve(fakeComposition()),
    ...options,
  });
  opened.push(trainings);
  return trainings;
}

/** About seven batches per epoch. */
const files = [midiFile(1, 300), midiFile(2, 300)];

const request = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  server: '1',
  name: 'mine',
  parent: 'lstm',
  epochs: 2,
  rate: 0.001,
  music: { kind: 'files', files },
  memo: 'a memo',
  ...changes,
});

const long = (changes: Partial<TrainingRequest> = {}): TrainingRequest =>
  request({ epochs: 100, ...changes });

/** Resolves once it has reached this progress. */
async function at(training: Training, done: number): Promise<void> {
  await expect.poll(() => training.progress?.done ?? 0, { interval: 5 }).toBeGreaterThanOrEqual(done);
}

const weightsOf = async (data = folder): Promise<string> =>
  (await readFile(join(data, 'servers/1/models/mine/weights.bin'))).toString('base64');

const userError = (code: string, details: object = {}): unknown =>
  expect.objectContaining({
    name: 'UserError',
    code,
    details: expect.objectContaining(details) as object,
  });

describe('a training', () => {
  it('makes a custom model for the server', async () => {
    const trainings = await open();
    const training = await trainings.begin(
      request({
        music: { kind: 'files', files: [...files, { name: 'page.mid', bytes: Buffer.from('<html>') }] },
      }),
    );
    expect(trainings.current).toBe(training);
    expect(training).toMatchObject({ server: '1', name: 'mine', memo: 'a memo', resumed: false });
    expect(training.refused).toMatchObject([{ name: 'page.mid', refusal: { code: 'midi.not-midi' } }]);
    expect(training.trainingWindows + training.validationWindows).toBeGreaterThan(400);

    const outcome = await training.outcome;
    expect(trainings.current).toBeUndefined();
    expect(outcome.ended).toBe('finished');
    expect(totalLoss('lstm', outcome.losses)).toBeLessThanOrEqual(totalLoss('lstm', outcome.parentLosses));
    const { model } = outcome;
    expect(model).toMatchObject({ name: 'mine', origin: 'server', current: false, epochs: 2, rate: 0.001 });
    expect(model.id).toMatch(/^mine@[0-9a-f]{8}$/);
    expect(model.parent).toMatch(/^lstm@[0-9a-f]{8}$/);
    expect(model.data?.map(({ name }) => name)).toEqual(['melody-1.mid', 'melody-2.mid']);
    expect(model.curve?.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(outcome.samples.map(({ model }) => model)).toEqual(['lstm', 'mine']);
    const curve = await training.drawCurve(curveWordsIn(english, 'mine'));
    expect(Buffer.from(curve).toString()).toBe('3 points: Training of mine');
    expect(training.progress).toMatchObject({ epochs: 2, done: 1, curve: model.curve });

    // The job is deleted, and only digests of the music remain.
    await training.told();
    expect((await readdir(folder)).sort()).toEqual(['servers', 'shipped']);
    expect((await readdir(join(folder, 'servers/1/models/mine'))).sort()).toEqual([
      'README.md',
      'curve.csv',
      'curve.png',
      'manifest.json',
      'model.json',
      'weights.bin',
    ]);
  });

  it('uses files of the operator’s folder, the same ones for the same name', async () => {
    const music = join(folder, 'music');
    await mkdir(music);
    const names = ['a.mid', 'b.mid', 'c.mid', 'd.mid', 'e.mid', 'f.mid'];
    for (const [i, name] of names.entries()) await writeFile(join(music, name), midiFile(i, 300).bytes);
    let trainings = await open({ music: { folder: music, names } });
    expect(trainings.folderFiles).toBe(6);
    const dataOf = async (name: string): Promise<string> => {
      const training = await trainings.begin(
        request({ name, music: { kind: 'folder', count: 2 }, epochs: 1 }),
      );
      const { data = [] } = (await training.outcome).model;
      return data.map((file) => file.name).join();
    };
    const [first, other] = [await dataOf('one'), await dataOf('two')];
    expect(first.split(',')).toHaveLength(2);
    expect(other).not.toBe(first);
    await rm(join(folder, 'servers'), { recursive: true });
    trainings = await open({ music: { folder: music, names } });
    expect(await dataOf('one')).toBe(first);
    await expect(trainings.begin(request({ music: { kind: 'folder', count: 7 } }))).rejects.toEqual(
      userError('training.folder-files', { files: 6 }),
    );
  });

  it.skipIf(process.platform !== 'linux')(
    'has a lower priority than everything else (on Linux)',
    async () => {
      const trainings = await open();
      const training = await trainings.begin(long());
      await at(training, 0.001);
      const niceness = threadNiceness();
      expect(niceness.filter((nice) => nice === getPriority() + 10)).toHaveLength(1);
      expect(niceness.filter((nice) => nice === getPriority()).length).toBeGreaterThan(3);
      training.cancel();
      await training.outcome;
    },
  );

  it('ends when it is cancelled, and keeps the best', async () => {
    const trainings = await open();
    const training = await trainings.begin(long());
    await at(training, 0.02);
    training.cancel();
    const { ended, model, losses, parentLosses } = await training.outcome;
    expect([ended, model.name]).toEqual(['stopped', 'mine']);
    expect(totalLoss('lstm', losses)).toBeLessThanOrEqual(totalLoss('lstm', parentLosses));
    await training.told();
    await expect(trainings.resume()).resolves.toBeUndefined();
  });
});

describe('a request', () => {
  it.each([
    ['another name', { name: 'lstm' }, 'model.taken'],
    ['a plain name', { name: '../x' }, 'model.name'],
    ['a parent', { parent: 'none' }, 'model.unknown'],
    ['whole epochs', { epochs: 1.5 }, 'training.epochs'],
    ['fewer epochs', { epochs: 101 }, 'training.epochs'],
    ['a rate', { rate: Number.NaN }, 'training.rate'],
    ['a folder', { music: { kind: 'folder', count: 1 } }, 'training.no-folder'],
    ['more music', { music: { kind: 'files', files: [midiFile(1, 200)] } }, 'training.too-little-music'],
    ['music', { music: { kind: 'files', files: [] } }, 'training.too-little-music'],
  ] as const)('needs %s, and leaves nothing behind', async (_, changes, code) => {
    const trainings = await open();
    await expect(trainings.begin(request(changes))).rejects.toEqual(userError(code));
    expect(trainings.current).toBeUndefined();
    expect(await readdir(folder)).toEqual(['shipped']);
  });

  it('without enough music says which files were skipped, and why', async () => {
    const trainings = await open();
    const page = { name: 'page.mid', bytes: Buffer.from('<html>') };
    const skipped = [
      {
        name: 'page.mid',
        refusal: { code: 'midi.not-midi', details: { looksLike: { type: 'web-page' } } },
      },
    ];
    const begin = (files: readonly NamedFile[]): Promise<unknown> =>
      trainings.begin(request({ music: { kind: 'files', files } }));
    await expect(begin([page, midiFile(1, 50)])).rejects.toEqual(
      userError('training.too-little-music', { skipped }),
    );
    // The file is at fault, not the amount of music.
    await expect(begin([page])).rejects.toEqual(userError('training.nothing-read', { skipped }));
  });

  it('is refused while another runs', async () => {
    const trainings = await open();
    const beginning = trainings.begin(long());
    const busy = userError('training.busy');
    await expect(trainings.begin(request({ server: '2' }))).rejects.toEqual(busy);
    const training = await beginning;
    await expect(trainings.begin(request({ server: '2' }))).rejects.toEqual(busy);
    await expect(trainings.resume()).rejects.toEqual(busy);
    training.cancel();
    await training.outcome;
    const next = await trainings.begin(request({ server: '2', epochs: 1 }));
    expect((await next.outcome).model.name).toBe('mine');
  });

  it('is dropped when it is cancelled', async () => {
    const trainings = await open();
    const reason = new Error('gone');
    await expect(trainings.begin(request(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual(['shipped']);
  });
});

describe('a training that is interrupted', () => {
  it('continues to the same weights after the bot restarts', async () => {
    const whole = join(folder, 'whole');
    await (
      await (await open({}, whole)).begin(request({ epochs: 4 }))
    ).outcome;

    const first = await open();
    const training = await first.begin(request({ epochs: 4 }));
    await at(training, 0.3);
    await training.remember('another memo');
    await first.close();
    await expect(training.outcome).rejects.toEqual(userError('training.interrupted'));

    const again = await (await open()).resume();
    expect(again).toMatchObject({ id: training.id, memo: 'another memo', resumed: true });
    expect(again!.trainingWindows).toBe(training.trainingWindows);
    expect((await again!.outcome).model.curve).toHaveLength(5);
    expect(await weightsOf()).toBe(await weightsOf(whole));
    await again!.told();
    await expect((await open()).resume()).resolves.toBeUndefined();
  });

  it('is never abandoned because of interruptions', async () => {
    let trainings = await open();
    let training = await trainings.begin(long());
    for (let restart = 0; restart < 4; restart++) {
      await trainings.close();
      trainings = await open();
      training = (await trainings.resume())!;
    }
    await at(training, 0.001);
    training.cancel();
    expect((await training.outcome).ended).toBe('stopped');
  });

  it('can still be cancelled afterwards', async () => {
    const first = await open();
    const training = await first.begin(long());
    await at(training, 0.01);
    const statePath = join(folder, 'fine-tuning/state.json');
    await first.close();
    const state = JSON.parse(await readFile(statePath, 'utf8')) as object;
    await writeFile(statePath, JSON.stringify({ ...state, cancelled: true }));
    const again = await (await open()).resume();
    expect((await again!.outcome).ended).toBe('stopped');
  });

  it('starts over when its checkpoint is damaged', async () => {
    const whole = join(folder, 'whole');
    await (
      await (await open({}, whole)).begin(request())
    ).outcome;
    const first = await open();
    const training = await first.begin(request());
    await at(training, 0.1);
    await first.close();
    const checkpoints = join(folder, 'fine-tuning/checkpoints');
    for (const name of await readdir(checkpoints)) await writeFile(join(checkpoints, name, 'best.bin'), 'x');
    await (await (await open()).resume())!.outcome;
    expect(await weightsOf()).toBe(await weightsOf(whole));
  });

  it('says so when its music is damaged', async () => {
    const first = await open();
    await first.begin(long());
    await first.close();
    await writeFile(join(folder, 'fine-tuning/music.bin'), 'x');
    const trainings = await open();
    const again = await trainings.resume();
    await expect(again!.outcome).rejects.toEqual(userError('training.failed'));
    await again!.told();
    await expect(trainings.resume()).resolves.toBeUndefined();
  });

  it('says so when the job itself is damaged', async () => {
    await mkdir(join(folder, 'fine-tuning'));
    await writeFile(join(folder, 'fine-tuning/job.json'), '{"version":1');
    const trainings = await open();
    await expect(trainings.resume()).rejects.toEqual(userError('training.lost'));
    await expect(trainings.resume()).resolves.toBeUndefined();
  });

  it('reports the same result again if it ended before that was reported', async () => {
    const training = await (await open()).begin(request({ epochs: 1 }));
    const { model } = await training.outcome;
    const trainings = await open();
    const again = await trainings.resume();
    expect(again).toMatchObject({ id: training.id, memo: 'a memo', resumed: true });
    expect((await again!.outcome).model.id).toBe(model.id);
    await again!.told();
    expect(await trainings.resume()).toBeUndefined();
  });

  it('is kept when an earlier one is forgotten', async () => {
    const trainings = await open();
    const before = await trainings.begin(request({ epochs: 1 }));
    await before.outcome;
    await trainings.begin(long({ name: 'other' }));
    await before.told();
    await trainings.close();
    expect(await readdir(folder)).toContain('fine-tuning');
  });

  it('is abandoned when it has crashed the process three times', async () => {
    const first = await open();
    await first.begin(long());
    await first.close();
    const path = join(folder, 'fine-tuning', 'state.json');
    const state = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...state, starts: 3 }));
    const trainings = await open();
    const last = await trainings.resume();
    expect(last?.memo).toBe('a memo');
    await expect(last!.outcome).rejects.toEqual(userError('training.failed'));
    await last!.told();
    expect(await readdir(folder)).toEqual(['shipped']);
  });
});

describe('a training that fails', () => {
  const faulty = { program: new URL('./faulty-trainer.mjs', import.meta.url) };

  it.each([
    ['throws', 'training.failed'],
    ['exits', 'training.failed'],
    ['swells', 'training.failed'],
    ['full', 'disk.full'],
  ])('because its thread %s leaves the models as they were', async (name, code) => {
    const trainings = await open(faulty);
    const training = await trainings.begin(request({ name }));
    await expect(training.outcome).rejects.toEqual(userError(code));
    expect(trainings.current).toBeUndefined();
    await training.told();
    expect(await readdir(folder)).toEqual(['shipped']);
    // The next training runs.
    await expect((await trainings.begin(request({ name }))).outcome).rejects.toEqual(userError(code));
  });

  it('only in its samples still gives its model', async () => {
    const busy = new UserError('compose.busy');
    const trainings = await open({ sample: () => Promise.reject(busy) });
    const { model, samples } = await (await trainings.begin(request({ epochs: 1 }))).outcome;
    expect([model.name, samples]).toEqual(['mine', []]);
  });
});

const disk = await SmallDisk.make();
afterAll(() => disk.remove());

describe.skipIf(!disk.isThere)('a full disk (needs the right to mount one)', () => {
  it('ends a training with an error message, and leaves the models unchanged', async () => {
    await disk.fill(4e6);
    const trainings = await open({}, disk.folder);
    await (
      await trainings.begin(request({ epochs: 1, name: 'good' }))
    ).outcome;
    const before = await readdir(join(disk.folder, 'servers/1/models/good'));

    for (const room of [0, 300_000, 600_000, 1_500_000]) {
      await disk.fill(room);
      let training: Training | undefined;
      const outcome = trainings
        .begin(request({ epochs: 1, name: 'bad' }))
        .then((begun) => (training = begun).outcome);
      await expect(outcome, `${room} bytes left`).rejects.toEqual(userError('disk.full'));
      await training?.told();
      expect(trainings.current).toBeUndefined();
      expect((await readdir(disk.folder)).sort()).toEqual(['filling', 'servers']);
      expect(await readdir(join(disk.folder, 'servers/1/models'))).toEqual(['good']);
      expect(await readdir(join(disk.folder, 'servers/1/models/good'))).toEqual(before);
    }
    await disk.fill(4e6);
    await expect((await trainings.begin(request({ epochs: 1, name: 'bad' }))).outcome).resolves.toBeDefined();
  });

  it('keeps the previous model in use', async () => {
    const library = await StoredLibrary.open({
      shared: [shipped],
      shipped,
      servers: join(disk.folder, 'servers'),
    });
    await library.use('1', 'good');
    await disk.fill(0);
    await expect(library.use('1', 'lstm')).rejects.toEqual(userError('disk.full'));
    await disk.fill(4e6);
    expect(await library.current('1')).toBe('good');
    const again = await StoredLibrary.open({
      shared: [shipped],
      shipped,
      servers: join(disk.folder, 'servers'),
    });
    expect(await again.current('1')).toBe('good');
  });
});
