import { english } from '../../src/i18n/en/english.js';
import { inEnglish } from '../i18n/in-english.js';
import { PermissionFlagsBits } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import { wholePiece } from '../../src/request/whole-piece.js';
import type { CompositionRequest } from '../../src/request/request.js';
import type { Reply } from '../../local-discord/reply.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import { steer } from '../../src/compose/steered.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { musicOf } from '../compose/tasks.js';
import { readWrittenRequest } from '../../src/commands/written-request.js';
import { inCommand } from '../bot/in-command.js';

const download = 'GET /attachments/{channel_id}/{attachment_id}/{name}';
const midi = { name: 'tune.mid', bytes: Buffer.from('MThd and the rest') };

let discord: LocalDiscord;
let bot: InProcessBot;
let user: LocalUser;

const restart = useBot((...started) => {
  [discord, bot] = started;
});

beforeEach(() => {
  user = discord.user();
});

/** A finished piece in the channel, and its request. */
async function piece(
  options: Parameters<LocalUser['slash']>[1] = {},
): Promise<{ message: ShownMessage; request: CompositionRequest }> {
  const reply = await user.slash('compose', inCommand(options));
  const job = await bot.music.nextJob();
  job.finish();
  return { message: await reply.finished(), request: job.request };
}

function labels({ buttons }: ShownMessage): string[] {
  return buttons.map((button) => ('label' in button ? (button.label ?? '') : ''));
}

/** The request after a button press, and the resulting message. */
async function composed(reply: Reply): Promise<{ message: ShownMessage; request: CompositionRequest }> {
  const job = await bot.music.nextJob();
  job.finish();
  return { message: await reply.finished(), request: job.request };
}

describe('Again', () => {
  it('composes with the same settings and another seed, in a new message', async () => {
    const first = await piece({ notes: 12, temp: 0.7, key: 'D', scale: 'dorian', pitch: 62 });
    const { message, request } = await composed(await user.press(first.message, 'Again'));
    const { seed, ...same } = first.request;
    // The opening chosen by the seed stays.
    expect(request).toMatchObject({ ...same, task: { ...same.task, chosenBy: 'name' } });
    expect(request.seed).not.toBe(seed);
    expect(message.id).not.toBe(first.message.id);
    expect(labels(message)).toEqual(labels(first.message));
  });

  it('keeps the opening, whether the seed or the person chose it', async () => {
    for (const options of [{}, { opening: 'mozart-sonata' }]) {
      const first = await piece(options);
      const again = await composed(await user.press(first.message, 'Again'));
      expect(musicOf(again.request.task).name).toBe(musicOf(first.request.task).name);
      expect(again.request.seed).not.toBe(first.request.seed);
    }
  });

  it('starts from the same file as before', async () => {
    const first = await piece({ midi });
    const { request } = await composed(await user.press(first.message, 'Again'));
    expect(request.task).toEqual(first.request.task);
  });

  it('works for anyone, and the result is theirs', async () => {
    const first = await piece();
    const other = discord.user();
    const { message } = await composed(await other.press(first.message, 'Again'));
    await other.press(message, 'Delete');
    await discord.until(() => !discord.messages().some(({ id }) => id === message.id), 'the deletion');
  });
});

describe('Vary', () => {
  it.each([{}, { opening: 'mozart-sonata' }, { midi }])(
    'keeps the beginning as it was heard: %j',
    async (begun) => {
      const first = await piece({ notes: 12, tempo: 0.5, pitch: 60, velocity: 90, key: 'D', ...begun });
      const { message, request } = await composed(await user.press(first.message, 'Vary'));
      expect(request).toMatchObject({ task: { kind: 'continue' }, notes: 12, tempo: 1, key: { tonic: 'D' } });
      expect(musicOf(request.task).notes).toEqual(
        wholePiece(readRecorded(first.message.file('.mid').bytes())).notes.slice(0, 1),
      );
      expect(request.seed).not.toBe(first.request.seed);
      expect(labels(message)).toEqual(labels(first.message));
    },
  );
});

describe('Continue', () => {
  it('continues from the end of the whole piece, repeatedly', async () => {
    const first = await piece({ notes: 12, tempo: 0.5, pitch: 60, velocity: 90, voices: 'mono' });
    const next = await composed(await user.press(first.message, 'Continue'));
    expect(next.request).toMatchObject({
      task: { kind: 'continue' },
      notes: 12,
      tempo: 1,
      voices: 'mono',
    });
    expect(next.request).not.toHaveProperty('pitch');
    expect(next.request).not.toHaveProperty('velocity');
    expect(musicOf(next.request.task).notes).toHaveLength(2);

    const another = await composed(await user.press(next.message, 'Again'));
    expect(another.request.task).toEqual(next.request.task);
  });
});

describe('Remix', () => {
  it('shows every setting, and composes with what was changed', async () => {
    const first = await piece({ notes: 12, seed: 5, key: 'Eb', scale: 'blues', opening: 'mozart-sonata' });
    const { modal } = await user.press(first.message, 'Remix');
    const opened = await user.press(first.message, 'Remix');
    expect(modal.field('Options').component).toMatchObject({
      value:
        'notes:12 temp:1 key:Eb scale:blues tempo:1 quantise:none voices:poly seed:5 model:lstm opening:mozart-sonata',
    });
    const submitted = await user.submitModal(opened, { Options: 'notes:20 temp:0.5 seed:5' });
    const { request } = await composed(submitted);
    expect(request).toMatchObject({ notes: 20, temperature: 0.5, seed: 5, task: { chosenBy: 'seed' } });
    expect(request).not.toHaveProperty('key');
  });

  it('opens by a button where the piece loads for longer than Discord waits for a form', async () => {
    const first = await piece({ notes: 12, seed: 5 });
    discord.faults.plan(download, { delayMs: 2300 });
    const reply = await user.press(first.message, 'Remix');
    const told = await reply.until(({ ephemeral, loading }) => ephemeral && !loading);
    expect(told.content).toBe(inEnglish('remix.slow'));
    const { modal } = await user.press(told, 'Edit');
    expect(modal.field('Options').component).toMatchObject({
      value: expect.stringContaining('seed:5') as string,
    });
    const opened = await user.press(told, 'Edit');
    const { request } = await composed(await user.submitModal(opened, { Options: 'notes:20 seed:6' }));
    expect(request).toMatchObject({ notes: 20, seed: 6 });
  });

  it('without changes gives the same request', async () => {
    for (const options of [
      { seed: 6, opening: 'bach-prelude', velocity: 50 },
      { midi, notes: 9 },
    ]) {
      const first = await piece(options);
      const { request } = await composed(await user.submitModal(await user.press(first.message, 'Remix')));
      expect(request).toEqual(first.request);
    }
  });

  it('starts from another file', async () => {
    const first = await piece();
    const opened = await user.press(first.message, 'Remix');
    const { request } = await composed(
      await user.submitModal(opened, { Options: 'notes:5', [english.remix.file]: midi }),
    );
    expect(musicOf(request.task).title).toBe('tune.mid');
  });

  it.each([
    ['notes:a lot', inEnglish('options.text', { problem: 'unreadable', word: 'lot' })],
    ['notes:0', '`notes` must be a whole number from 1 to 2,000. You entered 0.'],
    ['loud:yes', 'There is no option called "loud"'],
  ])('says privately what is wrong with %j', async (text, sentence) => {
    const first = await piece();
    const opened = await user.press(first.message, 'Remix');
    const reply = await user.submitModal(opened, { Options: text });
    const told = await reply.until(({ ephemeral, loading }) => ephemeral && !loading);
    expect(told.content).toContain(sentence);
    expect(discord.messages()).toHaveLength(1);
    // What was typed is still there to be corrected.
    const edited = await user.press(told, english.buttons.edit);
    expect(edited.modal.field('Options').component).toMatchObject({ value: text });
    const { request } = await composed(await user.submitModal(edited, { Options: 'notes:7' }));
    expect(request.notes).toBe(7);
  });

  it('also keeps a file that was not the cause', async () => {
    const first = await piece();
    const opened = await user.press(first.message, 'Remix');
    const refused = await user.submitModal(opened, { Options: 'notes:0', [english.remix.file]: midi });
    const edited = await user.press(await refused.answered(), english.buttons.edit);
    expect(JSON.stringify(edited.modal.raw)).toContain(english.remix.sameUpload('tune.mid'));
    const { request } = await composed(await user.submitModal(edited, { Options: 'notes:5' }));
    expect(musicOf(request.task).title).toBe('tune.mid');
  });

  it('can be edited again and again, and after a public failure', async () => {
    const first = await piece();
    const opened = await user.press(first.message, 'Remix');
    const failed = await user.submitModal(opened, { Options: 'notes:9' });
    (await bot.music.nextJob()).fail(new UserError('compose.lost'));
    const told = await failed.answered();
    expect(told.buttons).toMatchObject([{ label: 'Edit' }, { label: 'Delete' }]);
    const again = await user.submitModal(await user.press(told, 'Edit'), { Options: 'notes:0' });
    const { modal } = await user.press(await again.answered(), 'Edit');
    expect(modal.field('Options').component).toMatchObject({ value: 'notes:0' });
  });
});

describe('the requested character', () => {
  const named = {
    ...{ mood: 'sad,calm', density: 'sparse', polyphony: 'thin', composer: 'chopin', era: 'romantic' },
  };
  const said = 'slow zyzzyva in d minor';
  const wanted = {
    ...{ ...named, mood: ['sad', 'calm'] },
    text: { said, words: ['slow'], ignored: ['zyzzyva'] },
    key: { tonic: 'D', scale: 'minor' },
  };

  it.each(['Again', 'Vary', 'Continue'])('is kept by %s', async (label) => {
    const first = await piece({ ...named, text: said });
    expect(first.request).toMatchObject(wanted);
    const { request } = await composed(await user.press(first.message, label));
    expect(request).toMatchObject(wanted);
  });

  it('is kept by Remix, and shown', async () => {
    const first = await piece({ ...named, text: said, seed: 5, opening: 'bach-prelude' });
    const opened = await user.press(first.message, 'Remix');
    const { value } = opened.modal.field('Options').component as { value?: string };
    expect(value).toContain(`text:"${said}" `);
    expect(value).toContain(' mood:sad,calm density:sparse polyphony:thin composer:chopin era:romantic ');
    const { request } = await composed(await user.submitModal(opened));
    expect(request).toEqual(first.request);
  });

  it('is shown by Info in a command that can be copied', async () => {
    const first = await piece({ ...named, text: said, seed: 5 });
    const message = await (await user.press(first.message, 'Info')).answered();
    const [, command = ''] = /\/compose (.*)/.exec(message.content) ?? [];
    expect(command).toContain('style:sad,calm,chopin,romantic more:tempo:1 ');
    const { options } = readWrittenRequest(command, false);
    expect(options).toMatchObject({ ...named, text: said, seed: '5', opening: 'bach-prelude' });
  });
});

describe('Info', () => {
  it('says when a command may now give another piece', async () => {
    const sentence = 'the same command may now give another piece';
    const same = await piece({ model: 'lstm' });
    expect((await (await user.press(same.message, 'Info')).answered()).content).not.toContain(sentence);
    const gone = await piece({ model: 'lstm-small' });
    expect((await (await user.press(gone.message, 'Info')).answered()).content).toContain(sentence);
  });

  it('shows one person how to make it again', async () => {
    const first = await piece({ notes: 12, seed: 5, opening: 'bach-prelude' });
    const message = await (await discord.user().press(first.message, 'Info')).answered();
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain('Composed by `lstm@1a2b3c4d`');
    expect(message.content).toContain(
      '/compose notes:12 temp:1 seed:5 model:lstm more:tempo:1 quantise:none voices:poly opening:bach-prelude',
    );
    expect(message.attachments).toEqual([]);
  });

  it('attaches the file that it started from', async () => {
    const first = await piece({ midi, seed: 5 });
    const message = await (await user.press(first.message, 'Info')).answered();
    expect(message.attachments.map(({ name, description }) => [name, description])).toEqual([
      ['opening.mid', expect.stringMatching(/^\d+ notes?, .*\d:\d\d/)],
    ]);
  });
});

describe('a piece that was steered while it played', () => {
  /** Ten notes as calm as can be, then livelier. */
  async function steered(): Promise<ShownMessage> {
    const { requests } = bot.music;
    const first = fakeComposition({ request: requests.start({ text: 'calm', seed: 5 }) });
    const request = steer(requests, first, 1, { text: 'calm, fast', seed: 6 });
    const reply = await user.slash('compose', inCommand({}));
    (await bot.music.nextJob()).finish(fakeComposition({ request }));
    return reply.finished();
  }

  it('is explained by Info, note by note', async () => {
    const { content } = await (await user.press(await steered(), 'Info')).answered();
    expect(content).toContain('was steered while it played');
    expect(content).toMatch(/\/compose .*text:calm .*seed:5/);
    expect(content).toMatch(/From note 2 on:\n```\n.*seed:6/);
    expect(content).toContain('fast');
  });

  it('is composed again from its beginning, steered at the same note, by other seeds', async () => {
    const message = await steered();
    const reply = await user.press(message, 'Again');
    const beginning = await bot.music.nextJob();
    expect(beginning.request).toMatchObject({ task: { kind: 'start' }, text: { said: 'calm' } });
    expect(beginning.request.seed).not.toBe(5);
    beginning.finish();
    const rest = await bot.music.nextJob();
    expect(rest.request).toMatchObject({
      text: { said: 'calm, fast' },
      task: { kind: 'continue', piece: { notes: [{ pitch: 60 }] }, stretches: [{ notes: 1 }] },
    });
    rest.finish();
    await reply.finished();
  });

  it('is remixed from where it was steered', async () => {
    const modal = await user.submitModal(await user.press(await steered(), 'Remix'));
    const { request } = await composed(modal);
    expect(request).toMatchObject({ seed: 6, task: { kind: 'continue', stretches: [{ notes: 1 }] } });
  });
});

describe('Delete', () => {
  it('is for the owner and for moderators', async () => {
    const { message } = await piece();
    const refused = await discord.user().press(message, 'Delete');
    expect(refused.message.ephemeral).toBe(true);
    expect(refused.message.content).toContain('"Manage Messages"');
    expect(discord.messages()).toHaveLength(1);

    await discord.user({ permissions: PermissionFlagsBits.ManageMessages }).press(message, 'Delete');
    await discord.until(() => discord.messages().length === 0, 'the deletion');
  });
});

describe('the buttons of an old message', () => {
  it('work after the bot was restarted', async () => {
    const first = await piece({ notes: 12 });
    await restart();
    const { request } = await composed(await user.press(first.message, 'Again'));
    expect(request.notes).toBe(12);
  });

  it('say when the file was deleted', async () => {
    const { message } = await piece();
    discord.faults.plan(download, { status: 404, body: 'This content is no longer available.' });
    const reply = await user.press(message, 'Again');
    const told = await reply.until(({ ephemeral }) => ephemeral);
    expect(told.content).toBe(inEnglish('attachment.expired'));
    expect(discord.messages()).toHaveLength(1);
  });
});
