import { inEnglish } from '../i18n/in-english.js';
import { english } from '../../src/i18n/en/english.js';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeLibrary } from '../bot/training/fake-library.js';
import { FakeTrainings } from '../bot/training/fake-trainings.js';
import { startTrainingBot, type TrainingBot } from '../bot/training/training-bot.js';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import { ClientRefusal } from '../../local-discord/refusal.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';

const download = 'GET /attachments/{channel_id}/{attachment_id}/{name}';
const manager = { permissions: PermissionFlagsBits.ManageGuild };
const midi = { name: 'one.mid', bytes: Buffer.from('MThd one') };
const zip = { name: 'all.zip', bytes: Buffer.from('PK all') };
const wanted = { name: 'mine', file1: midi };

let discord: LocalDiscord;
let bot: TrainingBot;
let admin: LocalUser;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  bot = await startTrainingBot(discord);
  admin = discord.user(manager);
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

/** The private answer, immediate or later. */
async function refusal(user: LocalUser, options: Parameters<LocalUser['slash']>[1]): Promise<string> {
  const reply = await user.slash('train', options);
  const told = await reply.answered();
  expect(told.ephemeral).toBe(true);
  expect(bot.trainings.requests).toEqual([]);
  expect(discord.messages()).toEqual([]);
  return told.content;
}

function progress(): ShownMessage {
  return discord.messages()[0]!;
}

describe('permission to train', () => {
  it('is shown by Discord in servers only', async () => {
    await expect(admin.dm().slash('train', wanted)).rejects.toThrow(ClientRefusal);
  });

  it('is checked by the bot itself', async () => {
    const user = discord.user();
    expect(await refusal(user, wanted)).toContain('"Manage Server"');
    expect(downloads()).toEqual([]);
  });

  it('includes users listed by the operator', async () => {
    const user = discord.user();
    await restart({ trainers: [user.id] });
    await (await user.slash('train', wanted)).answered();
    expect(bot.trainings.requests).toHaveLength(1);
  });

  it('includes members listed by the server, until they are removed', async () => {
    const user = discord.user();
    const named = await admin.slash('settings trainers', { allow: user });
    expect(named.message.content).toContain(`<@${user.id}>`);
    await (await user.slash('train', wanted)).answered();
    expect(bot.trainings.requests).toHaveLength(1);

    await admin.slash('settings trainers', { forbid: user });
    const refused = await (await user.slash('train', wanted)).answered();
    expect(refused.content).toContain(inEnglish('settings.only-trainers'));
    expect(bot.trainings.requests).toHaveLength(1);
  });

  it('includes members with a listed role, as long as they have it and it is listed', async () => {
    const trainers = discord.addRole(discord.guild, 'Trainers');
    const others = discord.addRole(discord.guild, 'Others');
    const user = discord.user({ roles: [trainers, others] });
    const asked = async (): Promise<string> => (await (await user.slash('train', wanted)).answered()).content;
    await admin.slash('settings trainers', { allow: others });
    const named = await admin.slash('settings trainers', { allow: trainers, forbid: others });
    expect(named.message.content).toContain(`server managers, <@&${trainers.id}>`);
    expect(named.message.content).not.toContain(others.id);
    await asked();
    expect(bot.trainings.requests).toHaveLength(1);
    await user.press(progress(), 'Cancel');
    expect(bot.trainings.current!.cancelled).toBe(true);

    discord.takeRole(trainers, user);
    expect(await asked()).toContain(inEnglish('settings.only-trainers'));
    discord.giveRole(trainers, user);
    await admin.slash('settings trainers', { forbid: trainers });
    expect(await asked()).toContain(inEnglish('settings.only-trainers'));
    expect(bot.trainings.requests).toHaveLength(1);
  });

  it('does not exist in direct messages', async () => {
    await restart({ open: true, trainers: [admin.id] });
    const reply = await admin.dm().slash('train', wanted);
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toBe(inEnglish('settings.no-server'));
    expect(bot.trainings.requests).toEqual([]);
  });

  it('is checked when Cancel is pressed', async () => {
    await (await admin.slash('train', wanted)).answered();
    const pressed = await discord.user().press(progress(), 'Cancel');
    expect(pressed.message.ephemeral).toBe(true);
    expect(pressed.message.content).toContain('"Manage Server"');
    expect(bot.trainings.current?.cancelled).toBe(false);
  });
});

describe('/train', () => {
  it('passes on the request and where to report', async () => {
    const user = discord.user(manager);
    await (
      await user.slash('train', {
        ...{ name: 'mine', epochs: 3, rate: 0.002, from: 'big' },
        file1: midi,
        file2: { name: 'two.midi', bytes: Buffer.from('MThd two') },
        file10: zip,
      })
    ).answered();
    const [request] = bot.trainings.requests;
    expect(request).toMatchObject({
      ...{ server: discord.guild.id, name: 'mine', parent: 'big', epochs: 3, rate: 0.002 },
    });
    expect(request?.music).toMatchObject({ kind: 'files' });
    const files = request?.music.kind === 'files' ? request.music.files : [];
    expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['one.mid', 'MThd one'],
      ['two.midi', 'MThd two'],
      ['all.zip', 'PK all'],
    ]);
    expect(JSON.parse(request!.memo)).toMatchObject({
      ...{ channel: discord.channel.id, user: user.id, parent: 'big' },
    });
  });

  it('starts from the model in use unless told otherwise', async () => {
    bot.library.add(discord.guild.id, 'ours');
    await bot.library.use(discord.guild.id, 'ours');
    await (await admin.slash('train', wanted)).answered();
    // The defaults are those of the parent's network.
    expect(bot.trainings.requests[0]).toMatchObject({ parent: 'ours', epochs: undefined, rate: undefined });
  });

  it('links to a normal message, which shows the rest', async () => {
    const reply = await admin.slash('train', wanted);
    expect(reply.state).toBe('answered');
    const answer = await reply.answered();
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toContain(
      `https://discord.com/channels/${discord.guild.id}/${discord.channel.id}/${progress().id}`,
    );
    expect(progress().content).toContain('**Training `mine`** from `lstm`');
    expect(progress().allowedMentions).toEqual({ parse: [] });
  });

  it('uses files from the operator’s folder', async () => {
    bot.trainings.folderFiles = 12;
    await (await admin.slash('train', { name: 'mine', files: 12 })).answered();
    expect(bot.trainings.requests[0]?.music).toEqual({ kind: 'folder', count: 12 });
  });

  it.each([
    ['no music', 0, { name: 'mine' }, 'Attach MIDI files or a zip of them.'],
    ['no music, but a folder', 9, { name: 'mine' }, 'set `files` to use some'],
    ['a folder that is not there', 0, { name: 'mine', files: 3 }, 'has not set up a music folder'],
    ['more than the folder has', 9, { name: 'mine', files: 10 }, 'has 9 files'],
    ['two sources', 9, { ...wanted, files: 3 }, 'Use one or the other'],
  ])('refuses %s', async (_, folderFiles, options, sentence) => {
    bot.trainings.folderFiles = folderFiles;
    expect(await refusal(admin, options)).toContain(sentence);
    expect(downloads()).toEqual([]);
  });

  it('lets Discord itself reject invalid values', async () => {
    for (const options of [
      { file1: midi },
      { ...wanted, name: '' },
      { ...wanted, epochs: 0 },
      { ...wanted, epochs: 101 },
      { ...wanted, rate: 1 },
      { name: 'mine', file1: { name: 'picture.png', bytes: midi.bytes } },
    ]) {
      await expect(admin.slash('train', options)).rejects.toThrow(ClientRefusal);
    }
  });

  it('suggests models to start from', async () => {
    bot.library.add(discord.guild.id, 'ours');
    bot.library.add('another server', 'theirs');
    const choices = await admin.autocomplete('train', { ...wanted, from: '' }, 'from');
    expect(choices.map(({ value }) => value)).toEqual(['lstm', 'ours']);
  });

  it('passes on the reason why no training was started', async () => {
    bot.trainings.refusal = Object.assign(new Error('disk'), { code: 'EIO' });
    expect(await refusal(admin, wanted)).toContain('this error ID');
  });
});

describe('training files', () => {
  const heavy = (mebibytes: number): typeof zip => ({ ...zip, bytes: Buffer.alloc(mebibytes * 2 ** 20) });

  it('can have 8 MiB in total, checked before they are downloaded', async () => {
    expect(await refusal(admin, { name: 'mine', file1: heavy(9) })).toContain(
      'all.zip: The files are larger than 8 MiB',
    );
    expect(await refusal(admin, { name: 'mine', file1: heavy(5), file2: heavy(4) })).toContain(
      'larger than 8 MiB',
    );
    expect(downloads()).toEqual([]);
    await (await admin.slash('train', { name: 'mine', file1: heavy(4), file2: heavy(4) })).answered();
    expect(bot.trainings.requests).toHaveLength(1);
  });

  it.each([
    [
      'has expired',
      { status: 404, body: 'This content is no longer available.' },
      inEnglish('attachment.expired'),
    ],
    [
      'lies behind a redirect',
      { status: 302, headers: { location: '/elsewhere' } },
      inEnglish('attachment.unreachable'),
    ],
    ['never ends', { endless: true }, '8 MiB'],
    ['cannot be reached', { hangUp: 'before' }, inEnglish('attachment.unreachable')],
  ] as const)('are refused by name when one %s', async (_, fault, sentence) => {
    discord.faults.plan(download, fault);
    const told = await refusal(admin, { name: 'mine', file1: { ...midi, name: 'a_b.mid' } });
    expect(told).toContain(sentence);
    expect(told).toContain('a\\_b.mid: ');
  });
});

describe('one training at a time', () => {
  it('says what is running, in the same server', async () => {
    await (await admin.slash('train', wanted)).answered();
    bot.trainings.current!.advance(0.4);
    const reply = await discord.user(manager).slash('train', { ...wanted, name: 'other' });
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain('`mine` (40%, about 2 min left)');
    expect(bot.trainings.requests).toHaveLength(1);
    expect(downloads()).toHaveLength(1);
  });

  it('does not tell other servers whose it is', async () => {
    await (await admin.slash('train', { ...wanted, name: 'secret' })).answered();
    const elsewhere = discord.addChannel(discord.addGuild({ name: 'Elsewhere' }), 'general');
    const reply = await discord.user(manager).in(elsewhere).slash('train', wanted);
    expect(reply.message.content).toContain('a model of another server');
    expect(reply.message.content).not.toMatch(/secret|Music Room/);
    const cancelled = await discord.user(manager).press(progress(), 'Cancel');
    expect(cancelled.message.content).toContain(english.training.cancelled);
  });

  it('also holds for two simultaneous requests', async () => {
    const replies = await Promise.all([
      admin.slash('train', wanted),
      discord.user(manager).slash('train', { ...wanted, name: 'other' }),
    ]);
    const told = await Promise.all(replies.map((reply) => reply.answered()));
    expect(bot.trainings.requests).toHaveLength(1);
    expect(told.map(({ content }) => content).sort()).toEqual([
      expect.stringContaining('Another training is running'),
      expect.stringContaining('Training started'),
    ]);
    expect(discord.messages()).toHaveLength(1);
  });
});

describe('the bot’s permissions in the channel', () => {
  it.each([
    ['AttachFiles', '"Attach Files"'],
    ['SendMessages', '"Send Messages"'],
    ['ViewChannel', '"View Channel"'],
  ] as const)('is checked beforehand: %s', async (permission, words) => {
    discord.channel.appPermissions &= ~PermissionFlagsBits[permission];
    expect(await refusal(admin, wanted)).toContain(words);
  });
});

describe('a thread', () => {
  it('needs its own permission, and has the whole training', async () => {
    const thread = discord.addThread(discord.channel, 'training');
    thread.appPermissions &= ~PermissionFlagsBits.SendMessagesInThreads;
    expect(await refusal(admin.in(thread), wanted)).toContain('"Send Messages In Threads"');
    thread.appPermissions |= PermissionFlagsBits.SendMessagesInThreads;
    await (await admin.in(thread).slash('train', wanted)).answered();
    expect(discord.messages(thread)[0]!.content).toContain('**Training `mine`**');
  });
});

describe('a bot that is restarted', () => {
  it('continues the training in the same message', async () => {
    await (await admin.slash('train', wanted)).answered();
    const { memo, request } = bot.trainings.current!;
    const { id } = progress();
    await bot.stop();
    expect(progress().content).toContain(english.training.paused);
    expect(progress().buttons).toEqual([]);

    const trainings = new FakeTrainings();
    trainings.willResume({ ...request, memo });
    bot = await startTrainingBot(discord, { trainings, library: new FakeLibrary() });
    await discord.until(() => progress().content.includes(english.training.resumed), 'the message to go on');
    await admin.press(progress(), 'Cancel');
    expect(trainings.current?.cancelled).toBe(true);
    trainings.current?.finish({ ended: 'stopped' });
    await discord.until(() => progress().attachments.length === 5, 'the result');
    expect(discord.messages().map((message) => message.id)).toEqual([id]);
  });
});

function downloads(): readonly unknown[] {
  return discord.requests.filter(({ route }) => route === download);
}
