import { inEnglish } from '../../i18n/in-english.js';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../../local-discord/local-discord.js';
import type { ShownMessage } from '../../../local-discord/shown-message.js';
import { BotProcess, makeHome, removeHome } from '../bot-process.js';
import { smallMidi } from '../small-midi.js';

const restarted = inEnglish('bot.restarted');
const notes = 2000;

let home: string;
let folder: string;
let discord: LocalDiscord;
let bot: BotProcess;

beforeEach(async () => {
  home = await makeHome();
  folder = join(home, 'data', 'unfinished');
  discord = await LocalDiscord.start();
  bot = await BotProcess.start(home, discord, { REQUESTS_AT_ONCE: '20', STOP_WITHIN_SECONDS: '0' });
});

afterEach(async () => {
  await bot.stop();
  await discord.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

async function kill(): Promise<void> {
  bot.signal('SIGKILL');
  await bot.exited;
}

async function restart(): Promise<void> {
  bot = await BotProcess.start(home, discord);
}

function labels({ buttons }: ShownMessage): readonly unknown[] {
  return buttons.map((button) => ('label' in button ? button.label : undefined));
}

describe('a bot that was killed', () => {
  it('tells everybody who was waiting, and lets them ask again', async () => {
    const user = discord.user();
    const shown = await user.slash('compose', { notes, takes: 2 });
    const hidden = await user.slash('compose', { notes, private: true });
    const midi = { name: 'mine.mid', bytes: smallMidi([60, 62, 64, 65, 67]) };
    const withFile = await user.slash('compose', { notes, midi });
    const said = user.say(`<@${discord.applicationId}> notes:${notes}`);
    const answer = (): ShownMessage | undefined =>
      discord.messages().find(({ raw }) => raw.message_reference?.message_id === said.id);
    await shown.until(({ content }) => content.startsWith('Composing'));
    await discord.until(() => answer() !== undefined, 'an answer to the message');
    const thinking = await user.slash('compose', { notes });
    await expect.poll(() => readdir(folder)).toHaveLength(5);
    await kill();
    expect(thinking.message.loading).toBe(true);

    const kept = await readdir(folder);
    expect(kept).toHaveLength(5);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of kept) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);

    await restart();
    const replies = [shown, hidden, withFile, thinking];
    const told = await Promise.all(
      replies.map((reply) => reply.until(({ content }) => content === restarted)),
    );
    await discord.until(() => answer()?.content === restarted, 'the same under the message');
    expect(told.map(({ ephemeral }) => ephemeral)).toEqual([false, true, false, false]);
    expect([...told, answer()!].map(labels)).toEqual([['Again'], ['Again'], [], ['Again'], ['Again']]);
    expect(discord.messages().filter(({ authorId }) => authorId === discord.applicationId)).toHaveLength(4);
    await expect.poll(() => readdir(folder)).toEqual([]);

    const again = await discord.user().press(told[0]!, 'Again');
    expect((await again.until(({ content }) => content !== '')).content).toMatch(/ of 4,000 notes/);
    for (const { token } of replies) expect(bot.log.text).not.toContain(token);
  });

  it('leaves finished, expired and other processes’ replies alone', async () => {
    const reply = await discord.user().slash('compose', { notes: 5 });
    const { content } = await reply.withFiles();
    await expect.poll(() => readdir(folder)).toEqual([]);
    await kill();
    const memo = { application: discord.applicationId, token: reply.token };
    const now = Date.now();
    const record = (since: number): string => JSON.stringify({ memo, locale: 'en', since });
    await writeFile(join(folder, `${bot.pid}-finished.json`), record(now));
    await writeFile(join(folder, `${bot.pid}-old.json`), record(now - 16 * 60_000));
    await writeFile(join(folder, `${bot.pid}-broken.json`), record(now).slice(0, 30));
    await writeFile(join(folder, `${process.pid}-of-another.json`), record(now));

    await restart();
    await bot.log.first('unfinished reply unreadable');
    await expect.poll(() => readdir(folder)).toEqual([`${process.pid}-of-another.json`]);
    expect(reply.message.content).toBe(content);
    expect(labels(reply.message)).toContain('Vary');
    expect(bot.log.text).not.toContain(reply.token);
  });
});

describe('a bot that stops normally', () => {
  it('keeps a reply only until it is finished', async () => {
    const user = discord.user();
    const reply = await user.slash('compose', { notes });
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    const [name] = await readdir(folder);
    expect(await readFile(join(folder, name!), 'utf8')).toContain(reply.token);
    await user.press(await reply.answered(), 'Cancel');
    await expect.poll(() => readdir(folder)).toEqual([]);

    await user.slash('compose', { notes });
    await expect.poll(() => readdir(folder)).toHaveLength(1);
    bot.signal('SIGTERM');
    expect(await bot.exited).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });
});
