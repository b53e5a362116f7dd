import { inEnglish } from '../i18n/in-english.js';
import { PermissionFlagsBits } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import type { LocalUser } from '../../local-discord/user.js';

const midi = { name: 'tune.mid', bytes: Buffer.from('MThd and the rest') };
const picture = { name: 'tune.png', bytes: Buffer.from('\x89PNG', 'latin1') };

let discord: LocalDiscord;
let bot: InProcessBot;
let author: LocalUser;
let user: LocalUser;

useBot((...started) => {
  [discord, bot] = started;
});

beforeEach(() => {
  author = discord.user();
  user = discord.user();
});

describe('a MIDI file on somebody’s message', () => {
  it('can be started from', async () => {
    const message = author.say('my tune', { files: [picture, midi] });
    const reply = await user.contextMenu('Compose from this MIDI', message);
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({
      notes: 300,
      task: { kind: 'start', opening: { title: 'tune.mid' } },
    });
    expect(job.options.owner).toBe(user.id);
    job.finish();
    expect((await reply.finished()).attachments).toHaveLength(3);
  });

  it('can be continued, whatever the server’s default tempo', async () => {
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    await manager.slash('settings defaults', { notes: 50, more: 'tempo:0.5' });
    const message = author.say('', { files: [midi] });
    const reply = await user.contextMenu('Continue this MIDI', message);
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({
      task: { kind: 'continue', piece: { title: 'tune.mid' } },
      notes: 50,
      tempo: 1,
    });
    job.finish();
    await reply.finished();
  });

  it.each(['song.kar', 'song.rmi', 'SONG.SMF'])('can be called %s', async (name) => {
    const reply = await user.contextMenu(
      'Compose from this MIDI',
      author.say('', { files: [{ ...midi, name }] }),
    );
    const job = await bot.music.nextJob();
    expect(job.request.task).toMatchObject({ kind: 'start', opening: { title: name } });
    job.finish();
    await reply.finished();
  });

  it('is also found in a forwarded message', async () => {
    const forwarded = author.forward(author.say('Listen!', { files: [midi] }));
    const reply = await user.contextMenu('Continue this MIDI', forwarded);
    const job = await bot.music.nextJob();
    expect(job.request.task.kind).toBe('continue');
    job.finish();
    await reply.finished();
  });

  it('is also found in the bot’s own messages', async () => {
    const first = await user.slash('compose');
    (await bot.music.nextJob()).finish();
    const reply = await user.contextMenu('Continue this MIDI', await first.finished());
    const job = await bot.music.nextJob();
    expect(job.request.task.kind).toBe('continue');
    job.finish();
    await reply.finished();
  });

  it.each([
    ['none', [picture], inEnglish('message.no-midi')],
    ['several', [midi, { ...midi, name: 'other.mid' }], inEnglish('message.many-midi')],
  ] as const)('gets an error message if there are %s', async (_, files, sentence) => {
    const reply = await user.contextMenu('Compose from this MIDI', author.say('', { files: [...files] }));
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain(sentence);
  });
});
