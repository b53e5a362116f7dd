import { Events, Locale, PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import type { VoiceChannel } from '../../../local-discord/places.js';
import type { ShownMessage } from '../../../local-discord/shown-message.js';
import type { LocalUser, UserOptions } from '../../../local-discord/user.js';
import type { Listener } from '../../../local-discord/voice/listener.js';
import type { VoiceState } from '../../../local-discord/voice/voice-states.js';
import { minuteIn, timeZones } from '../../../src/bot/radio/time.js';
import { Metrics } from '../../../src/bot/ops/metrics.js';
import { german } from '../../../src/i18n/de/german.js';
import { english } from '../../../src/i18n/en/english.js';
import { moodAt } from '../../../src/radio/day.js';
import { rollWordsFor } from '../../../src/i18n/title.js';
import { inEnglish } from '../../i18n/in-english.js';
import { fakeComposition } from '../fake-composition.js';
import { useBot, type InProcessBot } from '../in-process-bot.js';
import { FakeVoices } from './fake-voices.js';

const aloneMs = 300_000;
const { ended } = english.radio;

let discord: LocalDiscord;
let bot: InProcessBot;
let voices: FakeVoices;
let lounge: VoiceChannel;
let ann: LocalUser;
let ears: Listener;

const restart = useBot(
  (...started) => {
    [discord, bot] = started;
  },
  () => {
    voices = new FakeVoices();
    return { voice: { voices, most: 1, aloneMs } };
  },
);

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function say(
  who: LocalUser,
  command: string,
  options?: Record<string, string | boolean | number>,
): Promise<string> {
  return (await (await who.slash(command, options)).answered()).content;
}

/** A radio with one listener, whose first piece plays. */
async function playing(options?: Record<string, string | boolean>, person: UserOptions = {}): Promise<void> {
  lounge = discord.addVoiceChannel(discord.guild, 'lounge');
  ann = discord.user({ name: 'Ann', ...person });
  ears = await ann.joinVoice(lounge);
  expect(await say(ann, 'radio start', options)).toContain(`<#${lounge.id}>`);
  await begin();
}

/** The line is there, and plays the next piece that is composed. */
async function begin(): Promise<void> {
  voices.line.events.ready();
  const job = await bot.music.nextJob();
  job.finish(fakeComposition({ request: job.request, key: undefined }));
  await expect.poll(() => voices.line.queue.length).toBeGreaterThan(0);
  voices.line.events.begun(voices.line.queue.shift()!.id);
}

/** The messages of the radio, oldest first. */
function players(): readonly ShownMessage[] {
  return discord.messages().filter(({ content }) => content.includes('Radio'));
}

async function shows(sentence: string): Promise<void> {
  await expect.poll(() => players().at(-1)?.content).toContain(sentence);
}

/** Only delays are the test's; the clocks by which packets travel are not. */
function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

/** Lets an event of the gateway arrive while timers are held. */
async function arrival(isThere: () => boolean): Promise<void> {
  const patience = performance.now() + 60_000;
  while (!isThere() && performance.now() < patience) await new Promise((resolve) => setImmediate(resolve));
  expect(isThere()).toBe(true);
}

describe('radios', () => {
  it('are as many at once as the operator allows', async () => {
    const elsewhere = discord.addGuild({});
    const channel = discord.addChannel(elsewhere, 'music');
    const room = discord.addVoiceChannel(elsewhere, 'hall');
    await restart({ voice: { voices, most: 1, aloneMs } });
    await playing();
    const bob = discord.user({ name: 'Bob' }).in(channel);
    await bob.joinVoice(room);
    await expect.poll(() => bot.client.guilds.cache.get(elsewhere.id)?.voiceStates.cache.size).toBe(1);
    expect(await say(bob, 'radio start')).toBe(inEnglish('radio.too-many', { most: 1 }));
    await say(ann, 'radio stop');
    expect(await say(bob, 'radio start')).toContain(`<#${room.id}>`);
  });

  it('are no more than that when several are started at the same time', async () => {
    const elsewhere = discord.addGuild({});
    const channel = discord.addChannel(elsewhere, 'music');
    const room = discord.addVoiceChannel(elsewhere, 'hall');
    await restart({ voice: { voices, most: 1, aloneMs } });
    lounge = discord.addVoiceChannel(discord.guild, 'lounge');
    ann = discord.user({ name: 'Ann' });
    const bob = discord.user({ name: 'Bob' }).in(channel);
    await Promise.all([ann.joinVoice(lounge), bob.joinVoice(room)]);
    await expect.poll(() => bot.client.guilds.cache.get(elsewhere.id)?.voiceStates.cache.size).toBe(1);
    const both = [
      { guild: discord.guild.id, user: ann.id, textChannel: discord.channel.id },
      { guild: elsewhere.id, user: bob.id, textChannel: channel.id },
    ];
    const started = await Promise.allSettled(
      both.map(({ guild, ...where }) =>
        bot.radios!.start({
          ...where,
          guild: bot.client.guilds.cache.get(guild)!,
          language: english,
          wishes: {},
        }),
      ),
    );
    expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(voices.lines).toHaveLength(1);
  });

  it('can be stopped and turned down by who started them, by managers, and by listeners once that person is gone', async () => {
    await playing();
    const bob = discord.user({ name: 'Bob' });
    const boss = discord.user({ name: 'Boss', permissions: PermissionFlagsBits.ManageGuild });
    await bob.joinVoice(lounge);
    const listeners = (): readonly string[] => bot.radios!.of(discord.guild.id).listeners;
    await expect.poll(() => listeners()).toEqual([ann.id, bob.id]);
    expect(await say(bob, 'radio stop')).toBe(inEnglish('radio.not-yours'));
    expect(await say(bob, 'radio volume', { percent: 20 })).toBe(inEnglish('radio.not-yours'));
    expect(await say(ann, 'radio volume', { percent: 60 })).toBe(english.radio.volumeSet(60));
    expect(await say(boss, 'radio volume', { percent: 70 })).toBe(english.radio.volumeSet(70));
    ears.leave();
    await expect.poll(() => listeners()).toEqual([bob.id]);
    expect(await say(bob, 'radio stop')).toBe(english.radio.stopped);
  });

  it.each(['SendMessages', 'AttachFiles'] as const)('are refused without %s', async (permission) => {
    lounge = discord.addVoiceChannel(discord.guild, 'lounge');
    ann = discord.user({ name: 'Ann' });
    await ann.joinVoice(lounge);
    discord.channel.appPermissions &= ~PermissionFlagsBits[permission];
    expect(await say(ann, 'radio start')).toBe(inEnglish('bot.permissions', { missing: [permission] }));
    expect(voices.lines).toEqual([]);
    discord.channel.appPermissions |= PermissionFlagsBits[permission];
  });

  it('leave after a while alone, and say so', async () => {
    await playing();
    expect(voices.line.isSounding).toBe(true);
    holdTimers();
    ears.leave();
    await arrival(() => !voices.line.isSounding);
    vi.advanceTimersByTime(aloneMs - 1);
    expect(voices.line.hasLeft).toBe(false);
    vi.advanceTimersByTime(1);
    expect(voices.line.hasLeft).toBe(true);
    vi.useRealTimers();
    await shows(ended.alone);
    expect(await say(ann, 'radio now')).toBe(inEnglish('radio.none'));
  });

  it('stay when somebody comes back in time, and wait as long the next time', async () => {
    await playing();
    for (let times = 0; times < 2; times++) {
      holdTimers();
      ears.leave();
      await arrival(() => !voices.line.isSounding);
      vi.advanceTimersByTime(aloneMs - 1);
      expect(voices.line.hasLeft).toBe(false);
      vi.useRealTimers();
      ears = await ann.joinVoice(lounge);
      await expect.poll(() => voices.line.isSounding).toBe(true);
    }
  });

  it('join again after a lost connection, ever later, and give up after three times', async () => {
    await playing();
    holdTimers();
    for (const [times, wait] of [5000, 15_000, 60_000].entries()) {
      voices.line.events.left('lost');
      vi.advanceTimersByTime(wait - 1);
      expect(voices.lines).toHaveLength(times + 1);
      vi.advanceTimersByTime(1);
      expect(voices.lines).toHaveLength(times + 2);
    }
    voices.line.events.left('lost');
    vi.useRealTimers();
    await shows(ended.lost);
    expect(voices.lines).toHaveLength(4);
    expect(await say(ann, 'radio now')).toBe(inEnglish('radio.none'));
  });

  it('give up on a channel that they get into, but are always taken out of soon', async () => {
    await playing();
    holdTimers();
    for (const [times, wait] of [5000, 15_000, 60_000].entries()) {
      vi.advanceTimersByTime(50_000);
      voices.line.events.left('lost');
      vi.advanceTimersByTime(wait);
      expect(voices.lines).toHaveLength(times + 2);
      voices.line.events.ready();
      expect(voices.line.isSounding).toBe(true);
    }
    voices.line.events.left('lost');
    vi.useRealTimers();
    await shows(ended.lost);
    expect(voices.lines).toHaveLength(4);
  });

  it('start to count again after a minute in the channel', async () => {
    await playing();
    holdTimers();
    for (let times = 1; times <= 5; times++) {
      voices.line.events.left('lost');
      vi.advanceTimersByTime(5000);
      expect(voices.lines).toHaveLength(times + 1);
      voices.line.events.ready();
      expect(voices.line.isSounding).toBe(true);
      vi.advanceTimersByTime(60_000);
    }
  });

  it('continue the piece after a lost connection', async () => {
    await playing();
    const before = /seed `(\d+)`/.exec((await poll(/seed `\d+`/)).content)![1];
    holdTimers();
    voices.line.events.left('lost');
    vi.advanceTimersByTime(5000);
    vi.useRealTimers();
    voices.line.events.ready();
    await expect.poll(() => voices.line.queue.length).toBeGreaterThan(0);
    voices.line.events.begun(voices.line.queue.shift()!.id);
    await expect.poll(() => /seed `(\d+)`/.exec(players().at(-1)!.content)?.[1]).toBe(before);
  });

  it.each([
    // If somebody had disconnected it, Discord's gateway would have said so.
    ['kicked', 'lost'],
    ['no-answer', 'no-answer'],
    ['no-encryption', 'no-encryption'],
    ['ended', 'ended'],
  ] as const)('do not join again when that is pointless (%s), and say why', async (reason, said) => {
    await playing();
    voices.line.events.left(reason);
    await shows(ended[said]);
    expect(voices.lines).toHaveLength(1);
  });

  it('post their message anew after an hour, and delete the old one', async () => {
    await playing();
    const old = await poll(/seed `\d+`/);
    expect(players()).toHaveLength(1);
    const nowMs = performance.now() + 3600_001;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const job = await bot.music.nextJob();
    job.finish(fakeComposition({ request: job.request, key: undefined }));
    await discord.until(() => players().length === 1 && players()[0]!.id !== old.id, 'another message');
    expect(players()[0]!.attachments).toHaveLength(1);
    expect(players()[0]!.buttons.length).toBeGreaterThan(0);
  });

  it('delete the message of the hour before, though the new one could not be posted at first', async () => {
    await playing();
    const old = await poll(/seed `\d+`/);
    discord.faults.plan(
      'POST /channels/{channel_id}/messages',
      { status: 400, body: { code: 0, message: 'not now' } },
      1,
    );
    const nowMs = performance.now() + 3600_001;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const job = await bot.music.nextJob();
    job.finish(fakeComposition({ request: job.request, key: undefined }));
    await expect.poll(() => bot.log.all("the radio's message was not shown")).toHaveLength(1);
    clock.mockRestore();
    expect(players().map(({ id }) => id)).toEqual([old.id]);
    await say(ann, 'radio stop');
    await shows(ended.stopped(`<@${ann.id}>`));
    await expect.poll(() => players()).toHaveLength(1);
    expect(players()[0]!.id).not.toBe(old.id);
  });

  it('play softly at first, and later as the server was told, up to a limit', async () => {
    await playing();
    expect(voices.line.lufs).toBe(-23);
    await expect(ann.slash('radio volume', { percent: 201 })).rejects.toThrow();
    await say(ann, 'radio volume', { percent: 200 });
    expect(voices.line.lufs).toBeCloseTo(-17, 1);
    await say(ann, 'radio volume', { percent: 50 });
    expect(voices.line.lufs).toBeCloseTo(-29, 1);
    await say(ann, 'radio stop');
    await say(ann, 'radio start');
    expect(voices.lines).toHaveLength(2);
    expect(voices.line.lufs).toBeCloseTo(-29, 1);
  });

  it('play by the hour of the server, where asked', async () => {
    const mood = (zone: string): string => moodAt(Math.floor(minuteIn(zone, Date.now()) / 60));
    const timeZone = timeZones.find((zone) => mood(zone) !== mood('UTC'))!;
    await bot.settings.update(discord.guild.id, (before) => ({ ...before, radio: { timeZone } }));
    const before = mood(timeZone);
    await playing({ 'by-hour': true });
    const { request } = await bot.music.nextJob();
    // The hour may just have changed.
    expect([[before], [mood(timeZone)]]).toContainEqual(request.mood);
  });

  it('have figures, which outlast them', async () => {
    await playing();
    voices.line.figures = { sent: 700, gaps: 2, starved: 1 };
    const seen = { listeners: 1, pieces: 1, packets: 700, gaps: 2, starved: 1 };
    await expect.poll(() => bot.radios!.figures).toEqual({ playing: 1, ...seen });
    const surroundings = { connected: true, trained: undefined, workers: undefined };
    const text = await new Metrics().format({ ...surroundings, radios: bot.radios!.figures });
    for (const [figure, value] of Object.entries(seen)) {
      expect(text).toContain(`musical_ai_radio{figure="${figure}"} ${value}\n`);
    }
    expect(text).toContain('musical_ai_radio{figure="playing"} 1\n');
    await say(ann, 'radio stop');
    expect(bot.radios!.figures).toEqual({ playing: 0, ...seen, listeners: 0 });
  });
});

describe('a radio beside another bot', () => {
  it('plays to people, and says that both may be heard', async () => {
    await playing();
    const other = discord.user({ name: 'Jukebox', isBot: true });
    const speaker = await other.joinVoice(lounge);
    const sentence = english.radio.otherBots(`<@${other.id}>`);
    await shows(sentence);
    expect(voices.line.isSounding).toBe(true);
    speaker.leave();
    await expect.poll(() => players().at(-1)?.content).not.toContain(sentence);
  });

  it('falls silent and leaves when nobody else is there', async () => {
    await playing();
    const other = discord.user({ name: 'Jukebox', isBot: true });
    await other.joinVoice(lounge);
    await shows(english.radio.otherBots(`<@${other.id}>`));
    holdTimers();
    ears.leave();
    await arrival(() => !voices.line.isSounding);
    vi.advanceTimersByTime(aloneMs);
    expect(voices.line.hasLeft).toBe(true);
    vi.useRealTimers();
    await shows(ended.alone);
  });

  it('counts only people when they vote', async () => {
    await playing();
    for (const name of ['Jukebox', 'Turntable']) await discord.user({ name, isBot: true }).joinVoice(lounge);
    expect(await say(ann, 'radio skip')).toBe(english.radio.skipping);
    expect(voices.line.fades).toHaveLength(1);
  });

  it('does not start for a bot, but does for a person whom a bot joined first', async () => {
    lounge = discord.addVoiceChannel(discord.guild, 'lounge');
    await discord.user({ name: 'Jukebox', isBot: true }).joinVoice(lounge);
    ann = discord.user({ name: 'Ann' });
    expect(await say(ann, 'radio start')).toBe(inEnglish('radio.not-in-voice'));
    ears = await ann.joinVoice(lounge);
    expect(await say(ann, 'radio start')).toContain(`<#${lounge.id}>`);
    await begin();
    await expect.poll(() => voices.line.isSounding).toBe(true);
  });
});

describe('a radio that ends at a time', () => {
  it('fades out then, leaves, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    await playing({ until: '1h' });
    expect(voices.line.fades).toEqual([]);
    vi.advanceTimersByTime(3600_000 + 20_000);
    expect(voices.line.fades).toEqual([5]);
    expect(voices.line.hasLeft).toBe(false);
    vi.advanceTimersByTime(5000);
    expect(voices.line.hasLeft).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(voices.line.hasLeft).toBe(true);
    vi.useRealTimers();
    await shows(ended.until);
  });
});

describe('a radio that plays around the clock', () => {
  it('stays while nobody listens, silent, and goes on when somebody comes', async () => {
    await playing({ stay: true }, { permissions: PermissionFlagsBits.ManageGuild });
    await poll(/seed `\d+`/);
    holdTimers();
    ears.leave();
    await arrival(() => !voices.line.isSounding);
    vi.advanceTimersByTime(24 * 3600_000);
    expect(voices.line.hasLeft).toBe(false);
    expect(voices.line.isSounding).toBe(false);
    vi.useRealTimers();
    await shows(english.radio.paused);
    const bob = await discord.user({ name: 'Bob' }).joinVoice(lounge);
    await expect.poll(() => voices.line.isSounding).toBe(true);
    await expect.poll(() => players().at(-1)?.content).not.toContain(english.radio.paused);
    expect(voices.lines).toHaveLength(1);
    bob.leave();
  });

  it.each([
    ['once its time is over', { untilMs: Date.now() - 1000 }],
    ['once its channel is gone', { channel: '1' }],
  ])('is not opened again %s', async (_, stay) => {
    lounge = discord.addVoiceChannel(discord.guild, 'lounge');
    await expect.poll(() => bot.client.guilds.cache.first()!.channels.cache.has(lounge.id)).toBe(true);
    const usual = {
      ...{ channel: lounge.id, textChannel: discord.channel.id, startedBy: '2', language: 'en' as const },
      ...{ wishes: {}, isByHour: false, untilMs: Date.now() + 3600_000 },
    };
    const opened = async (of: typeof usual): Promise<boolean> => {
      await bot.settings.update(discord.guild.id, (before) => ({ ...before, radio: { stay: of } }));
      bot.client.emit(Events.GuildAvailable, bot.client.guilds.cache.get(discord.guild.id)!);
      await expect
        .poll(async () => voices.lines.length > 0 || !(await bot.settings.read(discord.guild.id)).radio?.stay)
        .toBe(true);
      return voices.lines.length > 0;
    };
    expect(await opened({ ...usual, ...stay })).toBe(false);
    expect(await opened(usual)).toBe(true);
  });

  it('ends when somebody disconnects it, also for the next start', async () => {
    await playing({ stay: true }, { permissions: PermissionFlagsBits.ManageGuild });
    const kept = async (): Promise<object | undefined> =>
      (await bot.settings.read(discord.guild.id)).radio?.stay;
    await expect.poll(kept).toBeDefined();
    await discord.voice.disconnectBot(discord.guild);
    await shows(ended.kicked);
    await expect.poll(kept).toBeUndefined();
  });
});

it('the picture of a piece speaks the language of the message', async () => {
  await playing({}, { locale: Locale.German });
  const { request, options } = await bot.music.nextJob();
  expect(options.words).toEqual(rollWordsFor(german, request));
  expect(players().at(-1)!.content).toContain('Lautstärke');
});

describe('a radio on a stage', () => {
  const { MuteMembers, RequestToSpeak, Administrator, Speak } = PermissionFlagsBits;

  /** Starts a radio there. @param without the bot's permissions that are missing */
  async function onStage(without: bigint): Promise<string> {
    lounge = discord.addVoiceChannel(discord.guild, 'hall', { isStage: true });
    discord.permit(lounge, (lounge.appPermissions | MuteMembers) & ~(without | Administrator));
    ann = discord.user({ name: 'Ann' });
    ears = await ann.joinVoice(lounge);
    return say(ann, 'radio start');
  }

  const botState = (): VoiceState | undefined => discord.voice.states.of(bot.client.user.id, discord.guild);

  it('becomes a speaker where it may', async () => {
    expect(await onStage(Speak)).toContain(`<#${lounge.id}>`);
    await begin();
    await expect.poll(() => botState()?.suppress).toBe(false);
    await expect.poll(() => voices.line.isSounding).toBe(true);
  });

  it('asks to speak where it may only ask, and says that it waits; then plays', async () => {
    await onStage(MuteMembers);
    await begin();
    await expect.poll(() => botState()?.requestToSpeak).toEqual(expect.any(String));
    await shows(english.radio.silenced);
    expect(voices.line.isSounding).toBe(false);
    discord.voice.letBotSpeak(discord.guild);
    await expect.poll(() => voices.line.isSounding).toBe(true);
    await expect.poll(() => players().at(-1)?.content).not.toContain(english.radio.silenced);
  });

  it('is refused where it may do neither', async () => {
    const missing = ['RequestToSpeak'];
    expect(await onStage(MuteMembers | RequestToSpeak)).toBe(
      inEnglish('bot.channel-permissions', { channel: `<#${lounge.id}>`, missing }),
    );
    expect(voices.lines).toEqual([]);
  });
});

it('a radio that a moderator mutes falls silent, says so, and goes on', async () => {
  await playing();
  discord.voice.muteBot(discord.guild);
  await expect.poll(() => voices.line.isSounding).toBe(false);
  await shows(english.radio.silenced);
  discord.voice.muteBot(discord.guild, false);
  await expect.poll(() => voices.line.isSounding).toBe(true);
});

describe('the status line of a voice channel', () => {
  it('says what plays where the bot may set it, and is cleared in the end', async () => {
    lounge = discord.addVoiceChannel(discord.guild, 'lounge');
    discord.permit(lounge, lounge.appPermissions | PermissionFlagsBits.SetVoiceChannelStatus);
    ann = discord.user({ name: 'Ann' });
    ears = await ann.joinVoice(lounge);
    await say(ann, 'radio start');
    await begin();
    await expect.poll(() => lounge.voice.status).toMatch(/^📻 ./);
    await say(ann, 'radio stop');
    await expect.poll(() => lounge.voice.status).toBeNull();
    await expect.poll(() => voices.line.hasLeft).toBe(true);
  });

  it('is left alone where it may not', async () => {
    await playing();
    await poll(/seed `\d+`/);
    expect(lounge.voice.status).toBeNull();
    expect(discord.requests.filter(({ path }) => path.includes('voice-status'))).toEqual([]);
  });
});

/** The radio's message, once its text matches. */
async function poll(pattern: RegExp): Promise<ShownMessage> {
  await expect.poll(() => players().at(-1)?.content).toMatch(pattern);
  return players().at(-1)!;
}
