import { english } from '../../src/i18n/en/english.js';
import { inEnglish } from '../i18n/in-english.js';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTrainingBot, type TrainingBot } from '../bot/training/training-bot.js';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import type { Reply } from '../../local-discord/reply.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';

const manager = { permissions: PermissionFlagsBits.ManageGuild };

let discord: LocalDiscord;
let bot: TrainingBot;
let admin: LocalUser;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  bot = await startTrainingBot(discord);
  admin = discord.user(manager);
  bot.library.add(discord.guild.id, 'ours', { parent: 'lstm', epochs: 3 });
  bot.library.add('another server', 'theirs');
});

afterEach(async () => {
  await bot.stop();
  await discord.stop();
  expect(discord.violations).toEqual([]);
});

function inUse(): Promise<string> {
  return bot.library.current(discord.guild.id);
}

/** A public answer. */
async function said(reply: Reply): Promise<string> {
  const message = await reply.answered();
  expect(message.ephemeral).toBe(false);
  return message.content;
}

/** A private answer. */
async function refused(reply: Reply): Promise<string> {
  const message = await reply.until(({ loading, ephemeral }) => !loading && ephemeral);
  return message.content;
}

/** The message of a finished training of the model `mine`. */
async function trained(): Promise<ShownMessage> {
  const file1 = { name: 'one.mid', bytes: Buffer.from('MThd') };
  await (await admin.slash('train', { name: 'mine', file1 })).answered();
  bot.library.add(discord.guild.id, 'mine');
  bot.trainings.current!.finish();
  const message = (): ShownMessage => discord.messages()[0]!;
  await discord.until(() => message().attachments.length === 5, 'the result');
  return message();
}

describe('/model list and show', () => {
  it('are for everyone, and only show this server’s models', async () => {
    await bot.library.use(discord.guild.id, 'ours');
    const list = await (await discord.user().slash('model list')).answered();
    expect(list.ephemeral).toBe(true);
    expect(list.content).toBe('`lstm` · built in\n**`ours` · trained by this server · in use**');
    const show = await (await discord.user().slash('model show', { name: 'ours' })).answered();
    expect(show.content).toContain(
      '**`ours@1a2b3c4d`** · trained by this server · in use\nTrained: from `lstm`',
    );
    // The training data and results of a built-in model.
    const shipped = await (await discord.user().slash('model show', { name: 'lstm' })).answered();
    expect(shipped.content).toContain(english.models.made.lstm);
    expect(await refused(await discord.user().slash('model show', { name: 'theirs' }))).toContain(
      'There is no model',
    );
  });
});

describe('/model use, rollback and delete', () => {
  it('change the server’s model, and announce it', async () => {
    expect(await said(await admin.slash('model use', { name: 'ours' }))).toContain('composes with `ours`');
    expect(await inUse()).toBe('ours');
    expect(await said(await admin.slash('model rollback'))).toContain('composes with `lstm`');
    expect(await inUse()).toBe('lstm');
    expect(await said(await admin.slash('model delete', { name: 'ours' }))).toContain(
      english.models.deleted('`ours`'),
    );
    expect(await bot.library.list(discord.guild.id)).toHaveLength(1);
  });

  it.each([
    ['model use', { name: 'ours' }],
    ['model rollback', {}],
    ['model delete', { name: 'ours' }],
  ])('%s is not for everyone', async (path, options) => {
    const reply = await discord.user().slash(path, options);
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain('"Manage Server"');
    expect(await inUse()).toBe('lstm');
    expect(await bot.library.list(discord.guild.id)).toHaveLength(2);
  });

  it.each([
    ['model use', { name: 'theirs' }, 'There is no model'],
    ['model use', { name: '../lstm' }, 'There is no model'],
    ['model rollback', {}, 'This server used no model before "lstm"'],
    ['model delete', { name: 'lstm' }, 'The model "lstm" is in use'],
  ])('%s %j is refused privately', async (path, options, sentence) => {
    expect(await refused(await admin.slash(path, options))).toContain(sentence);
    expect(discord.messages()).toEqual([]);
    expect(await inUse()).toBe('lstm');
  });

  it('only work in servers', async () => {
    await bot.stop();
    bot = await startTrainingBot(discord, { open: true, trainers: [admin.id] });
    const reply = await admin.dm().slash('model use', { name: 'lstm' });
    expect(reply.message.content).toBe(inEnglish('settings.no-server'));
  });
});

describe('autocompletion', () => {
  it('suggests what makes sense', async () => {
    bot.library.add(discord.guild.id, 'older');
    await bot.library.use(discord.guild.id, 'ours');
    const suggested = async (path: string, name: string): Promise<readonly unknown[]> =>
      (await discord.user().autocomplete(path, { name }, 'name')).map(({ value }) => value);
    expect(await suggested('model show', '')).toEqual(['lstm', 'ours', 'older']);
    expect(await suggested('model use', '')).toEqual(['lstm', 'older']);
    expect(await suggested('model delete', '')).toEqual(['older']);
    expect(await suggested('model show', 'OUR')).toEqual(['ours']);
  });
});

describe('the buttons under a result', () => {
  it('let someone with permission choose the model', async () => {
    const message = await trained();
    expect(await refused(await discord.user().press(message, 'Use'))).toContain('"Manage Server"');
    expect(await inUse()).toBe('lstm');
    expect(await said(await discord.user(manager).press(message, 'Use'))).toContain('composes with `mine`');
    expect(await inUse()).toBe('mine');
  });

  it('can be pressed by two people at once', async () => {
    const message = await trained();
    const replies = await Promise.all([
      admin.press(message, 'Use'),
      discord.user(manager).press(message, 'Use'),
    ]);
    for (const reply of replies) {
      expect(await said(reply)).toContain('composes with `mine`');
    }
    expect(await said(await admin.slash('model rollback'))).toContain('composes with `lstm`');
  });

  it('delete the model, once', async () => {
    const message = await trained();
    expect(await refused(await discord.user().press(message, 'Delete'))).toContain('"Manage Server"');
    expect(await said(await admin.press(message, 'Delete'))).toContain(english.models.deleted('`mine`'));
    expect(await refused(await admin.press(message, 'Delete'))).toContain(
      inEnglish('model.unknown', { name: 'mine', names: [] }),
    );
  });

  it('do not delete the model in use', async () => {
    const message = await trained();
    await bot.library.use(discord.guild.id, 'mine');
    expect(await refused(await admin.press(message, 'Delete'))).toContain('in use');
    expect(await inUse()).toBe('mine');
  });

  it('still work after a restart', async () => {
    const message = await trained();
    const { library } = bot;
    await bot.stop();
    bot = await startTrainingBot(discord, { library });
    expect(await said(await admin.press(message, 'Use'))).toContain('composes with `mine`');
    expect(await inUse()).toBe('mine');
  });

  it('say why not when the model was deleted with its server’s data', async () => {
    const message = await trained();
    await bot.library.remove(discord.guild.id, 'mine');
    expect(await refused(await admin.press(message, 'Use'))).toContain(
      inEnglish('model.unknown', { name: 'mine', names: [] }),
    );
    expect(await inUse()).toBe('lstm');
  });
});
