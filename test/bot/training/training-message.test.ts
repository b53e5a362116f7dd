import type { Refusal } from '../../../src/errors/user-error.js';
import { describe, expect, it } from 'vitest';
import { modelDetails, modelList } from '../../../src/bot/training/model-message.js';
import {
  outcomeMessage,
  outcomeWithoutFiles,
  progressMessage,
} from '../../../src/bot/training/training-message.js';
import { english } from '../../../src/i18n/en/english.js';
import { curveWordsIn } from '../../../src/i18n/picture.js';
import { fakeDetails, FakeTraining } from './fake-trainings.js';

const memo = { channel: '1', user: '2', parent: 'lstm' };
const request = { server: '3', name: 'mine', parent: 'lstm', memo: '' };

function training(...[refused, resumed]: [FakeTraining['refused']?, boolean?]): FakeTraining {
  return new FakeTraining('t1', request, refused, resumed);
}

const said = (sentence: string): Refusal => ({ code: 'version.other', details: { sentence } });

describe('the progress of a training', () => {
  it('shows its progress and its training files', () => {
    const mine = training();
    mine.advance(0.34, 3);
    expect(progressMessage(mine, memo).content.split('\n')).toEqual([
      '**Training `mine`** from `lstm`, for <@2>',
      '▰▰▰▰▱▱▱▱▱▱▱▱ 34% · epoch 4 of 10 · about 2 min left',
      'loss 0.466 · validation loss 0.455 · lowest so far 0.455',
      `-# ${english.training.windows(12_345, 1371)}`,
    ]);
  });

  it('omits values that are not known yet', () => {
    expect(progressMessage(training(), memo).content).toContain('\nPreparing.\n');
    const mine = training([], true);
    mine.advance(1);
    const { content } = progressMessage(mine, memo);
    expect(content).toContain('epoch 10 of 10 · less than a minute left\nloss 0.400\n');
    expect(content).toContain(english.training.resumed);
    expect(content).not.toContain('validation loss');
  });

  it('lists skipped files, escaped, within 2000 characters', () => {
    const refused = Array.from({ length: 200 }, (_, i) => ({
      name: `${i} @everyone **${'_'.repeat(300)}.mid`,
      refusal: said(`${'*'.repeat(500)} <@123>`),
    }));
    const mine = training(refused);
    mine.advance(0.5, 10);
    const { content } = progressMessage(mine, memo);
    expect(content.length).toBeLessThan(2000);
    expect(content).toMatch(/Skipped 0 \\@everyone \\\*\\\*\\_/);
    expect(content).toMatch(/Also skipped: \d+ more\.$/);
    const few = progressMessage(training([{ name: 'a.mid', refusal: said('It has no notes.') }]), memo);
    expect(few.content).toMatch(/\n-# Skipped a\.mid: It has no notes\.$/);
  });
});

describe('the result of a training', () => {
  async function result(
    differences: Parameters<FakeTraining['finish']>[0] = {},
  ): Promise<ReturnType<typeof outcomeMessage>> {
    const mine = training();
    mine.finish(differences);
    const bytes = await mine.drawCurve(curveWordsIn(english, 'mine'));
    const curve = { name: 'curve.png', contentType: 'image/png', bytes, description: 'A curve' };
    return outcomeMessage(mine, memo, await mine.outcome, curve);
  }

  it('compares the losses of both models, with a sample of each', async () => {
    const { content, files } = await result();
    expect(content).toContain(english.training.better(0.1, '0.450', '`lstm`', '0.500'));
    expect(content).toContain(
      [
        '```',
        'held out     loss    pitch     step duration',
        'lstm        0.500    3.200    0.110    0.230',
        'mine        0.450    3.000    0.100    0.200',
        '```',
      ].join('\n'),
    );
    expect(files?.map(({ name }) => name)).toEqual([
      'curve.png',
      'lstm.ogg',
      'lstm.mid',
      'mine.ogg',
      'mine.mid',
    ]);
  });

  it.each([[{ pitch: 3.2, step: 0.11, duration: 0.23 }], [{ pitch: 9, step: 1, duration: 1 }]])(
    'says plainly that it is no better: %j',
    async (losses) => {
      const { content } = await result({ losses });
      expect(content).toContain('**`mine` is no better than `lstm`:**');
      expect(content).not.toContain('Better by');
    },
  );

  it.each([
    ['finished', 'finished'],
    ['no-improvement', 'no further improvement'],
    ['stopped', 'Cancelled. This is the best checkpoint so far'],
    ['diverged', 'no longer a number'],
  ] as const)('says how it ended: %s', async (ended, words) => {
    expect((await result({ ended })).content).toContain(words);
  });
});

it('fits into 2000 characters, whatever the names', async () => {
  const refused = Array.from({ length: 200 }, () => ({
    name: '_'.repeat(99),
    refusal: said('*'.repeat(999)),
  }));
  const [name, parent] = ['m'.repeat(64), 'p'.repeat(64)];
  const long = new FakeTraining('t1', { ...request, name, parent }, refused);
  long.finish();
  const longMemo = { channel: '1', user: '9'.repeat(20), parent };
  const message = outcomeMessage(long, longMemo, await long.outcome);
  expect(message.content.length).toBeLessThan(1900);
  expect(outcomeWithoutFiles(message, longMemo).content.length).toBeLessThan(2000);
});

describe('the list of models', () => {
  it('marks the model in use and states the origin of each', () => {
    const models = [
      fakeDetails('lstm', { origin: 'shipped', current: true }),
      fakeDetails('big', { origin: 'operator' }),
      fakeDetails('mine'),
    ];
    expect(modelList(english, models).split('\n')).toEqual([
      '**`lstm` · built in · in use**',
      '`big` · added by the operator',
      '`mine` · trained by this server',
    ]);
  });

  it('stays within 2000 characters', () => {
    const models = Array.from({ length: 300 }, (_, i) => fakeDetails(`model-${i}`));
    expect(modelList(english, models).length).toBeLessThan(2000);
    expect(modelList(english, models)).toMatch(/\n… and \d+ more\.$/);
  });
});

describe('the details of a model', () => {
  it('state its origin, training data and results', () => {
    const validation = (pitch: number): { pitch: number; step: number; duration: number } => ({
      ...{ pitch, step: 0.1, duration: 0.2 },
    });
    const point = (epoch: number, pitch: number): object => ({
      ...{ step: epoch * 10, epoch, trainingLoss: 0.5, validation: validation(pitch) },
    });
    const text = modelDetails(
      english,
      fakeDetails('mine', {
        parent: 'lstm',
        trainedAt: '2026-01-02T03:04:05.000Z',
        epochs: 3,
        rate: 0.001,
        trainingWindows: 12_345,
        losses: validation(3),
        parentLosses: validation(4),
        curve: [point(1, 4), point(2, 3), point(3, 3.5)] as never,
        data: [{ name: 'a_b.mid', sha256: '0123456789abcdef'.repeat(4) }],
      }),
    );
    expect(text.split('\n')).toEqual([
      '**`mine@1a2b3c4d`** · trained by this server',
      'Trained: from `lstm` · <t:1767323045:f> · 3 epochs · learning rate 0.001 · 12,345 windows',
      'Held-out loss: **0.450** (pitch 3.000 · step 0.100 · duration 0.200)',
      'Its parent: **0.500** (pitch 4.000 · step 0.100 · duration 0.200)',
      'Validation loss: first 0.500 · lowest 0.450 after 2 epochs · last 0.475',
      'Trained on 1 file:',
      '- `0123456789ab` a\\_b.mid',
    ]);
  });

  it('omit unknown values', () => {
    expect(modelDetails(english, fakeDetails('mine', { origin: 'operator', current: true }))).toBe(
      '**`mine@1a2b3c4d`** · added by the operator · in use',
    );
  });

  it('state the training data and results of a built-in model', () => {
    const [first, ...lines] = modelDetails(
      english,
      fakeDetails('lstm', { origin: 'shipped', current: true }),
    ).split('\n');
    expect(first).toBe('**`lstm@1a2b3c4d`** · built in · in use');
    expect(lines.join('\n')).toMatch(/^small and fast.*\nTrained on 962 piano performances/);
  });
});
