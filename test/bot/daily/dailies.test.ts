import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../local-discord/places.js';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import type { ShownMessage } from '../../../local-discord/shown-message.js';
import { Dailies } from '../../../src/bot/daily/dailies.js';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { ServerSettingsStore } from '../../../src/bot/access/server-settings.js';
import { english } from '../../../src/i18n/en/english.js';
import { german } from '../../../src/i18n/de/german.js';
import { readRecorded } from '../../../src/request/recorded-piece.js';
import { fakeComposition } from '../fake-composition.js';
import { useBot, type InProcessBot } from '../in-process-bot.js';
import { LogCapture } from '../log-capture.js';

const hourMs = 3600_000;
const minuteMs = 60_000;
const { ManageGuild, SendMessages, ReadMessageHistory } = PermissionFlagsBits;

let discord: LocalDiscord;
let bot: InProcessBot;
let nowMs: number;
let log: LogCapture;
let all: Dailies[];

useBot((...started) => {
  [discord, bot] = started;
  // Commands are sent at the real time; the test's time begins on the next day, an hour before the piece.
  nowMs = (Math.floor(Date.now() / (24 * hourMs)) + 1) * 24 * hourMs + 11 * hourMs;
  log = new LogCapture();
  all = [];
});

afterEach(async () => {
  await Promise.all(all.map((each) => each.stop()));
});

/** The part that posts pieces, as a process that has just started has it. */
function started(settings: ServerSettingsStore = bot.settings): Dailies {
  const { client, music } = bot;
  const dailies = new Dailies({
    ...{ client, music, settings, config: { maxFileBytes: 10 * 2 ** 20 }, now: () => nowMs },
    log: createLogger('debug', log),
  });
  all.push(dailies);
  return dailies;
}

/** A process that reads from disk what another one has saved. */
function restarted(): Dailies {
  return started(new ServerSettingsStore(bot.dataFolder));
}

async function choose(options: Parameters<ReturnType<LocalDiscord['user']>['slash']>[1]): Promise<string> {
  const manager = discord.user({ permissions: ManageGuild });
  return (await (await manager.slash('settings daily', options)).answered()).content;
}

/** Checks, and composes what is asked for. @returns how many pieces were */
async function check(...dailies: readonly Dailies[]): Promise<number> {
  let composed = 0;
  const over = new AbortController();
  const checked = Promise.all(dailies.map((each) => each.check())).finally(() => over.abort());
  while (!over.signal.aborted) {
    for (const job of bot.music.jobs.splice(0)) {
      composed += 1;
      job.finish(fakeComposition({ request: job.request }));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await checked;
  return composed;
}

/** The pieces of the day in a channel. */
function pieces(channel: Channel = discord.channel): readonly ShownMessage[] {
  return discord.messages(channel).filter(({ content }) => content.startsWith(english.daily.heading));
}

describe('the piece of the day', () => {
  it('is off until a manager chooses a channel, and off again without one', async () => {
    const dailies = started();
    nowMs += 5 * hourMs;
    expect(await check(dailies)).toBe(0);
    expect(await choose({ channel: discord.channel, hour: 12 })).toContain(
      `Piece of the day: <#${discord.channel.id}> at <t:`,
    );
    nowMs += 24 * hourMs;
    expect(await choose({})).toContain(english.settings.daily());
    expect(await check(dailies)).toBe(0);
    expect(pieces()).toEqual([]);
  });

  it('is posted once a day at its hour, in the style of the server, with a vote', async () => {
    const manager = discord.user({ permissions: ManageGuild });
    await manager.slash('settings defaults', { notes: 50, key: 'Eb' });
    await choose({ channel: discord.channel, hour: 12 });
    const dailies = started();
    expect(await check(dailies)).toBe(0);
    nowMs += hourMs;
    expect(await check(dailies)).toBe(1);
    for (let minute = 0; minute < 5; minute++) {
      nowMs += minuteMs;
      expect(await check(dailies)).toBe(0);
    }
    const [piece, ...others] = pieces();
    expect(others).toEqual([]);
    expect(piece!.content).toContain(english.daily.vote);
    expect(piece!.attachments.map(({ name }) => name.split('.').at(-1))).toEqual(['mid', 'ogg', 'png']);
    expect(readRecorded(piece!.file('.mid').bytes()).request).toMatchObject({
      ...{ notes: 50, key: { tonic: 'Eb' } },
    });
    expect(labels(piece!).slice(0, 3)).toEqual(['Calmer', 'Like this', 'Livelier']);
    nowMs += 24 * hourMs;
    expect(await check(dailies)).toBe(1);
    expect(pieces()).toHaveLength(2);
  });

  it('is posted once when the bot is back on the same day, not for a day that has passed', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += 6 * hourMs;
    expect(await check(started())).toBe(1);
    expect(await check(restarted())).toBe(0);
    nowMs += 2 * 24 * hourMs;
    expect(await check(restarted())).toBe(1);
    expect(pieces()).toHaveLength(2);
  });

  it('is posted once by two processes at the same time', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    await check(restarted(), restarted());
    expect(pieces()).toHaveLength(1);
    expect(await check(restarted())).toBe(0);
  });

  it('is not posted again by a process that follows one killed after posting', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    await check(started());
    await begun();
    discord.user().say('Lovely');
    expect(await check(restarted())).toBe(0);
    expect(pieces()).toHaveLength(1);
    expect((await new ServerSettingsStore(bot.dataFolder).read(discord.guild.id)).daily?.last?.isPosted).toBe(
      true,
    );
  });

  it('is posted by a process that follows one killed before posting', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    await bot.settings.update(discord.guild.id, (before) => ({
      ...before,
      daily: {
        ...before.daily!,
        last: { day: dayNow(), beganMs: nowMs, isPosted: false, level: 0, votes: {} },
      },
    }));
    expect(await check(restarted())).toBe(1);
    expect(pieces()).toHaveLength(1);
  });

  it('is rather left out than posted twice where the bot may not read the channel', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    await check(started());
    await begun();
    await permit(discord.channel, ReadMessageHistory, 'take');
    expect(await check(restarted())).toBe(0);
    expect(pieces()).toHaveLength(1);
  });

  it('is posted later when it cannot be composed, ever less often', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    const dailies = started();
    const failing = async (): Promise<void> => {
      const checked = dailies.check();
      (await bot.music.nextJob()).fail(new Error('The queue is full.'));
      await checked;
    };
    await failing();
    expect(await check(dailies)).toBe(0);
    nowMs += minuteMs;
    await failing();
    nowMs += minuteMs;
    expect(await check(dailies)).toBe(0);
    nowMs += minuteMs;
    expect(await check(dailies)).toBe(1);
    expect(pieces()).toHaveLength(1);
    expect(log.all('the piece of the day was not posted')).toHaveLength(2);
  });

  it('is posted when the bot may post again, once', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    const dailies = started();
    await permit(discord.channel, SendMessages, 'take');
    expect(await check(dailies)).toBe(0);
    expect(pieces()).toEqual([]);
    await permit(discord.channel, SendMessages, 'give');
    nowMs += minuteMs;
    expect(await check(dailies)).toBe(1);
    expect(pieces()).toHaveLength(1);
  });

  it('does not come twice when its hour is changed, or when it is turned off and on', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    const dailies = started();
    expect(await check(dailies)).toBe(1);
    await choose({});
    await choose({ channel: discord.channel, hour: 13 });
    nowMs += 2 * hourMs;
    expect(await check(dailies)).toBe(0);
    nowMs += 23 * hourMs;
    expect(await check(dailies)).toBe(1);
  });

  it('is turned off when its channel is gone, which the log says', async () => {
    const gallery = discord.channel;
    await choose({ channel: gallery, hour: 12 });
    discord.removeChannel(gallery);
    await expect.poll(() => bot.client.channels.cache.has(gallery.id)).toBe(false);
    nowMs += hourMs;
    const dailies = started();
    expect(await check(dailies)).toBe(0);
    expect(log.all('the channel of the piece of the day is gone, so it is turned off')).toHaveLength(1);
    expect((await bot.settings.read(discord.guild.id)).daily?.channel).toBeUndefined();
    nowMs += 24 * hourMs;
    expect(await check(dailies)).toBe(0);
    expect(log.all('the channel of the piece of the day is gone, so it is turned off')).toHaveLength(1);
  });

  it('is refused where the bot cannot post', async () => {
    await permit(discord.channel, SendMessages, 'take');
    expect(await choose({ channel: discord.channel })).toBe(
      `I need "Send Messages" in <#${discord.channel.id}>. Ask a server manager, or choose another channel.`,
    );
    expect((await bot.settings.read(discord.guild.id)).daily).toBeUndefined();
  });

  it('is only set by managers', async () => {
    const person = discord.user();
    discord.allow('settings', person);
    const refused = await person.slash('settings daily', { channel: discord.channel });
    expect(refused.message.content).toContain('"Manage Server"');
  });

  it('speaks the language of the server', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    await bot.settings.update(discord.guild.id, (before) => ({ ...before, language: 'de' }));
    nowMs += hourMs;
    await check(started());
    expect(discord.messages().at(-1)?.content).toContain(german.daily.heading);
  });
});

describe('the vote under it', () => {
  it('counts each person once, and steers the next piece', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    const dailies = started();
    await check(dailies);
    const [ann, bob] = [discord.user({ name: 'Ann' }), discord.user({ name: 'Bob' })];
    await vote(ann, 'Calmer');
    await vote(ann, 'Livelier');
    await vote(bob, 'Livelier');
    expect(labels(pieces()[0]!).slice(0, 3)).toEqual(['Calmer', 'Like this', 'Livelier (2)']);
    // The rest of the message stays.
    expect(labels(pieces()[0]!)).toContain('Again');
    expect(pieces()[0]!.attachments).toHaveLength(3);
    nowMs += 24 * hourMs;
    await check(restarted());
    const { request } = readRecorded(pieces()[1]!.file('.mid').bytes());
    expect(request.text?.said).toBe('fast, loud, dense');
  });

  it('ends with the next piece, which is said', async () => {
    await choose({ channel: discord.channel, hour: 12 });
    nowMs += hourMs;
    const dailies = started();
    await check(dailies);
    nowMs += 24 * hourMs;
    await check(dailies);
    const late = await (await discord.user().press(pieces()[0]!, 'Calmer')).answered();
    expect(late).toMatchObject({ ephemeral: true });
    expect(late.content).toContain('That vote is over');
  });

  async function vote(person: ReturnType<LocalDiscord['user']>, choice: string): Promise<void> {
    const [message] = pieces();
    const label = labels(message!).find((each) => each.startsWith(choice));
    await person.press(message!, label!);
  }
});

/** As if the last process had been killed before it could save that the piece is posted. Messages have the real time. */
async function begun(): Promise<void> {
  const last = { isPosted: false, beganMs: Date.now() - minuteMs };
  await bot.settings.update(discord.guild.id, (before) => ({
    ...before,
    daily: { ...before.daily!, last: { ...before.daily!.last!, ...last } },
  }));
}

function dayNow(): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

async function permit(channel: Channel, permission: bigint, how: 'give' | 'take'): Promise<void> {
  const isGiven = how === 'give';
  discord.permit(
    channel,
    isGiven ? channel.appPermissions | permission : channel.appPermissions & ~permission,
  );
  const cached = (): boolean => {
    const known = bot.client.channels.cache.get(channel.id);
    return (
      known?.isTextBased() === true &&
      !known.isDMBased() &&
      known.permissionsFor(bot.client.user)!.has(permission)
    );
  };
  await expect.poll(cached).toBe(isGiven);
}

function labels({ buttons }: ShownMessage): readonly string[] {
  return buttons.flatMap((each) => ('label' in each ? [each.label] : []));
}
