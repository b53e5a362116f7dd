import { inEnglish } from '../i18n/in-english.js';
import { Locale } from 'discord.js';
import { parseMidi } from 'midi-file';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import { Stage } from './bot-process.js';
import { smallMidi } from './small-midi.js';
import { defaultModel } from '../../src/request/options.js';

const download = 'GET /attachments/{channel_id}/{attachment_id}/{name}';

const stage = new Stage();

afterEach(() => stage.discord.faults.clear());

function soundedPitches(message: ShownMessage): readonly number[] {
  return parseMidi(message.file('.mid').bytes()).tracks.flatMap((track) =>
    track.flatMap((event) => (event.type === 'noteOn' && event.velocity > 0 ? [event.noteNumber] : [])),
  );
}

/** The name of the first track that has one. */
function nameIn(midi: Uint8Array): string {
  const names = parseMidi(midi).tracks.flatMap((track) =>
    track.flatMap((event) => (event.type === 'trackName' ? [event.text] : [])),
  );
  return Buffer.from(names[0] ?? '', 'latin1').toString('utf8');
}

describe('/compose', () => {
  it('answers with a title line, MIDI, sound and picture', async () => {
    const reply = await stage.discord.user().slash('compose', { notes: 40, seed: 42 });
    const message = await reply.withFiles();
    expect(message.content).toMatch(/^\*\*.+\*\* · .*\d+:\d\d · \d+ notes · `\S+` · seed `42`$/);
    expect(message.content).toContain(`\`${defaultModel}\``);
    expect(message.ephemeral).toBe(false);

    const sent = stage.discord.requests.find(({ files }) => files.length === 3)!.files;
    expect(sent.map(({ contentType }) => contentType)).toEqual(['audio/midi', 'audio/ogg', 'image/png']);
    expect(message.attachments.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^[a-z\d-]+-42\.mid$/),
      expect.stringMatching(/^[a-z\d-]+-42\.ogg$/),
      expect.stringMatching(/^[a-z\d-]+-42\.png$/),
    ]);
    for (const { description } of message.attachments) expect(description).toMatch(/\d+ notes/);

    expect(soundedPitches(message).length).toBeGreaterThan(20);
    expect(Buffer.from(message.file('.ogg').bytes()).toString('latin1', 0, 4)).toBe('OggS');
    expect(PNG.sync.read(Buffer.from(message.file('.png').bytes())).width).toBeGreaterThan(1000);
  });

  it('follows the options', async () => {
    const reply = await stage.discord.user().slash('compose', {
      notes: 60,
      temp: 1.5,
      key: 'C',
      more: 'scale:major-pentatonic pitch:60 voices:mono opening:bach-prelude',
    });
    const message = await reply.withFiles();
    const pitches = soundedPitches(message);
    expect(new Set(pitches.map((pitch) => pitch % 12))).toEqual(new Set([0, 2, 4, 7, 9]));
    expect(message.content).toContain('C major pentatonic');
    const sorted = [...pitches].sort((a, b) => a - b);
    expect(Math.abs(sorted[sorted.length >> 1]! - 60)).toBeLessThanOrEqual(6);
  });

  it('composes at the top of all pitches, with sound', async () => {
    const reply = await stage.discord.user().slash('compose', { notes: 20, seed: 7, more: 'pitch:127' });
    const message = await reply.withFiles();
    const pitches = soundedPitches(message).toSorted((a, b) => a - b);
    expect(pitches[pitches.length >> 1]).toBeGreaterThan(108);
    expect(message.file('.ogg').bytes().length).toBeGreaterThan(10_000);
  });

  it('names the file after the wish, inside too, in English for everybody', async () => {
    const settings = { notes: 20, seed: 7, style: 'dreamy,debussy' };
    const file = async (locale: Locale): Promise<Uint8Array> =>
      (await (await stage.discord.user({ locale }).slash('compose', settings)).withFiles())
        .file('.mid')
        .bytes();
    const midi = await file(Locale.EnglishUS);
    expect(nameIn(midi)).toMatch(/^Dreamy, in the style of Debussy · after /);
    expect(await file(Locale.German)).toEqual(midi);
  });

  it('names a piece by a title in a message that mentions the bot', async () => {
    const { discord } = stage;
    const asked = discord.user().say(`<@${discord.applicationId}> title:"Rain on Sunday" notes:20`);
    const isAnswer = ({ raw, attachments }: ShownMessage): boolean =>
      raw.message_reference?.message_id === asked.id && attachments.length === 3;
    await discord.until(() => discord.messages().some(isAnswer), 'the piece');
    const message = discord.messages().find(isAnswer)!;
    expect(message.content).toContain('**Rain on Sunday**');
    expect(message.attachments[0]!.name).toMatch(/^rain-on-sunday-\d+\.mid$/);
    expect(nameIn(message.file('.mid').bytes())).toBe('Rain on Sunday');
  });

  it('gives the same music for the same seed', async () => {
    const user = stage.discord.user();
    const twice = [];
    for (let i = 0; i < 2; i++) {
      const reply = await user.slash('compose', { notes: 30, seed: 7, more: 'opening:satie-gymnopedie' });
      twice.push(Buffer.from((await reply.withFiles()).file('.mid').bytes()));
    }
    expect(twice[0]).toEqual(twice[1]);
  });

  it('starts from a MIDI file', async () => {
    const opening = [60, 62, 64, 65, 67, 69, 71, 72];
    const midi = { name: 'ascending.mid', bytes: smallMidi(opening) };
    const reply = await stage.discord.user().slash('compose', { notes: 20, midi });
    const message = await reply.withFiles();
    expect(message.content).toContain('ascending');
    expect(soundedPitches(message).slice(0, opening.length)).toEqual(opening);
  });

  it.each([
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['a web page', Buffer.from('<!doctype html><title>404</title>')],
    ['a file without notes', smallMidi([])],
    ['nothing', Buffer.alloc(0)],
  ])('tells only the person that %s is not a usable MIDI file', async (_, bytes) => {
    const before = stage.discord.messages().length;
    const reply = await stage.discord.user().slash('compose', { midi: { name: 'song.mid', bytes } });
    const told = await reply.answered();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toMatch(/^[A-Z].*\.$/);
    expect(told.content).not.toContain('went wrong');
    expect(stage.discord.messages()).toHaveLength(before);
  });

  it('rejects invalid options before doing any work', async () => {
    const user = stage.discord.user();
    const replies = [
      await user.slash('compose', { model: 'gpt' }),
      await user.slash('compose', { more: 'opening:nobody' }),
      await user.slash('compose', { midi: { name: 'large.mid', bytes: Buffer.alloc(1400 * 1024) } }),
    ];
    for (const { message } of replies) expect(message.ephemeral).toBe(true);
    expect(replies[0]!.message.content).toContain('lstm');
    expect(replies[1]!.message.content).toContain('bach-prelude');
    expect(replies[2]!.message.content).toContain('1,024 kB');
  });

  it('says when a file has expired or redirects elsewhere', async () => {
    const midi = { name: 'song.mid', bytes: smallMidi([60]) };
    stage.discord.faults.plan(download, { status: 404, body: 'This content is no longer available.' });
    const expired = await stage.discord.user().slash('compose', { midi });
    expect((await expired.answered()).content).toBe(inEnglish('attachment.expired'));
    stage.discord.faults.plan(download, { status: 302, headers: { location: 'http://127.0.0.1:1/' } });
    const redirected = await stage.discord.user().slash('compose', { midi });
    expect((await redirected.answered()).content).toBe(inEnglish('attachment.unreachable'));
  });

  it('suggests models and openings', async () => {
    const user = stage.discord.user();
    expect(await user.autocomplete('compose', { model: 'ls' }, 'model')).toEqual([
      { name: expect.stringContaining('lstm: ') as string, value: 'lstm' },
    ]);
    const openings = await user.autocomplete('compose', { more: 'opening:bach' }, 'more');
    expect(openings.map(({ value }) => value)).toContain('opening:bach-prelude');
  });
});

describe('while a long piece is composed', () => {
  it('shows progress, and others are acknowledged before it is done', async () => {
    const long = await stage.discord.user().slash('compose', { notes: 700 });
    const others = [];
    for (let i = 0; i < 4; i++) others.push(await stage.discord.user().slash('compose', { notes: 10 }));
    expect(long.message.attachments).toEqual([]);

    await long.until(({ attachments }) => attachments.length === 3);
    const edits = long.history.slice(1, -1);
    expect(edits.length).toBeGreaterThan(0);
    for (const { content } of edits)
      expect(content).toMatch(/^(Composing: [\d,]+ of 700 notes(, about [\d,]+ s left)?|Rendering .*)\.$/);
    for (const other of others) expect((await other.withFiles()).attachments).toHaveLength(3);
  });
});

describe('while four others compose', () => {
  it('another request is always acknowledged before they are done', async () => {
    const others = [1, 2, 3, 4].map((seed) => stage.discord.user().slash('compose', { notes: 600, seed }));
    const four = await Promise.all(others);
    await Promise.race(four.map((reply) => reply.until(({ content }) => content.startsWith('Composing'))));
    expect(four.filter(({ message }) => message.attachments.length > 0)).toEqual([]);
    const user = stage.discord.user();
    for (let i = 0; i < 3; i++) {
      const { acknowledgedAfterMs } = await user.slash('compose', { notes: 10 });
      expect(acknowledgedAfterMs).toBeDefined();
    }
    expect(four.filter(({ message }) => message.attachments.length > 0).length).toBeLessThan(4);
    for (const reply of four) expect((await reply.withFiles()).attachments).toHaveLength(3);
  });
});

describe('the log of these tests', () => {
  it('contains no token and no error', () => {
    const { text } = stage.bot.log;
    expect(text).not.toContain(stage.discord.token);
    for (const { path } of stage.discord.requests) {
      const token = /\/(?:webhooks|interactions)\/\d+\/([^/?]+)/.exec(path)?.[1];
      if (token !== undefined) expect(text).not.toContain(token);
    }
    expect(stage.bot.log.all('failed')).toEqual([]);
    expect(stage.bot.complaints).toBe('');
  });

  it('never ran into a rate limit', () => {
    expect(stage.discord.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(stage.bot.log.all('rate limited')).toEqual([]);
  });
});
