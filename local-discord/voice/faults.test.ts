import { entersState, VoiceConnectionDisconnectReason, VoiceConnectionStatus } from '@discordjs/voice';
import { VoiceCloseCodes } from 'discord-api-types/voice/v8';
import { describe, expect, it } from 'vitest';
import { patienceMs } from '../feed.js';
import { nextAtServer, ready, withConcert } from './concert.js';

describe.concurrent('a voice connection', () => {
  it.each([VoiceCloseCodes.VoiceServerCrashed, undefined])('that breaks (%s) is resumed', (code) =>
    withConcert(async ({ discord, speaker, ann }) => {
      speaker.play();
      await ann.hears(5);
      const resumed = nextAtServer(discord, 'resumed');
      await discord.voice.drop(code);
      await resumed;
      await ann.hears(5);
      const { streams, lost, wrongTimestamps, failures } = ann.hearing();
      expect({ streams, lost, wrongTimestamps, failures }).toEqual({
        streams: 1,
        lost: 0,
        wrongTimestamps: 0,
        failures: [],
      });
    }),
  );

  it('is told after it is resumed what it has missed', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      speaker.play();
      await ann.hears(3);
      const resumed = nextAtServer(discord, 'resumed');
      await discord.voice.drop();
      const ben = await discord.user({ name: 'Ben' }).joinVoice(channel);
      await resumed;
      await discord.until(() => ben.hasKeys, 'keys for Ben');
      await ben.hears(3);
      expect(ann.hearing().failures).toEqual([]);
    }));

  it('that is no longer valid (4006) is made anew', () =>
    withConcert(async ({ discord, speaker, ann }) => {
      speaker.play();
      await ann.hears(5);
      await discord.voice.drop(VoiceCloseCodes.SessionNoLongerValid);
      await discord.until(() => ann.hearing().streams === 2, 'a second stream');
      await ann.hears(5);
      const { lost, wrongTimestamps } = ann.hearing();
      expect({ lost, wrongTimestamps }).toEqual({ lost: 0, wrongTimestamps: 0 });
      expect(ann.hearing(ann.frames.length - 5).failures).toEqual([]);
    }));

  it('follows a bot that is moved, or whose server changes', () =>
    withConcert(async ({ discord, bot, channel, speaker, ann }) => {
      const elsewhere = discord.addVoiceChannel(channel.guild, 'elsewhere');
      const ben = await discord.user({ name: 'Ben' }).joinVoice(elsewhere);
      speaker.play();
      await ann.hears(3);
      await discord.voice.moveBot(elsewhere);
      await ben.hears(5);
      expect(discord.voice.channelOfBot(channel.guild)).toBe(elsewhere);
      const heardByAnn = ann.frames.length;
      const identified = nextAtServer(discord, 'identified');
      await discord.voice.changeServer(channel.guild);
      await identified;
      await discord.until(() => ben.hearing().streams === 2, 'a second stream');
      expect(ann.frames).toHaveLength(heardByAnn);
      expect(bot.client.guilds.cache.first()!.members.me?.voice.channelId).toBe(elsewhere.id);
    }));

  it('ends when a moderator disconnects the bot (4014)', () =>
    withConcert(async ({ discord, bot, channel, speaker, ann }) => {
      await discord.voice.disconnectBot(channel.guild);
      const { connection } = speaker;
      await entersState(connection, VoiceConnectionStatus.Disconnected, patienceMs);
      expect(connection.state).toMatchObject({
        reason: VoiceConnectionDisconnectReason.WebSocketClose,
        closeCode: VoiceCloseCodes.Disconnected,
      });
      const { me } = bot.client.guilds.cache.first()!.members;
      await discord.until(() => me?.voice.channelId === null, 'a bot that knows');
      expect(discord.voice.channelOfBot(channel.guild)).toBeUndefined();
      expect(ann.frames).toEqual([]);
    }));

  // Two of these codes forbid further attempts; this version of the library makes them anyway.
  it.each([
    VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired,
    VoiceCloseCodes.RateLimited,
    VoiceCloseCodes.CallTerminated,
  ])('that is refused (%i) is tried again until it is let in', (code) =>
    withConcert(async ({ discord, speaker, ann }) => {
      discord.voice.faults.refusals = [code, code];
      const identified = nextAtServer(discord, 'identified');
      await discord.voice.drop(code);
      await identified;
      expect(discord.voice.faults.refusals).toEqual([]);
      await ready(speaker);
      speaker.play();
      await ann.hears(1);
    }),
  );

  it('has no server while none is allocated', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      discord.voice.faults.allocates = false;
      await discord.voice.changeServer(channel.guild);
      await entersState(speaker.connection, VoiceConnectionStatus.Disconnected, patienceMs);
      discord.voice.faults.allocates = true;
      await discord.voice.changeServer(channel.guild);
      await ready(speaker);
      speaker.play();
      await ann.hears(1);
    }));

  it('is given up when the server does not acknowledge heartbeats', () =>
    withConcert(
      async ({ discord, speaker }) => {
        discord.voice.faults.acknowledgesHeartbeats = false;
        await nextAtServer(discord, 'resumed');
        discord.voice.faults.acknowledgesHeartbeats = true;
        await ready(speaker);
      },
      { prepare: ({ voice }) => void (voice.heartbeatIntervalMs = 50) },
    ));

  it('works with a slow host, only later', () =>
    withConcert(
      async ({ speaker, ann }) => {
        speaker.play();
        await ann.hears(5);
        expect(ann.hearing().lost).toBe(0);
      },
      { prepare: ({ voice }) => void (voice.faults.delayMs = 100) },
    ));

  it('that gets a damaged commit asks to be added anew', () =>
    withConcert(async ({ discord, channel, speaker, ann }) => {
      speaker.play();
      await ann.hears(3);
      discord.voice.faults.damagedCommits = 1;
      const ben = await discord.user({ name: 'Ben' }).joinVoice(channel);
      await discord.until(() => ben.hasKeys, 'keys for Ben');
      const before = ann.frames.length;
      for (const [listener, from] of [
        [ann, before],
        [ben, 0],
      ] as const) {
        await discord.until(() => {
          const { encrypted, failures } = listener.hearing(from);
          return encrypted > failures.length;
        }, 'a frame that is encrypted and heard');
      }
      expect(discord.voice.faults.damagedCommits).toBe(0);
    }));

  it('ends where the channel is deleted (4022)', () =>
    withConcert(async ({ discord, bot, channel, speaker, ann }) => {
      const closed = nextAtServer(discord, 'closed');
      await discord.voice.deleteChannel(channel);
      expect(await closed).toMatchObject({ code: VoiceCloseCodes.CallTerminated });
      await discord.until(() => !bot.client.channels.cache.has(channel.id), 'a bot that knows');
      expect(discord.voice.states.in(channel)).toEqual([]);
      expect(ann.frames).toEqual([]);
      speaker.stop();
    }));

  it('loses what the network loses, and nothing else', () =>
    withConcert(async ({ discord, speaker, ann }) => {
      let packets = 0;
      discord.voice.faults.loses = () => {
        packets += 1;
        return packets % 5 === 4;
      };
      for (let frame = 0; frame < 20; frame += 1) speaker.playFrame();
      await discord.until(() => packets === 20, 'all packets');
      const { lost, heard, wrongTimestamps, failures } = ann.hearing();
      expect({ lost, heard, wrongTimestamps, failures }).toEqual({
        lost: 4,
        heard: 16,
        wrongTimestamps: 0,
        failures: [],
      });
      // Missing frames are replaced by silence.
      expect(ann.pcm().length).toBe(20 * 960 * 2);
    }));
});
