import { VoiceCloseCodes, VoiceEncryptionMode } from 'discord-api-types/voice/v8';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateFile } from '../../local-discord/voice/certificate.js';
import { VoiceFaults } from '../../local-discord/voice/voice-faults.js';
import type { Hearing } from '../../local-discord/voice/heard.js';
import type { Listener } from '../../local-discord/voice/listener.js';
import type { VoiceChannel } from '../../local-discord/places.js';
import type { LocalUser } from '../../local-discord/user.js';
import { english } from '../../src/i18n/en/english.js';
import { Stage } from './bot-process.js';

const stage = new Stage({ VOICE: 'on', RADIOS: '1', NODE_EXTRA_CA_CERTS: certificateFile });
const { ended } = english.radio;
let lounge: VoiceChannel;
let ann: LocalUser;
let ears: Listener;
let rooms = 0;

/** Each fault meets a radio of its own, in a channel of its own. */
beforeEach(async () => {
  const { discord } = stage;
  lounge = discord.addVoiceChannel(discord.guild, `lounge ${(rooms += 1)}`);
  ann = discord.user({ name: 'Ann' });
  ears = await ann.joinVoice(lounge);
});

afterEach(async () => {
  const { voice, guild } = stage.discord;
  Object.assign(voice.faults, new VoiceFaults());
  await ann.slash('radio stop');
  ears.leave();
  await expect.poll(() => voice.channelOfBot(guild)).toBeUndefined();
});

afterAll(() => {
  expect(stage.bot.complaints).toBe('');
  expect(stage.bot.log.all('something went wrong in a voice channel')).toEqual([]);
  expect(stage.discord.voice.problems).toEqual([]);
});

async function start(): Promise<void> {
  await (await ann.slash('radio start')).answered();
}

/** A radio that is heard. */
async function playing(): Promise<void> {
  await start();
  await ears.hears(50);
}

/** The end of the radio's message. */
async function says(sentence: string): Promise<void> {
  const { discord } = stage;
  await expect
    .poll(() => discord.messages().findLast(({ content }) => content.includes('Radio'))?.content)
    .toContain(sentence);
}

/** What is wrong with what somebody heard. */
function flaws({ lost, outOfOrder, wrongTimestamps, failures, plain }: Hearing): object {
  return { lost, outOfOrder, wrongTimestamps, failures: failures.map(({ failure }) => failure), plain };
}
const flawless = { lost: 0, outOfOrder: 0, wrongTimestamps: 0, failures: [], plain: 0 };

describe('a radio', () => {
  it.each([VoiceCloseCodes.VoiceServerCrashed, undefined])(
    'is resumed after its connection broke (%s), and loses nothing that it sent',
    async (code) => {
      await playing();
      await stage.discord.voice.drop(code);
      await ears.hears(100);
      const hearing = ears.hearing();
      expect(flaws(hearing)).toEqual(flawless);
      expect(hearing.streams).toBe(1);
    },
  );

  it('identifies anew when its session is no longer valid (4006)', async () => {
    await playing();
    await stage.discord.voice.drop(VoiceCloseCodes.SessionNoLongerValid);
    await expect.poll(() => ears.hearing().streams).toBe(2);
    await ears.hears(100);
    expect(flaws(ears.hearing())).toEqual(flawless);
  });

  it('goes on when its server changes, as with another region', async () => {
    await playing();
    await stage.discord.voice.changeServer(stage.discord.guild);
    await expect.poll(() => ears.hearing().streams).toBe(2);
    await ears.hears(100);
    expect(flaws(ears.hearing())).toEqual(flawless);
  });

  it('waits for a server while none is allocated', async () => {
    await playing();
    const { voice, guild } = stage.discord;
    voice.faults.allocates = false;
    await voice.changeServer(guild);
    voice.faults.allocates = true;
    await voice.changeServer(guild);
    await expect.poll(() => ears.hearing().streams).toBe(2);
    await ears.hears(50);
    expect(flaws(ears.hearing())).toEqual(flawless);
  });

  it('is heard by everyone who comes, from their first keys on, whoever else goes', async () => {
    await playing();
    const { discord } = stage;
    const others = [];
    for (const name of ['Ben', 'Cleo', 'Dan']) {
      const listener = await discord.user({ name }).joinVoice(lounge);
      others.push(listener);
      await listener.hears(25);
    }
    for (const listener of others.slice(0, 2)) {
      listener.leave();
      await ears.hears(25);
    }
    expect(flaws(ears.hearing())).toEqual(flawless);
    for (const listener of others) {
      const { frames } = listener.hearing();
      const first = frames.findIndex(({ failure, kind }) => failure === undefined && kind === 'encrypted');
      // What was on its way before their keys cannot be decrypted.
      expect(first).toBeLessThan(25);
      expect(flaws(listener.hearing(first))).toEqual(flawless);
    }
  });

  it('goes on through lost packets', async () => {
    await playing();
    const from = ears.frames.length;
    stage.discord.voice.faults.loses = (packet) => packet % 5 === 0;
    await ears.hears(100);
    stage.discord.voice.faults.loses = () => false;
    const { lost, failures, wrongTimestamps, outOfOrder } = ears.hearing(from);
    expect({ failures, wrongTimestamps, outOfOrder }).toEqual({
      failures: [],
      wrongTimestamps: 0,
      outOfOrder: 0,
    });
    expect(lost).toBeGreaterThanOrEqual(20);
    expect(lost).toBeLessThanOrEqual(30);
  });

  it('starts and goes on with a slow host', async () => {
    stage.discord.voice.faults.delayMs = 300;
    await playing();
    await stage.discord.voice.drop(VoiceCloseCodes.VoiceServerCrashed);
    await ears.hears(50);
    expect(flaws(ears.hearing())).toEqual(flawless);
  });

  it('plays where only XChaCha20 is offered, as Discord may', async () => {
    stage.discord.voice.faults.modes = [VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize];
    await playing();
    expect(flaws(ears.hearing())).toEqual(flawless);
  });

  it('is still heard by everyone after it could not read a change of keys', async () => {
    await playing();
    stage.discord.voice.faults.damagedCommits = 1;
    const ben = await stage.discord.user({ name: 'Ben' }).joinVoice(lounge);
    await ben.hears(50);
    await ears.hears(50);
    expect(ears.hearing(ears.frames.length - 25).failures).toEqual([]);
    ben.leave();
  });

  it.each([
    [VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired, ended['no-encryption']],
    [VoiceCloseCodes.RateLimited, ended.ended],
    [VoiceCloseCodes.CallTerminated, ended.ended],
  ])('says so and does not try again when it is refused (%i)', async (code, sentence) => {
    const { faults } = stage.discord.voice;
    faults.refusals = [code, code];
    await start();
    await says(sentence);
    expect(faults.refusals).toEqual([code]);
  });

  it('stops and says so when somebody disconnects it (4014)', async () => {
    await playing();
    await stage.discord.voice.disconnectBot(stage.discord.guild);
    await says(ended.kicked);
    expect((await (await ann.slash('radio now')).answered()).content).toContain('No radio is playing');
  });

  it('goes on where somebody moves it', async () => {
    await playing();
    const { discord } = stage;
    const garden = discord.addVoiceChannel(discord.guild, 'garden');
    const others = await discord.user({ name: 'Eve' }).joinVoice(garden);
    await discord.voice.moveBot(garden);
    await others.hears(100);
    const { frames } = others.hearing();
    const first = frames.findIndex(({ failure }) => failure === undefined);
    expect(first).toBeLessThan(25);
    expect(flaws(others.hearing(first))).toEqual(flawless);
    others.leave();
  });

  it('stops when its channel is deleted', async () => {
    await playing();
    await stage.discord.voice.deleteChannel(lounge);
    await expect
      .poll(async () => (await (await ann.slash('radio now')).answered()).content)
      .toContain('No radio is playing');
    ears = await ann.joinVoice(stage.discord.addVoiceChannel(stage.discord.guild, 'new'));
  });
});
