import { SlashCommandBuilder, type Interaction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot } from './bot.js';
import { LocalDiscord } from './local-discord.js';

const compose = new SlashCommandBuilder().setName('compose').setDescription('Compose a piece');
let discord: LocalDiscord;
let bot: TestBot;
beforeEach(async () => {
  discord = await LocalDiscord.start();
});
afterEach(async () => {
  await bot.stop();
  await discord.stop();
});

describe('x', () => {
  it('defers', async () => {
    bot = await startBot(
      discord,
      async (interaction: Interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.deferReply();
        await interaction.editReply('one');
        await interaction.editReply({
          content: 'two',
          files: [{ attachment: Buffer.from([1, 2, 3]), name: 'a b.mid', description: 'alt' }],
        });
      },
      { commands: [compose.toJSON()] },
    );
    const reply = await discord.user().slash('compose');
    expect(reply.state).toBe('deferred');
    const done = await reply.finished();
    expect(done.content).toBe('two');
    expect([...done.file('.mid').bytes()]).toEqual([1, 2, 3]);
    expect(reply.history.map((m) => (m.loading ? '...' : m.content))).toEqual(['...', 'one', 'two']);
    expect(bot.errors).toEqual([]);
    expect(discord.violations).toEqual([]);
  });
});
