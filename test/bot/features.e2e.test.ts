import { inEnglish } from '../i18n/in-english.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKeyboard } from '../../src/music/midi/read.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import { Stage } from './bot-process.js';
import { smallMidi } from './small-midi.js';

const scale = { name: 'scale.mid', bytes: smallMidi([60, 62, 64, 65, 67, 69, 71, 72]) };

const stage = new Stage({ REQUESTS_AT_ONCE: '10', PIECES_PER_HOUR: '40' });
let user: LocalUser;

beforeAll(() => {
  user = stage.discord.user();
});

afterAll(() => {
  expect(stage.bot.log.all('failed')).toEqual([]);
  expect(stage.bot.complaints).toBe('');
});

function midiOf(message: ShownMessage): Buffer {
  return Buffer.from(message.file('.mid').bytes());
}

const hasFiles = ({ attachments }: ShownMessage): boolean => attachments.length > 0;

async function compose(options: Parameters<LocalUser['slash']>[1]): Promise<ShownMessage> {
  return (await user.slash('compose', options)).withFiles();
}

async function press(message: ShownMessage, label: string): Promise<ShownMessage> {
  return (await user.press(message, label)).withFiles();
}

describe('the buttons of a piece', () => {
  it('make another, vary it and continue it, also after a restart', async () => {
    const first = await compose({ notes: 30, seed: 5, key: 'D', more: 'scale:dorian tempo:0.7' });
    const again = await press(first, 'Again');
    expect(midiOf(again)).not.toEqual(midiOf(first));
    expect(again.content).toContain('D dorian');

    await stage.bot.stop();
    await stage.startBot();
    const before = readKeyboard(midiOf(first));
    const varied = readKeyboard(midiOf(await press(first, 'Vary')));
    expect(varied.notes.slice(0, 20)).toEqual(before.notes.slice(0, 20));
    expect(varied.notes).not.toEqual(before.notes);

    const further = readKeyboard(midiOf(await press(first, 'Continue')));
    expect(further.notes.slice(0, before.notes.length)).toEqual(before.notes);
    expect(further.notes.length).toBeGreaterThan(before.notes.length + 10);
    expect(further.tempoBpm).toBe(before.tempoBpm);
  });

  it('show how to make it again, byte for byte', async () => {
    const first = await compose({ notes: 25, midi: scale, more: 'velocity:60' });
    const info = await (await user.press(first, 'Info')).until(({ loading }) => !loading);
    const [, written = ''] = /\/compose (.*)/.exec(info.content)!;
    const [own = '', more] = written.split(' more:');
    const options = Object.fromEntries(
      own.split(' ').map((option) => {
        const [name = '', value = ''] = option.split(':');
        return [name, value === '' || Number.isNaN(Number(value)) ? value : Number(value)];
      }),
    );
    const opening = { name: 'scale.mid', bytes: info.file('opening.mid').bytes() };
    expect(midiOf(await compose({ ...options, ...(more !== undefined && { more }), midi: opening }))).toEqual(
      midiOf(first),
    );

    const remixed = await user.submitModal(await user.press(first, 'Remix'));
    expect(midiOf(await remixed.withFiles())).toEqual(midiOf(first));
  });

  it('show a private piece to everyone, as it is', async () => {
    const mine = await compose({ notes: 15, private: true });
    expect(mine.ephemeral).toBe(true);
    const shared = await press(mine, 'Share');
    expect(shared.ephemeral).toBe(false);
    expect(shared.content).toBe(mine.content);
    expect(shared.attachments.map(({ name }) => name)).toEqual(mine.attachments.map(({ name }) => name));
    expect(midiOf(shared)).toEqual(midiOf(mine));
    for (const type of ['.ogg', '.png']) expect(shared.file(type).bytes()).toEqual(mine.file(type).bytes());
  });
});

describe('takes', () => {
  it('are four different pieces, each of which can be picked', async () => {
    const message = await compose({ notes: 20, takes: 4, more: 'opening:satie-gymnopedie' });
    const files = message.attachments.filter(({ name }) => name.endsWith('.mid'));
    expect(new Set(files.map((file) => Buffer.from(file.bytes()).toString('hex'))).size).toBe(4);
    const picked = await press(message, 'Take 2');
    expect(midiOf(picked)).toEqual(Buffer.from(files[1]!.bytes()));
    expect(picked.attachments).toHaveLength(3);
    const sounds = message.attachments.filter(({ name }) => name.endsWith('.ogg'));
    expect(picked.file('.ogg').bytes()).toEqual(sounds[1]!.bytes());
  });
});

describe('a MIDI file on a message', () => {
  it('is continued, with each note in its place', async () => {
    const message = stage.discord.user().say('', { files: [scale] });
    const done = await (await user.contextMenu('Continue this MIDI', message)).withFiles();
    const { notes } = readKeyboard(midiOf(done));
    expect(notes.slice(0, 8)).toEqual(readKeyboard(scale.bytes).notes);
    expect(notes.length).toBeGreaterThan(100);
  });

  it('is used as the opening when the message mentions the bot', async () => {
    const asked = user.say(`<@${stage.discord.applicationId}> notes:15 quantise:straight`, {
      files: [scale],
    });
    const isReply = ({ raw, attachments }: ShownMessage): boolean =>
      raw.message_reference?.message_id === asked.id && attachments.length === 3;
    await stage.discord.until(() => stage.discord.messages().some(isReply), 'the reply');
    expect(stage.discord.messages().find(isReply)!.content).toContain('scale');
  });
});

describe('long work', () => {
  it('shows progress and the time left, and can be cancelled', async () => {
    const reply = await user.slash('compose', { notes: 2000, takes: 4 });
    // The first message may come before there is a pace to estimate from.
    const shown = await reply.until(({ content }) =>
      /^Composing: [\d,]+ of 8,000 notes, about [\d,]+ s left\.$/.test(content),
    );
    await user.press(shown, 'Cancel');
    await reply.until(({ content }) => content === inEnglish('compose.cancelled'));
  });
});

describe('ten requests of one person', () => {
  it('do not delay another person’s first', async () => {
    const asked = Array.from({ length: 10 }, () => user.slash('compose', { notes: 300 }));
    // Short, so that those of the ten requests that start after it do not end before it.
    const other = await stage.discord.user().slash('compose', { notes: 20 });
    const many = await Promise.all(asked);
    await other.withFiles();
    const done = many.filter(({ message }) => hasFiles(message)).length;
    // Four had started when the other's turn came, and one may finish in parallel.
    expect(done).toBeLessThanOrEqual(5);
    for (const reply of many) await reply.withFiles();
  });
});
