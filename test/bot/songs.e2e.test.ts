import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import { english } from '../../src/i18n/en/english.js';
import { readMidi } from '../../src/music/midi/read.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { settingsAtStart, type Piece } from '../../src/music/piece.js';
import { isMuted } from '../../src/music/track.js';
import { band } from '../render/audio/band-fixture.js';
import { Stage } from './bot-process.js';

const { changes } = english;
const stage = new Stage({ REQUESTS_AT_ONCE: '10', PIECES_PER_HOUR: '40' });
let user: LocalUser;

beforeAll(() => {
  user = stage.discord.user();
});

afterAll(() => {
  expect(stage.bot.log.all('failed')).toEqual([]);
  expect(stage.bot.complaints).toBe('');
});

function pieceOf(message: ShownMessage): Piece {
  return readMidi(message.file('.mid').bytes()).piece;
}

/** The notes of a piece, regardless of instruments, tempo and mutes. */
function notesOf({ tracks }: Piece): readonly (readonly number[][])[] {
  return tracks.map(({ notes }) =>
    notes.map(({ pitch, velocity, startTick, lengthTicks }) => [startTick, pitch, lengthTicks, velocity]),
  );
}

async function press(message: ShownMessage, label: string): Promise<ShownMessage> {
  return (await user.press(message, label)).withFiles();
}

async function choose(message: ShownMessage, menu: string, label: string): Promise<ShownMessage> {
  return (await user.select(message, menu, [label])).withFiles();
}

describe('a song', () => {
  let song: ShownMessage;
  let piece: Piece;

  beforeAll(async () => {
    const reply = await user.slash('compose', { style: 'pop', seed: 4, key: 'D', more: 'bars:6' });
    song = await reply.withFiles();
    piece = pieceOf(song);
  });

  it('has a track for each part, a preview, a picture and an alt text that names who plays', () => {
    expect(piece.tracks.map(({ name }) => name)).toEqual(['Voice', 'Strings', 'Piano', 'Bass', 'Drums']);
    expect(piece.tracks.map(({ program }) => program)).toEqual([53, 48, 0, 33, 0]);
    for (const { notes } of piece.tracks) expect(notes.length).toBeGreaterThan(0);
    expect(piece.tracks.filter(({ isDrums }) => isDrums)).toHaveLength(1);
    expect(song.content).toMatch(/^\*\*Pop\*\* · D major · ♩=\d+ · 0:\d\d · \d+ notes · `\S+` · seed `4`$/);
    expect(Buffer.from(song.file('.ogg').bytes()).toString('latin1', 0, 4)).toBe('OggS');
    expect(PNG.sync.read(Buffer.from(song.file('.png').bytes())).width).toBeGreaterThan(1000);
    for (const { description } of song.attachments)
      expect(description).toContain('played by Voice, Strings, Piano, Bass');
  });

  it('has no opening for Remix to name', async () => {
    const { modal } = await user.press(song, 'Remix');
    expect(JSON.stringify(modal.raw)).toContain(english.remix.newSong);
  });

  it('is changed by the menus under it, and nothing else of it is', async () => {
    const muted = await choose(song, changes.parts, changes.mute('Drums'));
    expect(muted.id).not.toBe(song.id);
    expect(pieceOf(muted).tracks.map(isMuted)).toEqual([false, false, false, false, true]);
    const alone = await choose(song, changes.parts, changes.solo('Piano'));
    expect(pieceOf(alone).tracks.map(isMuted)).toEqual([true, true, false, true, true]);
    const swapped = await choose(muted, changes.instruments, 'Voice → Flute');
    expect(pieceOf(swapped).tracks.map(({ program }) => program)).toEqual([73, 48, 0, 33, 0]);
    const bpm = Math.round(settingsAtStart(piece).tempoBpm * 1.25);
    const faster = await choose(swapped, changes.music, changes.faster(bpm));
    expect(faster.content).toContain(`♩=${bpm}`);
    for (const changed of [muted, alone, swapped, faster])
      expect(notesOf(pieceOf(changed))).toEqual(notesOf(piece));
    const higher = await choose(song, changes.music, changes.key('E major', '+2'));
    expect(higher.content).toContain('E major');
    const pitched = (all: Piece): Piece => ({ ...all, tracks: all.tracks.filter(({ isDrums }) => !isDrums) });
    const lowered = pitched(pieceOf(higher)).tracks.map(({ notes }) => notes.map(({ pitch }) => pitch - 2));
    expect(lowered).toEqual(pitched(piece).tracks.map(({ notes }) => notes.map(({ pitch }) => pitch)));
  });

  it('is continued from its end and varied from its beginning, with its own parts', async () => {
    const endTick = 6 * 4 * piece.ticksPerQuarter;
    const before = (tick: number, each: Piece): unknown =>
      notesOf(each).map((notes) => notes.filter(([start]) => start! < tick));
    const longer = pieceOf(await press(song, 'Continue'));
    expect(longer.tracks.map(({ name }) => name)).toEqual(piece.tracks.map(({ name }) => name));
    expect(before(endTick, longer)).toEqual(notesOf(piece));
    for (const { notes } of longer.tracks)
      expect(notes.filter(({ startTick }) => startTick >= endTick).length).toBeGreaterThan(2);
    const varied = pieceOf(await press(song, 'Vary'));
    expect(varied.tracks.map(({ name }) => name)).toEqual(piece.tracks.map(({ name }) => name));
    const kept = 4 * piece.ticksPerQuarter;
    expect(before(kept, varied)).toEqual(before(kept, piece));
    expect(notesOf(varied)).not.toEqual(notesOf(piece));
  });
});

describe('somebody’s MIDI file of several tracks', () => {
  it('is continued with its own instruments, and with each note in its place', async () => {
    const file = band(2);
    const posted = user.say('', { files: [{ name: 'band.mid', bytes: Buffer.from(writeMidi(file)) }] });
    const done = await (await user.contextMenu('Continue this MIDI', posted)).withFiles();
    const longer = pieceOf(done);
    const players = ({ tracks }: Piece): unknown => tracks.map(({ name, program }) => [name, program]);
    expect(players(longer)).toEqual(players(file));
    const end = 8 * longer.ticksPerQuarter;
    const struck = (piece: Piece): unknown =>
      notesOf(piece).map((notes) =>
        notes.filter(([start]) => start! < end).map(([start, pitch, , velocity]) => [start, pitch, velocity]),
      );
    expect(struck(longer)).toEqual(struck(file));
    for (const notes of notesOf(longer)) expect(notes.some(([start]) => start! >= end)).toBe(true);
  });
});

describe('a message that mentions the bot', () => {
  it('gets the song it wishes for, by the instruments it names', async () => {
    const asked = user.say(`<@${stage.discord.applicationId}> a lullaby for flute and harp in 3/4`);
    const isReply = ({ raw, attachments }: ShownMessage): boolean =>
      raw.message_reference?.message_id === asked.id && attachments.length === 3;
    await stage.discord.until(() => stage.discord.messages().some(isReply), 'the reply');
    const reply = stage.discord.messages().find(isReply)!;
    const piece = pieceOf(reply);
    expect(piece.tracks.map(({ name }) => name)).toEqual(['Flute', 'Harp']);
    expect(settingsAtStart(piece).timeSignature).toEqual({ numerator: 3, denominator: 4 });
    expect(reply.content).toMatch(/^\*\*Lullaby\b/m);
  });
});
