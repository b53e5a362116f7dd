import { inEnglish } from '../../i18n/in-english.js';
import { english } from '../../../src/i18n/en/english.js';
import { getEventListeners } from 'node:events';
import { Locale, PermissionFlagsBits, REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelMessage } from '../../../src/bot/reply/channel-message.js';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { parseMemo } from '../../../src/bot/training/training-memo.js';
import { TrainingReport } from '../../../src/bot/training/training-report.js';
import { UserError } from '../../../src/errors/user-error.js';
import { LocalDiscord } from '../../../local-discord/local-discord.js';
import type { Reply } from '../../../local-discord/reply.js';
import type { ShownMessage } from '../../../local-discord/shown-message.js';
import { FakeTrainings, type FakeTraining } from './fake-trainings.js';
import { startTrainingBot, type TrainingBot } from './training-bot.js';

const post = 'POST /channels/{channel_id}/messages';
const edit = 'PATCH /channels/{channel_id}/messages/{message_id}';
const manager = { permissions: PermissionFlagsBits.ManageGuild };

let discord: LocalDiscord;
let bot: TrainingBot;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  discord.settings.routeRateLimit = { limit: 50, windowMs: 1000 };
  bot = await startTrainingBot(discord);
});

afterEach(async () => {
  await bot.stop();
  await discord.stop();
  expect(discord.violations).toEqual([]);
});

async function restart(options: Parameters<typeof startTrainingBot>[1]): Promise<void> {
  await bot.stop();
  bot = await startTrainingBot(discord, options);
}

async function begin(locale = Locale.EnglishUS): Promise<{ training: FakeTraining; reply: Reply }> {
  const file1 = { name: 'one.mid', bytes: Buffer.from('MThd') };
  const reply = await discord.user({ ...manager, locale }).slash('train', { name: 'mine', file1 });
  await reply.answered();
  return { training: bot.trainings.current!, reply };
}

function message(): ShownMessage {
  return discord.messages()[0]!;
}

async function shows(text: string): Promise<void> {
  await discord.until(() => discord.messages()[0]?.content.includes(text) === true, text);
}

function edits(): readonly { readonly status?: number }[] {
  return discord.requests.filter(({ route }) => route === edit);
}

describe('the message during a training', () => {
  it('is edited at a limited rate', async () => {
    await restart({ editEveryMs: 300 });
    const { training } = await begin();
    const times: number[] = [];
    discord.watch((activity) => {
      if (activity.kind === 'message' && activity.event === 'edited') times.push(activity.message.at);
    });
    for (const percent of [10, 20, 30]) {
      training.advance(percent / 100);
      await shows(`${percent}%`);
    }
    const gaps = times.slice(1).map((at, i) => at - times[i]!);
    expect(gaps).toHaveLength(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(290);
  });

  it('is not edited when there is nothing new', async () => {
    const { training } = await begin();
    training.advance(0.1);
    await shows('10%');
    const before = edits().length;
    training.advance(0.1);
    training.advance(0.2);
    await shows('20%');
    expect(edits()).toHaveLength(before + 1);
  });

  it('has one picture of the curve, which is replaced', async () => {
    const { training } = await begin();
    training.advance(0.1, 1);
    await discord.until(
      () => message().attachments[0]?.description?.endsWith('after 1 validation') === true,
      'the first curve',
    );
    training.advance(0.15, 1);
    await shows('15%');
    expect(message().attachments).toHaveLength(1);
    training.advance(0.2, 2);
    await discord.until(
      () => message().attachments[0]?.description?.endsWith('after 2 validations') === true,
      'the second curve',
    );
    expect(message().attachments).toHaveLength(1);
    expect(training.drawings).toBe(2);
  });

  it('continues as text when the curve cannot be drawn', async () => {
    const { training } = await begin();
    const draw = training.drawCurve.bind(training);
    training.drawCurve = () => Promise.reject(new Error('no fonts'));
    training.advance(0.1, 1);
    await shows('10%');
    expect(bot.log.all('curve not drawn')).toHaveLength(1);
    training.drawCurve = draw;
    training.finish();
    await discord.until(() => message().attachments.length === 5, 'the result');
  });

  it('is in the requester’s language, and so is the curve', async () => {
    const { training } = await begin(Locale.German);
    training.advance(0.1, 1);
    await discord.until(() => message().attachments.length === 1, 'the curve');
    expect(message().content).toContain('**Training von `mine`**');
    expect(training.words).toMatchObject({ title: 'Training von mine', validation: 'Prüfung' });
    training.finish();
    await discord.until(() => message().attachments.length === 5, 'the result');
  });

  it('has a result without the curve when that cannot be drawn', async () => {
    const { training } = await begin();
    training.drawCurve = () => Promise.reject(new Error('no fonts'));
    training.finish();
    await discord.until(() => message().attachments.length === 4, 'the result');
  });

  it.each([
    ['500', { status: 500, body: 'broken' }, 4],
    [
      '429',
      {
        status: 429,
        headers: { 'retry-after': '0.2' },
        body: { message: 'slow', retry_after: 0.2, global: false },
      },
      2,
    ],
    ['a closed connection', { hangUp: 'before' }, 1],
  ] as const)('catches up after %s', async (_, fault, times) => {
    const { training } = await begin();
    discord.faults.plan(edit, fault, times);
    training.advance(0.1);
    await shows('10%');
    training.advance(0.2);
    await shows('20%');
    training.finish();
    await shows('Better by');
  });
});

describe('the result of a training', () => {
  it('has the curve, sound and MIDI of both models, and two buttons', async () => {
    const { training } = await begin();
    training.advance(0.1, 1);
    await discord.until(() => message().attachments.length === 1, 'the curve');
    training.finish();
    await shows('Better by');
    expect(message().attachments.map(({ name, description }) => [name, description])).toEqual([
      ['curve.png', expect.stringContaining('Training curve of mine')],
      ['lstm.ogg', expect.stringContaining('By lstm. Piano preview: 2 notes')],
      ['lstm.mid', expect.stringContaining('By lstm. 2 notes')],
      ['mine.ogg', expect.stringContaining('By mine. Piano preview: 2 notes')],
      ['mine.mid', expect.stringContaining('By mine. 2 notes')],
    ]);
    const sent = discord.requests.find(({ files }) => files.length === 5)!.files;
    expect(sent.map(({ contentType }) => contentType)).toEqual([
      ...['image/png', 'audio/ogg', 'audio/midi', 'audio/ogg', 'audio/midi'],
    ]);
    expect(message().buttons.map((button) => 'label' in button && button.label)).toEqual(['Use', 'Delete']);
    expect(await bot.library.current(discord.guild.id)).toBe('lstm');
  });

  it('does not wait long for a slow edit, and is what remains', async () => {
    const { training } = await begin();
    discord.faults.plan(edit, { delayMs: 3000 });
    const isSlow = new Promise((resolve) => {
      const draw = training.drawCurve.bind(training);
      training.drawCurve = (words) => {
        resolve(undefined);
        return draw(words);
      };
    });
    training.advance(0.1, 1);
    await isSlow;
    training.finish();
    await shows('Better by');
    await discord.until(() => message().content.includes('10%'), 'the late edit');
    await shows('Better by');
    expect(message().attachments).toHaveLength(5);
  });

  it('is sent after a temporary failure', async () => {
    const { training } = await begin();
    discord.faults.plan(edit, { status: 502, body: 'bad gateway' }, 5);
    training.finish();
    await shows('Better by');
  });

  it('is sent as text when files are no longer allowed', async () => {
    const { training } = await begin();
    const lost = { status: 403, body: { code: 50_013, message: 'Missing Permissions' } };
    discord.faults.plan(edit, lost);
    training.advance(0.1, 1);
    await shows('10%');
    training.advance(0.2, 2);
    await shows('20%');
    expect(training.drawings).toBe(1);
    discord.faults.plan(edit, lost);
    training.finish();
    await shows('Better by');
    expect(message().content).toContain(english.training.withoutFiles);
    expect(message().content).not.toContain('Listen');
    expect(message().buttons).toHaveLength(2);
    expect(edits().filter(({ status }) => status === 403)).toHaveLength(2);
  });

  it('is sent as text when it is too large', async () => {
    const { training } = await begin();
    const tooLarge = { status: 413, body: { code: 40_005, message: 'Request entity too large' } };
    discord.faults.plan(edit, tooLarge);
    training.finish();
    await shows(english.training.withoutFiles);
  });

  it('is an error message when the training failed for a known reason', async () => {
    const { training } = await begin();
    training.fail(new UserError('disk.full'));
    await shows(english.training.failed(inEnglish('disk.full')));
    expect(message().buttons).toEqual([]);
  });

  it('adds an error ID when only the operator can find the reason', async () => {
    const { training } = await begin();
    const cause = new Error('The thread ended with code 1.');
    training.fail(new UserError('training.failed', { cause }));
    await shows(`${inEnglish('training.failed')} Error ID`);
    const id = /operator: ([\da-f]{8})$/.exec(message().content)?.[1];
    expect(bot.log.all('failed')).toMatchObject([{ request: id, err: { message: cause.message } }]);
  });

  it('is an apology with an error ID when it failed for any other reason', async () => {
    const { training } = await begin();
    training.fail(new TypeError('x is not a function'));
    await shows('this error ID');
    const id = /this error ID: ([\da-f]{8})$/.exec(message().content)?.[1];
    expect(message().content).not.toContain('x is not a function');
    expect(bot.log.all('failed')).toMatchObject([
      { request: id, training: 't1', err: { name: 'TypeError' } },
    ]);
  });
});

describe('the end of a training', () => {
  it('is forgotten only once Discord has the result, so that a killed bot reports it again', async () => {
    const { training } = await begin();
    const shown = new Promise((resolve) => {
      training.told = () => {
        resolve(message().content);
        return Promise.resolve();
      };
    });
    discord.faults.plan(edit, { delayMs: 100 });
    training.finish();
    expect(await shown).toContain('Better by');
  });

  it('is forgotten when there is nowhere to report it', async () => {
    const { training } = await begin();
    discord.user({ permissions: PermissionFlagsBits.ManageMessages }).delete(message());
    training.fail(new Error('broken'));
    await expect.poll(() => training.isTold).toBe(true);
  });
});

describe('a training whose message was deleted', () => {
  it('continues to its end without an error', async () => {
    const { training } = await begin();
    const moderator = discord.user({ permissions: PermissionFlagsBits.ManageMessages });
    moderator.delete(message());
    training.advance(0.1);
    await bot.log.first('progress refused');
    training.advance(0.2);
    training.finish();
    await bot.log.first('end of a training not shown');
    expect(edits()).toHaveLength(2); // the final message is retried once
    expect(discord.messages()).toEqual([]);
    expect(bot.trainings.current).toBeUndefined();
  });

  it('continues when the channel can no longer be seen', async () => {
    const { training } = await begin();
    discord.channel.appPermissions = 0n;
    training.advance(0.1, 1);
    await bot.log.first('progress refused');
    training.finish();
    await bot.log.first('end of a training not shown');
    expect(edits().length).toBeLessThanOrEqual(4);
  });
});

describe('a message that cannot be posted', () => {
  it('is replaced by the result, and the person is told where to find it', async () => {
    discord.faults.plan(post, { status: 403, body: { code: 50_013, message: 'Missing Permissions' } });
    const { training, reply } = await begin();
    expect(reply.message.content).toContain(english.training.begunUnseen);
    training.advance(0.1);
    expect(discord.messages()).toEqual([]);
    training.finish();
    await shows('Better by');
    expect(JSON.parse(training.memo)).not.toHaveProperty('message');
  });

  it('is retried with the same nonce, so that Discord can tell whether it has it', async () => {
    discord.faults.plan(post, { hangUp: 'before' });
    const { training } = await begin();
    await discord.until(() => discord.messages().length > 0, 'the message');
    const bodies = discord.requests.filter(({ route }) => route === post).map(({ body }) => body);
    const { nonce } = bodies[0] as { nonce: string };
    expect(nonce).toMatch(/^[\da-f]{24}$/);
    expect(bodies).toMatchObject([
      { nonce, enforce_nonce: true },
      { nonce, enforce_nonce: true },
    ]);
    await discord.until(() => training.memo.includes(message().id), 'the memo');
  });
});

describe('after a restart', () => {
  const request = { server: '1', name: 'mine', parent: 'lstm' };

  async function resume(memo: string): Promise<FakeTraining> {
    const trainings = new FakeTrainings();
    trainings.willResume({ ...request, memo });
    await restart({ trainings });
    return trainings.current!;
  }

  it('the message is posted when there was none yet', async () => {
    const training = await resume(JSON.stringify({ channel: discord.channel.id, user: '1', parent: 'lstm' }));
    expect(message().content).toContain(english.training.resumed);
    expect(JSON.parse(training.memo)).toMatchObject({ message: message().id });
  });

  it.each(['', 'null', '{"channel":"../x","user":"1","parent":"lstm"}'])(
    'the training continues even when there is nowhere to report it: %j',
    async (memo) => {
      const training = await resume(memo);
      expect(bot.log.all('training with nowhere to report')).toHaveLength(1);
      training.fail(new Error('broken'));
      await bot.log.first('failed');
      await expect.poll(() => training.isTold).toBe(true);
      expect(discord.messages()).toEqual([]);
    },
  );
});

describe('a finished training', () => {
  it('is not kept in memory', async () => {
    const { training } = await begin();
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const posted = new ChannelMessage(rest, discord.channel.id, message().id);
    const report = new TrainingReport(
      training,
      parseMemo(training.memo),
      posted,
      createLogger('silent'),
      100,
    );
    const { signal } = new AbortController();
    const run = report.run(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    training.fail(new Error('broken'));
    await run;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a bot that is stopped', () => {
  it('says so under the training, without the failure that follows', async () => {
    const { training } = await begin();
    training.advance(0.3);
    await shows('30%');
    await bot.reporter.stop();
    expect(message().content).toContain(english.training.paused);
    training.fail(new Error('the worker was ended'));
    await new Promise(setImmediate);
    expect(bot.log.all('failed')).toEqual([]);
    expect(training.isTold).toBe(false);
  });
});
