import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import { SmallDisk } from '../small-disk.js';
import { BotProcess, makeHome, removeHome } from './bot-process.js';

const disk = await SmallDisk.make();
afterAll(() => disk.remove());

const full = /^The bot's disk is full, and nothing was changed\./;

describe.skipIf(!disk.isThere)('on a full disk (needs the right to mount one)', () => {
  it('settings and presets stay as they were, people are told, and pieces are still delivered', async () => {
    const home = await makeHome();
    const discord = await LocalDiscord.start();
    const bot = await BotProcess.start(home, discord, { DATA_DIR: disk.folder });
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    const say = async (...command: Parameters<typeof manager.slash>): Promise<string> =>
      (await (await manager.slash(...command)).answered()).content;

    await say('settings defaults', { notes: 30 });
    await disk.fill(0);
    expect(await say('settings defaults', { notes: 40 })).toMatch(full);
    expect(await say('preset save', { name: 'mine', notes: 50 })).toMatch(full);
    expect(await say('settings show')).toContain('notes:30');
    expect(await readdir(join(disk.folder, 'servers', discord.guild.id))).toEqual(['settings.json']);
    const piece = await manager.slash('compose', { notes: 5 });
    await piece.until(({ attachments }) => attachments.length === 3);
    expect(bot.log.all('failed')).toMatchObject([
      { code: 'disk.full', err: { code: 'ENOSPC' } },
      { code: 'disk.full', err: { code: 'ENOSPC' } },
    ]);

    await disk.fill(1e6);
    await say('preset save', { name: 'mine', notes: 50 });
    expect(await say('preset list')).toContain('notes:50');
    await bot.stop();
    await discord.stop();
    await removeHome(home);
    expect(discord.violations).toEqual([]);
  });
});
