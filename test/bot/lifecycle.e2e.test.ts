import { inEnglish } from '../i18n/in-english.js';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import { BotProcess, makeHome, removeHome, settingsFor } from './bot-process.js';

let home: string;
let discord: LocalDiscord;
const bots: BotProcess[] = [];

beforeEach(async () => {
  home = await makeHome();
  discord = await LocalDiscord.start();
});

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop()));
  await discord.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

/** A bot that is not expected to start successfully. */
function launch(settings: Readonly<Record<string, string>>): BotProcess {
  const bot = new BotProcess(home, settings);
  bots.push(bot);
  return bot;
}

async function start(settings: Readonly<Record<string, string>> = {}): Promise<BotProcess> {
  const bot = await BotProcess.start(home, discord, settings);
  bots.push(bot);
  return bot;
}

describe('starting', () => {
  it.each([
    ['no token', { DISCORD_TOKEN: '' }, /^DISCORD_TOKEN is missing: .*\.\n$/],
    [
      'a wrong token',
      { DISCORD_TOKEN: 'not.the.token' },
      /^Discord no longer accepts DISCORD_TOKEN: .*\.\n$/,
    ],
    ['a setting that makes no sense', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of .*\.\n$/],
    ['a sound bank that is not there', { SOUNDFONT: 'no-such.sf2' }, /^.*no-such\.sf2.*\.\n$/],
    [
      'nobody at the address',
      { DISCORD_API_URL: 'http://127.0.0.1:9/api' },
      /^Can't log in to Discord: .*\.\n$/,
    ],
  ])('with %s ends with one sentence and exit code 1', async (_, settings, sentence) => {
    const bot = launch({ ...settingsFor(discord), ...settings });
    expect(await bot.exited).toBe(1);
    expect(bot.complaints).toMatch(sentence);
    expect(bot.log.text).not.toContain(discord.token);
  });

  it('when the day’s sessions are used up, says when to try again', async () => {
    discord.gateway.sessionStarts.remaining = 0;
    const bot = launch(settingsFor(discord));
    expect(await bot.exited).toBe(1);
    expect(bot.complaints).toMatch(
      /^Can't log in to Discord: Not enough sessions .* resets at \d{4}-\S+\.\n$/,
    );
    expect(discord.gateway.sessionStarts.remaining).toBe(0);
  });

  it('reads settings from .env', async () => {
    const settings = Object.entries(settingsFor(discord)).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(home, '.env'), settings.join(''));
    const bot = launch({});
    await bot.log.first('gateway ready');
  });

  it('registers the commands only the first time', async () => {
    await (await start()).stop();
    const second = await start();
    await discord.user().slash('compose', { notes: 1 });
    second.signal('SIGTERM');
    expect(await second.exited).toBe(0);
    const writes = discord.requests.filter(
      ({ method, path }) => method === 'PUT' && path.includes('/commands'),
    );
    expect(writes).toHaveLength(1);
  });
});

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s delivers what is being composed and exits 0',
    async (signal) => {
      const bot = await start({ STOP_WITHIN_SECONDS: '240' });
      const reply = await discord.user().slash('compose', { notes: 300 });
      expect(reply.message.loading).toBe(true);
      bot.signal(signal);
      const late = await lateReply();
      expect(late).toContain("I'm restarting");
      expect(await bot.exited).toBe(0);
      expect(reply.message.attachments).toHaveLength(3);
      expect(bot.complaints).toBe('');

      async function lateReply(): Promise<string> {
        await bot.log.first('stopping; a second signal ends everything at once');
        return (await discord.user().slash('compose')).message.content;
      }
    },
  );

  it('tells people when their piece cannot be finished in time', async () => {
    const bot = await start({ STOP_WITHIN_SECONDS: '0' });
    const reply = await discord.user().slash('compose', { notes: 2000 });
    bot.signal('SIGTERM');
    expect(await bot.exited).toBe(0);
    expect(reply.message.content).toBe(inEnglish('bot.stopping'));
  });

  it('ends at once on a second signal', async () => {
    const bot = await start();
    await discord.user().slash('compose', { notes: 2000 });
    bot.signal('SIGTERM');
    await bot.log.first('stopping; a second signal ends everything at once');
    bot.signal('SIGTERM');
    expect(await bot.exited).toBe(1);
  });
});

describe('an uncaught error', () => {
  it('ends the process with code 1 and a line in the log, so that a supervisor restarts it', async () => {
    const mistake = `
      import { isMainThread } from 'node:worker_threads';
      if (isMainThread) process.once('SIGUSR2', () => { throw new Error('a mistake in a timer'); });`;
    const bot = await start({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(mistake)}` });
    bot.signal('SIGUSR2');
    expect(await bot.exited).toBe(1);
    expect(bot.log.all('unexpected error, exiting')).toMatchObject([
      { level: 60, err: { message: 'a mistake in a timer' } },
    ]);
  });
});

describe('a server that removes the bot', () => {
  function leave(lost: { readonly unavailable?: true }): void {
    const { id } = discord.guild;
    const audience = { guildId: id, intents: 0 };
    discord.gateway.dispatch(GatewayDispatchEvents.GuildDelete, audience, () => ({ id, ...lost }));
  }

  it('is forgotten, but not one that is only unavailable', async () => {
    const bot = await start();
    const settings = join(home, 'data', 'servers', discord.guild.id, 'settings.json');
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    await manager.slash('settings defaults', { notes: 40 });
    await access(settings);

    leave({ unavailable: true });
    expect((await manager.slash('settings show')).message.content).toContain('notes:40');
    leave({});
    await bot.log.first('left a server, and forgot it');
    await expect(access(settings)).rejects.toThrow('ENOENT');
  });
});
