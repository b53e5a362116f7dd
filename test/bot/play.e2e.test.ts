import { fileURLToPath } from 'node:url';
import { ComponentType } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import type { Listener } from '../../local-discord/voice/listener.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { Stage } from './bot-process.js';

const certificate = new URL('../../local-discord/voice/certificate.pem', import.meta.url);
const stage = new Stage({ VOICE: 'on', NODE_EXTRA_CA_CERTS: fileURLToPath(certificate) });
let ann: LocalUser;
let ears: Listener;
let bob: LocalUser;

/** Two instruments, and silence before they begin. */
const tune = writeMidi({
  ...{ title: 'Aus <@1> der *Ferne*', ticksPerQuarter: 480, meters: [], keys: [], hasBars: true },
  tempos: [{ tick: 0, microsecondsPerQuarter: 500_000 }],
  tracks: [73, 46].map((program) => ({
    ...{ name: '', program, isDrums: false },
    notes: Array.from({ length: 60 }, (_, i) => ({
      ...{ pitch: 60 + (i % 12), velocity: 80, startTick: 9600 + i * 480, lengthTicks: 480 },
    })),
  })),
});

beforeAll(() => {
  const { discord } = stage;
  ann = discord.user({ name: 'Ann' });
  bob = discord.user({ name: 'Bob' });
});

afterAll(() => {
  expect(stage.bot.complaints).toBe('');
  expect(stage.bot.log.all('something went wrong in a voice channel')).toEqual([]);
  expect(stage.discord.voice.problems).toEqual([]);
});

/** The radio's message, once it is as asked for. */
async function playerThat(isAsked: (message: ShownMessage) => boolean): Promise<ShownMessage> {
  let found: ShownMessage | undefined;
  const look = (): ShownMessage | undefined =>
    stage.discord.messages().findLast((each) => each.content.includes('Radio') && isAsked(each));
  await expect.poll(() => (found = look())).toBeDefined();
  return found!;
}

function playerWith(text: string): Promise<ShownMessage> {
  return playerThat(({ content }) => content.includes(text));
}

async function composedPiece(): Promise<ShownMessage> {
  return (await ann.slash('compose', { notes: 60, seed: 5 })).withFiles();
}

describe('a piece of the bot', () => {
  let piece: ShownMessage;

  it('has a button to play it, beside the others', async () => {
    piece = await composedPiece();
    const rows = piece.components.map((row) =>
      row.type === ComponentType.ActionRow
        ? row.components.map((each) => ('label' in each ? each.label : ''))
        : [],
    );
    expect(rows[1]).toEqual(['Info', 'Play in voice', 'Delete']);
  });

  it('is not played for people who are in no voice channel', async () => {
    const answer = await (await ann.press(piece, 'Play in voice')).answered();
    expect(answer.content).toContain('Join a voice channel first');
  });

  it('starts a radio with itself', async () => {
    ears = await ann.joinVoice(stage.discord.addVoiceChannel(stage.discord.guild, 'lounge'));
    const answer = await (await ann.press(piece, 'Play in voice')).until(({ content }) => content !== '');
    expect(answer.content).toContain('Playing in');
    await ears.hears(100);
    const player = await playerThat(({ attachments }) => attachments.length === 1);
    expect(player.content).toContain('seed `5`');
    expect(player.content).toContain(`brought by <@${ann.id}>`);
    expect(player.attachments[0]).toMatchObject({ contentType: 'image/png' });
  });

  it('is only played for people who are listening, once a radio plays', async () => {
    const answer = await (await bob.press(piece, 'Play in voice')).answered();
    expect(answer.content).toContain('who are listening');
  });
});

describe('a MIDI file on any message', () => {
  it('comes next in the radio, from its first sound on', async () => {
    const message = bob.say('listen', { files: [{ name: 'ferne.mid', bytes: Buffer.from(tune) }] });
    const answer = await ann.contextMenu('Play in voice', message);
    expect((await answer.until(({ content }) => content !== '')).content).toMatch(/comes next in/);
    await playerWith('Next: Aus');
    await ann.slash('radio skip');
    const player = await playerWith('**Aus');
    expect(player.content).toContain('brought by');
    expect(player.content).not.toMatch(/Aus <@1>|\*Ferne\*\*\*/);
    expect(player.attachments).toEqual([]);
    const before = ears.pcm().length;
    await ears.hears(100);
    // Ten seconds of silence begin the file; nobody waits for them.
    const loudest = ears
      .pcm()
      .subarray(before)
      .reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    expect(loudest).toBeGreaterThan(300);
  });

  it('cannot be kept, for it is there already', async () => {
    const player = await playerWith('**Aus');
    const answer = await (await ann.press(player, 'Keep this piece')).answered();
    expect(answer.content).toContain('somebody brought');
  });

  it('is refused when it is none', async () => {
    const message = bob.say('listen', { files: [{ name: 'a.mid', bytes: Buffer.from('not music at all') }] });
    const answer = await ann.contextMenu('Play in voice', message);
    expect((await answer.until(({ content }) => content !== '')).content).toContain('MIDI');
    const none = await ann.contextMenu('Play in voice', bob.say('nothing here'));
    expect((await none.answered()).content).toContain('no MIDI file');
  });
});

it('plays what the radio composes once nothing is waiting', async () => {
  await ann.slash('radio skip');
  await playerThat(({ content }) => content.includes('seed') && !content.includes('brought by'));
  await ann.slash('radio stop');
  ears.leave();
});
