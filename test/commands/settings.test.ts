import { inEnglish } from '../i18n/in-english.js';
import { english } from '../../src/i18n/en/english.js';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/request/parse-options.js';
import { builtInPresets } from '../../src/request/presets.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';

let discord: LocalDiscord;
let bot: InProcessBot;

useBot((...started) => {
  [discord, bot] = started;
});

function manager(): ReturnType<LocalDiscord['user']> {
  return discord.user({ permissions: PermissionFlagsBits.ManageGuild });
}

describe('presets', () => {
  it('that are built in have valid options', () => {
    for (const preset of Object.values(builtInPresets)) {
      expect(() => parseOptions(preset, 1)).not.toThrow();
    }
  });

  it('are used by name, and are overridden by other options', async () => {
    await discord.user().slash('compose', { preset: 'Lullaby', notes: 20 });
    const { request } = await bot.music.nextJob();
    expect(request).toMatchObject({ notes: 20, tempo: 0.6, key: { tonic: 'F', scale: 'major' } });
  });

  it('are saved by managers, suggested, used and deleted', async () => {
    const saved = await manager().slash('preset save', { name: 'Waltz', notes: 90, key: 'Eb' });
    expect(saved.message.content).toBe(english.presets.saved('waltz', '/compose notes:90 key:Eb'));
    expect((await discord.user().slash('preset list')).message.content).toContain(
      '**waltz** `notes:90 key:Eb`',
    );

    const suggested = await discord.user().autocomplete('compose', { preset: 'l' }, 'preset');
    expect(suggested.map(({ name }) => name)).toEqual(['waltz', 'lullaby', 'lament', 'blues', 'melody']);
    await discord.user().slash('compose', { preset: 'waltz' });
    expect((await bot.music.nextJob()).request).toMatchObject({ notes: 90, key: { tonic: 'Eb' } });

    await manager().slash('preset delete', { name: 'waltz' });
    const gone = await discord.user().slash('compose', { preset: 'waltz' });
    expect(gone.message).toMatchObject({ ephemeral: true });
    expect(gone.message.content).toContain('There is no preset called "waltz". Use one of lullaby');
  });

  it('keep the contents of style and more, and accept the older form', async () => {
    const saved = await manager().slash('preset save', {
      ...{ name: 'rain', style: 'sad, chopin', more: 'tempo:0.5 density:sparse' },
    });
    expect(saved.message.content).toBe(
      'Saved the preset **rain**: `/compose style:sad,chopin more:tempo:0.5 density:sparse`',
    );
    await discord.user().slash('compose', { preset: 'rain', style: 'happy', more: 'tempo:0.8' });
    expect((await bot.music.nextJob()).request).toMatchObject({
      ...{ mood: ['happy'], composer: 'chopin', tempo: 0.8, density: 'sparse' },
    });
    const refused = await manager().slash('preset save', { name: 'rain', more: 'seed:5' });
    expect(refused.message.content).toContain('There is no option called "seed"');
    const ofServer = await manager().slash('settings defaults', { more: 'model:lstm' });
    expect(ofServer.message.content).toContain('There is no option called "model"');
  });

  it('saved before style existed still work', async () => {
    const server = discord.guild.id;
    await bot.settings.update(server, (before) => ({
      ...before,
      defaults: { velocity: 40, mood: 'calm' },
      presets: { old: { tempo: 0.5, mood: 'sad', scale: 'dorian', opening: 'bach-prelude', voices: 'mono' } },
    }));
    await discord.user().slash('compose', { preset: 'old' });
    expect((await bot.music.nextJob()).request).toMatchObject({
      ...{ tempo: 0.5, mood: ['sad'], key: { tonic: 'C', scale: 'dorian' }, voices: 'mono', velocity: 40 },
      task: { opening: { name: 'bach-prelude' } },
    });
  });

  it.each([
    ['lullaby', 'is a built-in preset'],
    ['two words', 'is one word of up to 32 letters'],
    ['@everyone', 'is one word of up to 32 letters'],
  ])('cannot be called %s', async (name, reason) => {
    const reply = await manager().slash('preset save', { name, notes: 90 });
    expect(reply.message).toMatchObject({ ephemeral: true });
    expect(reply.message.content).toContain(reason);
  });

  it('are not confused with properties of Object', async () => {
    for (const [path, options] of [
      ['compose', { preset: 'constructor' }],
      ['preset delete', { name: 'constructor' }],
    ] as const) {
      const { message } = await manager().slash(path, options);
      expect(message).toMatchObject({ ephemeral: true });
      expect(message.content).toContain('There is no preset called "constructor"');
    }
    await manager().slash('preset save', { name: 'constructor', notes: 90 });
    await discord.user().slash('compose', { preset: 'constructor' });
    expect((await bot.music.nextJob()).request).toMatchObject({ notes: 90 });
  });

  it('cannot be empty', async () => {
    const reply = await manager().slash('preset save', { name: 'nothing' });
    expect(reply.message.content).toBe(inEnglish('preset.empty'));
  });

  it('are only saved and deleted by managers', async () => {
    for (const [path, options] of [
      ['preset save', { name: 'waltz', notes: 90 }],
      ['preset delete', { name: 'waltz' }],
    ] as const) {
      const reply = await discord.user().slash(path, options);
      expect(reply.message).toMatchObject({ ephemeral: true });
      expect(reply.message.content).toContain('"Manage Server"');
    }
  });
});

describe('settings', () => {
  it('provide the defaults of /compose', async () => {
    const reply = await manager().slash('settings defaults', { notes: 50, more: 'velocity:30' });
    expect(reply.message).toMatchObject({ ephemeral: true });
    expect(reply.message.content).toContain('`notes:50 velocity:30`');
    await discord.user().slash('compose', { more: 'velocity:90' });
    expect((await bot.music.nextJob()).request).toMatchObject({ notes: 50, velocity: 90 });
    await discord.user().dm().slash('compose');
    expect((await bot.music.nextJob()).request).toMatchObject({ notes: 300 });

    await manager().slash('settings defaults');
    await discord.user().slash('compose');
    expect((await bot.music.nextJob()).request).toMatchObject({ notes: 300 });
  });

  it('limit pieces per hour, per person and per server, in that server only', async () => {
    const limits = await manager().slash('settings limits', { person: 1, server: 2 });
    expect(limits.message.content).toContain(english.settings.limits(1, 2));
    const user = discord.user();
    for (const person of [user, discord.user()]) {
      const reply = await person.slash('compose');
      (await bot.music.nextJob()).finish();
      await reply.finished();
    }
    const more = await (await user.slash('compose')).answered();
    expect(more.content).toContain("You've used your 1 piece for this hour");
    const others = await (await discord.user().slash('compose')).answered();
    expect(others.content).toContain('This server has used its 2 pieces for this hour');
    await user.dm().slash('compose');
    (await bot.music.nextJob()).finish();

    await manager().slash('settings limits');
    await user.slash('compose');
    (await bot.music.nextJob()).finish();
  });

  it('are for managers, whatever the integration settings say', async () => {
    const user = discord.user();
    await expect(user.slash('settings show')).rejects.toThrow('settings');
    discord.allow('settings', user);
    const refused = await user.slash('settings show');
    expect(refused.message).toMatchObject({ ephemeral: true });
    expect(refused.message.content).toContain('"Manage Server"');
  });
});
