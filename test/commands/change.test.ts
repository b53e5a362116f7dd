import { beforeEach, describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../src/i18n/languages.js';
import { english } from '../../src/i18n/en/english.js';
import { changeMenus } from '../../src/bot/compose/change-menus.js';
import { readMidi } from '../../src/music/midi/read.js';
import { writeMidi } from '../../src/music/midi/write.js';
import type { Piece } from '../../src/music/piece.js';
import { formatRecord } from '../../src/request/record.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { inCommand } from '../bot/in-command.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import { band, bigBand } from '../render/audio/band-fixture.js';

const { changes } = english;
let discord: LocalDiscord;
let bot: InProcessBot;
let user: LocalUser;

useBot((...started) => {
  [discord, bot] = started;
});
beforeEach(() => {
  user = discord.user();
});

/** Posts a song in the channel. */
async function song(): Promise<ShownMessage> {
  const reply = await user.slash('compose', inCommand({}));
  const job = await bot.music.nextJob();
  const { request } = job;
  const made = fakeComposition({ request });
  const piece = band(4);
  const bytes = writeMidi(piece, [formatRecord(request, piece, made.model)]);
  const outputs = made.outputs.map((output) => (output.role === 'midi' ? { ...output, bytes } : output));
  job.finish({ ...made, piece, outputs });
  return reply.finished();
}

function pieceOf(message: ShownMessage): Piece {
  return readMidi(message.file('.mid').bytes()).piece;
}

async function choose(message: ShownMessage, menu: string, label: string): Promise<ShownMessage> {
  return (await user.select(message, menu, [label])).finished();
}

describe('the menus under a song', () => {
  it('each make one change, in a new message, and leave the rest unchanged', async () => {
    const message = await song();
    const before = pieceOf(message);
    const muted = await choose(message, changes.parts, 'Mute Strings');
    expect(muted.id).not.toBe(message.id);
    expect(pieceOf(muted).tracks.map(({ volume }) => volume)).toEqual([
      undefined,
      0,
      ...[undefined, undefined, undefined],
    ]);
    expect(pieceOf(muted).tracks.map(({ notes }) => notes)).toEqual(before.tracks.map(({ notes }) => notes));

    const swapped = await choose(muted, changes.instruments, 'Flute → Violin');
    expect(pieceOf(swapped).tracks.map(({ program }) => program)).toEqual([40, 48, 0, 33, 0]);
    expect(pieceOf(swapped).tracks[1]!.volume).toBe(0);

    const faster = await choose(swapped, changes.music, 'Faster: ♩ = 132');
    expect(pieceOf(faster).tempos).toEqual([{ tick: 0, microsecondsPerQuarter: Math.round(500_000 / 1.1) }]);
    expect(faster.content).toContain('♩=132');

    const higher = await choose(faster, changes.music, 'In B natural minor (+2)');
    expect(higher.content).toContain('B natural minor');
    const all = await choose(higher, changes.parts, 'All parts');
    expect(pieceOf(all).tracks[1]!.volume).toBeUndefined();
    expect(pieceOf(all).tracks[0]!.notes.map(({ pitch }) => pitch - 2)).toEqual(
      before.tracks[0]!.notes.map(({ pitch }) => pitch),
    );
  });

  it('are mentioned by Info, whose command gives the original', async () => {
    const message = await song();
    const solo = await choose(message, changes.parts, 'Only Bass');
    const told = async (shown: ShownMessage): Promise<string> =>
      (await (await user.press(shown, 'Info')).finished()).content;
    expect(await told(solo)).toContain(english.info.wasChanged);
    expect(await told(message)).not.toContain(english.info.wasChanged);
  });

  it('are not shown for solo piano', async () => {
    const reply = await user.slash('compose', inCommand({}));
    (await bot.music.nextJob()).finish();
    expect((await reply.finished()).selects).toEqual([]);
  });

  it.each(languageCodes)('stay within Discord’s limits, in the language %s', (code) => {
    for (const piece of [band(4), bigBand(4), { ...band(4), keys: [] }]) {
      const menus = changeMenus(languages[code], piece).flatMap(({ components }) => components);
      expect(menus).toHaveLength(3);
      for (const menu of menus) {
        if (!('options' in menu)) throw new Error('It is no menu of words.');
        expect(menu.placeholder!.length).toBeLessThanOrEqual(150);
        expect(menu.options.length).toBeGreaterThan(4);
        expect(menu.options.length).toBeLessThanOrEqual(25);
        expect(new Set(menu.options.map(({ value }) => value)).size).toBe(menu.options.length);
        expect(new Set(menu.options.map(({ label }) => label)).size).toBe(menu.options.length);
        for (const { label } of menu.options) expect(label.length).toBeLessThanOrEqual(100);
      }
    }
  });
});
