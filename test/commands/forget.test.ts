import { english } from '../../src/i18n/en/english.js';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';

let discord: LocalDiscord;
let bot: InProcessBot;

useBot((...started) => {
  [discord, bot] = started;
});

describe('/forget', () => {
  it('deletes the server’s data once it is confirmed', async () => {
    const { library } = bot;
    const server = discord.guild.id;
    library.add(server, 'ours');
    library.add('1', 'theirs');
    await library.use(server, 'ours');
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    await manager.slash('preset save', { name: 'waltz', notes: 90 });
    await manager.slash('settings defaults', { notes: 40 });

    const asked = await (await manager.slash('forget')).answered();
    expect(asked.ephemeral).toBe(true);
    expect(asked.content).toContain('its presets (1), the models it trained (1)');
    expect(await library.current(server)).toBe('ours');

    const done = await (await manager.press(asked, 'Delete everything')).answered();
    expect(done.content).toBe(english.forget.done);
    expect((await library.list(server)).map(({ name }) => name)).toEqual(['lstm']);
    expect(await library.current(server)).toBe('lstm');
    expect((await library.list('1')).map(({ name }) => name)).toContain('theirs');
    const shown = await manager.slash('settings show');
    expect(shown.message.content).toContain(english.settings.presets(0));
    expect(shown.message.content).not.toContain('notes:40');
  });

  it('ends a running training first, so that its model does not come back', async () => {
    const { trainings, library } = bot;
    const server = discord.guild.id;
    const request = { server, name: 'ours', parent: 'lstm', memo: '', epochs: 1, rate: 0.001 };
    const training = await trainings.begin({ ...request, music: { kind: 'folder', count: 1 } });
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    const asked = await (await manager.slash('forget')).answered();
    const pressed = await manager.press(asked, 'Delete everything');
    await expect.poll(() => trainings.current?.cancelled).toBe(true);
    library.add(server, 'ours');
    training.finish();
    expect((await pressed.answered()).content).toContain('deleted everything');
    expect((await library.list(server)).map(({ name }) => name)).toEqual(['lstm']);
    // No remains of it can come back after a restart.
    expect(training.isTold).toBe(true);
  });

  it('is for server managers, and checks again when the button is pressed', async () => {
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    const asked = await (await manager.slash('forget')).answered();
    await manager.slash('preset save', { name: 'waltz', notes: 90 });
    const former = manager.as({ permissions: 0n });
    const refused = await former.press(asked, 'Delete everything');
    expect(refused.message.ephemeral).toBe(true);
    expect(refused.message.content).toContain('Manage Server');
    expect((await discord.user().slash('preset list')).message.content).toContain('waltz');
  });
});
