import { english } from '../../src/i18n/en/english.js';
import { PermissionFlagsBits } from 'discord.js';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import { Stage } from './bot-process.js';
import { smallMidi } from './small-midi.js';
import { defaultModel } from '../../src/request/options.js';

const stage = new Stage();
let admin: LocalUser;

beforeAll(() => {
  admin = stage.discord.user({ permissions: PermissionFlagsBits.ManageGuild });
});

/** A melody of quarter notes that repeats a pattern, which is easy to learn. */
function melody(tonic: number, notes = 300): { name: string; bytes: Uint8Array } {
  const pattern = [0, 4, 7, 4, 5, 9, 12, 9];
  const pitches = Array.from({ length: notes }, (_, i) => tonic + pattern[i % pattern.length]!);
  return { name: `melody in ${tonic}.mid`, bytes: smallMidi(pitches) };
}

const music = {
  ...{ file1: melody(60), file2: melody(62), file3: melody(65) },
  file4: { name: 'noise.mid', bytes: Buffer.from('MThd, or not') },
};

/** The newest message about trainings. */
function report(): ShownMessage {
  return stage.discord.messages().findLast(({ content }) => content.startsWith('**Training'))!;
}

async function reports(text: string | RegExp): Promise<ShownMessage> {
  await stage.discord.until(() => report().content.search(text) >= 0, String(text));
  return report();
}

async function composedBy(): Promise<string | undefined> {
  const reply = await admin.slash('compose', { notes: 10, seed: 1 });
  return / · `([^`]+)` · seed/.exec((await reply.withFiles()).content)?.[1];
}

describe('/train', () => {
  it('is refused to those who do not manage the server', async () => {
    const user = stage.discord.user();
    stage.discord.allow('train', user);
    const reply = await user.slash('train', { name: 'mine', ...music });
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain('"Manage Server"');
    expect(stage.discord.messages()).toEqual([]);
  });

  it('says how much music is needed', async () => {
    const reply = await admin.slash('train', { name: 'mine', file1: melody(60) });
    const told = await reply.answered();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toContain('training needs about 425 notes. Add about 125 more');
    expect(stage.discord.messages()).toEqual([]);
  });

  it('makes a model that is not used until somebody chooses it', async () => {
    const reply = await admin.slash('train', { name: 'mine', epochs: 2, ...music });
    const told = await reply.answered();
    expect(told.content).toContain(`/${stage.discord.guild.id}/${stage.discord.channel.id}/${report().id}`);
    expect(report().content).toContain('Skipped noise.mid: ');

    const result = await reports('held-out music');
    expect(result.attachments.map(({ name }) => name)).toEqual([
      'curve.png',
      'lstm.ogg',
      'lstm.mid',
      'mine.ogg',
      'mine.mid',
    ]);
    expect(PNG.sync.read(Buffer.from(result.file('.png').bytes())).width).toBeGreaterThan(1000);
    expect(await composedBy()).toBe(defaultModel);

    const used = await admin.press(result, 'Use');
    expect((await used.answered()).content).toContain(english.models.inUse('`mine`'));
    expect(await composedBy()).toBe('mine');
    const shown = await (await admin.slash('model show', { name: 'mine' })).answered();
    expect(shown.content).toMatch(
      /trained by this server · in use\n[^\n]*from `lstm@[\da-f]{8}` .* 2 epochs/,
    );
    expect(shown.content).toContain('Trained on 3 files:');

    const back = await admin.slash('model rollback');
    expect((await back.answered()).content).toContain(english.models.inUse(`\`${defaultModel}\``));
    expect(await composedBy()).toBe(defaultModel);
    const deleted = await admin.press(result, 'Delete');
    expect((await deleted.answered()).content).toContain(english.models.deleted('`mine`'));
  });

  it('continues in the same message after the process was stopped, and killed', async () => {
    const long = { file1: melody(60, 1500), file2: melody(62, 1500) };
    // Learns slowly, so that it does not end by itself.
    await (await admin.slash('train', { name: 'again', epochs: 100, rate: 1e-5, ...long })).answered();
    const { id } = await reports(/[1-9]\d?%/);

    stage.bot.signal('SIGTERM');
    expect(await stage.bot.exited).toBe(0);
    expect(stage.bot.complaints).toBe('');
    expect(report().content).toContain(english.training.paused);
    await stage.startBot();
    await reports(english.training.resumed);

    stage.bot.signal('SIGKILL');
    await stage.bot.exited;
    await stage.startBot();
    await stage.bot.log.first('training goes on');
    const cancelled = await admin.press(report(), 'Cancel');
    expect(cancelled.message.content).toContain(english.training.cancelled);
    const result = await reports(english.training.stopped);
    expect(result.id).toBe(id);
    expect(result.buttons).toHaveLength(2);
  });
});

it('the log contains no errors and no token', () => {
  expect(stage.bot.log.all('failed')).toEqual([]);
  expect(stage.bot.log.text).not.toContain(stage.discord.token);
  expect(stage.bot.complaints).toBe('');
});
