import { VoiceEncryptionMode } from 'discord-api-types/voice/v8';
import { describe, expect, it } from 'vitest';
import { withConcert } from './concert.js';
import type { Listener } from './listener.js';

/** Nothing is wrong, except what was in transit before they had keys. */
function expectPerfect(listener: Listener): void {
  const { lost, outOfOrder, wrongTimestamps } = listener.hearing();
  expect({ lost, outOfOrder, wrongTimestamps }).toEqual({ lost: 0, outOfOrder: 0, wrongTimestamps: 0 });
  const first = listener.frames.findIndex(
    ({ kind, failure }) => kind === 'encrypted' && failure === undefined,
  );
  expect(first).toBeGreaterThanOrEqual(0);
  expect(listener.hearing(first).failures).toEqual([]);
}

describe.concurrent('what a bot plays', () => {
  it('is heard, encrypted from end to end, each frame in its turn', () =>
    withConcert(async ({ discord, speaker, ann }) => {
      speaker.play();
      await ann.hears(40);
      speaker.pause();
      await discord.until(() => ann.frames.length === speaker.played, 'the last frame');
      expectPerfect(ann);
      const { encrypted, plain, heard } = ann.hearing();
      expect(encrypted + plain).toBe(speaker.played);
      expect(encrypted).toBeGreaterThan(0);
      expect(heard).toBe(speaker.played);
      const pcm = ann.pcm();
      expect(pcm.length).toBe(speaker.played * 960 * 2);
      // A tone of 440 Hz crosses zero 880 times per second.
      const left = pcm.filter((_, index) => index % 2 === 0).subarray(9600, 19_200);
      const crossings = left.filter((sample, index) => sample >= 0 !== (left[index - 1] ?? 0) >= 0).length;
      expect(crossings).toBeGreaterThan(165);
      expect(crossings).toBeLessThan(187);
    }));

  it.each([VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize, VoiceEncryptionMode.AeadAes256GcmRtpSize])(
    'is heard where the server offers nothing but %s',
    (mode) =>
      withConcert(
        async ({ speaker, ann }) => {
          speaker.play();
          await ann.hears(10);
          expectPerfect(ann);
        },
        { prepare: ({ voice }) => void (voice.faults.modes = [mode]) },
      ),
  );

  it('is heard by who comes, from their first key on, and by who stays', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      speaker.play();
      const others: Listener[] = [];
      for (const name of ['Ben', 'Cem', 'Dora']) {
        const listener = await discord.user({ name }).joinVoice(channel);
        others.push(listener);
        await discord.until(
          () => listener.hearing().encrypted > listener.hearing().failures.length + 3,
          name,
        );
      }
      const [ben, cem, dora] = others;
      const heardByBen = ben!.frames.length;
      ben!.leave();
      cem!.leave();
      await dora!.hears(15);
      expect(ben!.frames).toHaveLength(heardByBen);
      for (const listener of [ann, ...others]) expectPerfect(listener);
      expect(ann.hearing().failures).toEqual([]);
    }));

  it('is heard again by who comes back, and by the next when the first have left', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      speaker.play();
      await ann.hears(5);
      ann.leave();
      const ben = await discord.user({ name: 'Ben' }).joinVoice(channel);
      await discord.until(() => ben.hasKeys, 'keys for Ben');
      await ben.hears(5);
      const before = ann.frames.length;
      ann.moveTo(channel);
      await discord.until(() => ann.hasKeys, 'keys for Ann');
      await ann.hears(5);
      ben.leave();
      await ann.hears(5);
      expect(ann.hearing(before).plain).toBe(0);
      expectPerfect(ben);
    }));

  it('is not heard by the deaf, in other channels, or of a bot that is muted', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      const elsewhere = discord.addVoiceChannel(discord.guild, 'elsewhere');
      const ben = await discord.user({ name: 'Ben' }).joinVoice(elsewhere);
      speaker.play();
      await ann.hears(3);
      ann.deafen();
      const before = ann.frames.length;
      const { played } = speaker;
      await discord.until(() => speaker.played > played + 5, 'more frames');
      expect(ann.frames).toHaveLength(before);
      ann.deafen(false);
      await ann.hears(3);

      discord.voice.muteBot(channel.guild);
      await discord.until(() => speaker.played > played + 20, 'more frames');
      const afterwards = ann.frames.length;
      await discord.until(() => speaker.played > played + 30, 'more frames');
      expect(ann.frames).toHaveLength(afterwards);
      discord.voice.muteBot(channel.guild, false);
      await ann.hears(3);
      expect(ben.frames).toEqual([]);
    }));

  it('is in the clear on a stage, and heard once the bot has been let up', () =>
    withConcert(
      async ({ discord, bot, speaker, ann }) => {
        const { me } = bot.client.guilds.cache.first()!.members;
        await discord.until(() => me?.voice.suppress === true, 'a bot that may only listen');
        speaker.play();
        await discord.until(() => speaker.played > 5, 'frames that nobody hears');
        expect(ann.frames).toEqual([]);
        discord.voice.letBotSpeak(discord.guild);
        await ann.hears(5);
        expect(ann.hearing().plain).toBe(ann.frames.length);
        expect(me?.voice.suppress).toBe(false);
      },
      { isStage: true },
    ));
});
