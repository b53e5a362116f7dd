import { ChannelType, GatewayIntentBits, GatewayOpcodes, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, type TestBot } from '../bot.js';
import { LocalDiscord } from '../local-discord.js';
import { everyone, type VoiceChannel } from '../places.js';
import { rawCall } from '../raw-call.js';
import { ClientRefusal } from '../refusal.js';
import { voiceIntents } from './concert.js';

interface Scene {
  readonly discord: LocalDiscord;
  readonly channel: VoiceChannel;
  bot: TestBot;
}

async function withBot(
  play: (scene: Scene) => Promise<void>,
  traits: { readonly isStage?: boolean; readonly userLimit?: number } = {},
): Promise<void> {
  const discord = await LocalDiscord.start();
  const channel = discord.addVoiceChannel(discord.guild, 'concert', traits);
  const scene = { discord, channel, bot: await startBot(discord, undefined, { intents: voiceIntents }) };
  try {
    await play(scene);
    expect(scene.bot.errors).toEqual([]);
  } finally {
    await scene.bot.stop();
    await discord.stop();
  }
}

/** Sends op 4, as every library does. */
function ask({ client }: TestBot, { id, guild }: VoiceChannel, isLeaving = false): void {
  client.guilds.cache.get(guild.id)!.shard.send({
    op: GatewayOpcodes.VoiceStateUpdate,
    d: { guild_id: guild.id, channel_id: isLeaving ? null : id, self_mute: false, self_deaf: true },
  });
}

const placeOf = ({ client }: TestBot): string | null | undefined =>
  client.guilds.cache.first()!.members.me?.voice.channelId;

/** Waits until the bot has received all earlier events. */
async function heardAll({ discord, bot }: Scene): Promise<void> {
  const seen = new Promise((resolve) => bot.client.once('roleCreate', resolve));
  discord.addRole(discord.guild, 'mark');
  await seen;
}

describe.concurrent('who is in voice', () => {
  it('a bot learns when it connects, with the intent for it', async () => {
    const discord = await LocalDiscord.start();
    const channel = discord.addVoiceChannel(discord.guild, 'concert', { userLimit: 7 });
    const stage = discord.addVoiceChannel(discord.guild, 'stage', { isStage: true });
    const user = discord.user({ name: 'Ann' });
    const ann = await user.joinVoice(channel);
    ann.mute();
    const [knowing, blind] = await Promise.all(
      [voiceIntents, [GatewayIntentBits.Guilds]].map((intents) => startBot(discord, undefined, { intents })),
    );
    try {
      const { channels, voiceStates } = knowing!.client.guilds.cache.first()!;
      expect(channels.cache.get(channel.id)).toMatchObject({ type: ChannelType.GuildVoice, userLimit: 7 });
      expect(channels.cache.get(stage.id)).toMatchObject({ type: ChannelType.GuildStageVoice });
      const state = voiceStates.cache.get(user.id);
      expect(state).toMatchObject({ channelId: channel.id, selfMute: true, selfDeaf: false });
      expect(state?.member?.displayName).toBe('Ann');
      const { voiceStates: unknown } = blind!.client.guilds.cache.first()!;
      expect(unknown.cache.size).toBe(0);
      ann.leave();
      await discord.until(() => voiceStates.cache.get(user.id)?.channelId == null, 'Ann to be gone');
    } finally {
      await knowing!.stop();
      await blind!.stop();
      await discord.stop();
    }
  });

  it('a bot is told as people come, go and change', () =>
    withBot(async ({ discord, channel, bot }) => {
      const { voiceStates } = bot.client.guilds.cache.first()!;
      const user = discord.user({ name: 'Ben' });
      const state = (): string => {
        const found = voiceStates.cache.get(user.id);
        return `${found?.channelId ?? 'nowhere'} ${found?.selfDeaf === true ? 'deaf' : ''}`.trim();
      };
      const elsewhere = discord.addVoiceChannel(discord.guild, 'elsewhere');
      const ben = await user.joinVoice(channel);
      await discord.until(() => state() === channel.id, 'Ben');
      ben.deafen();
      await discord.until(() => state() === `${channel.id} deaf`, 'Ben to be deaf');
      ben.moveTo(elsewhere);
      await discord.until(() => state().startsWith(elsewhere.id), 'Ben to have moved');
      ben.leave();
      await discord.until(() => state().startsWith('nowhere'), 'Ben to be gone');
    }));

  it('a person cannot join what is full, or without the permission', () =>
    withBot(
      async ({ discord, channel }) => {
        const shy = discord.user({ lacks: PermissionFlagsBits.Connect });
        await expect(shy.joinVoice(channel)).rejects.toThrow(ClientRefusal);
        await expect(discord.user().joinVoice(discord.channel)).rejects.toThrow(ClientRefusal);
        await discord.user().joinVoice(channel);
        await expect(discord.user().joinVoice(channel)).rejects.toThrow(ClientRefusal);
        const moderator = discord.user({ permissions: PermissionFlagsBits.MoveMembers });
        await moderator.joinVoice(channel);
        expect(discord.voice.states.in(channel)).toHaveLength(2);
      },
      { userLimit: 1 },
    ));
});

describe.concurrent('a bot that asks to join', () => {
  it('is told where it is, and goes when it leaves', () =>
    withBot(async ({ discord, channel, bot }) => {
      ask(bot, channel);
      await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
      expect(discord.voice.channelOfBot(discord.guild)).toBe(channel);
      ask(bot, channel, true);
      await discord.until(() => placeOf(bot) === null, 'the bot to be gone');
      expect(discord.voice.channelOfBot(discord.guild)).toBeUndefined();
    }));

  it('is not answered where the channel is full, or it may not connect', () =>
    withBot(
      async (scene) => {
        const { discord, channel, bot } = scene;
        const ann = await discord.user().joinVoice(channel);
        ask(bot, channel);
        await heardAll(scene);
        expect(placeOf(bot)).toBeNull();
        ann.leave();
        discord.permit(channel, everyone & ~PermissionFlagsBits.Connect);
        await discord.until(() => {
          const seen = bot.client.channels.cache.get(channel.id);
          return seen?.type === ChannelType.GuildVoice && !seen.joinable;
        }, 'the bot to know');
        ask(bot, channel);
        await heardAll(scene);
        expect(placeOf(bot)).toBeNull();
        discord.permit(channel, everyone);
        ask(bot, channel);
        await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
      },
      { userLimit: 1 },
    ));

  it('is in no channel any more when its gateway session ends, but is when it can be resumed', () =>
    withBot(async (scene) => {
      const { discord, channel, bot } = scene;
      ask(bot, channel);
      await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
      discord.gateway.drop();
      expect(discord.voice.channelOfBot(discord.guild)).toBe(channel);
      await discord.waitForReady();
      await bot.stop();
      await discord.until(() => discord.voice.channelOfBot(discord.guild) === undefined, 'an empty channel');
      scene.bot = await startBot(discord, undefined, { intents: voiceIntents });
    }));
});

describe.concurrent('over REST, a bot', () => {
  const route = (method: string, { guild }: VoiceChannel): string =>
    `${method} /guilds/${guild.id}/voice-states/@me`;

  it('asks to speak on a stage, and unmutes itself where it may', () =>
    withBot(
      async ({ discord, channel, bot }) => {
        expect((await rawCall(discord, route('GET', channel))).code).toBe(10_065);
        ask(bot, channel);
        await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
        const me = bot.client.guilds.cache.first()!.members.me!.voice;
        expect(me.suppress).toBe(true);
        await expect(me.setSuppressed(false)).rejects.toMatchObject({ code: 50_013 });
        await me.setRequestToSpeak(true);
        await discord.until(() => me.requestToSpeakTimestamp !== null, 'a raised hand');
        discord.voice.letBotSpeak(discord.guild);
        await discord.until(() => !me.suppress, 'the bot to speak');
        expect(me.requestToSpeakTimestamp).toBeNull();
        await me.setSuppressed(true);
        discord.permit(channel, everyone | PermissionFlagsBits.MuteMembers);
        await me.setSuppressed(false);
        const { status, body } = await rawCall(discord, route('GET', channel));
        expect(status).toBe(200);
        expect(body).toMatchObject({ suppress: false, channel_id: channel.id });
        expect(discord.violations.filter(({ source }) => source === 'openapi')).toEqual([]);
      },
      { isStage: true },
    ));

  it('cannot ask to speak where there is no stage', () =>
    withBot(async ({ discord, channel, bot }) => {
      ask(bot, channel);
      await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
      expect((await rawCall(discord, route('PATCH', channel), { suppress: false })).code).toBe(50_024);
    }));

  it('sets the line below a channel with the permission, from outside only as who manages it', () =>
    withBot(async ({ discord, channel, bot }) => {
      const { SetVoiceChannelStatus, ManageChannels } = PermissionFlagsBits;
      discord.settings.routeRateLimit = { limit: 50, windowMs: 5000 };
      const put = (status: unknown, where = channel.id): ReturnType<typeof rawCall> =>
        rawCall(discord, `PUT /channels/${where}/voice-status`, { status });
      expect((await put('A waltz')).code).toBe(50_013);
      discord.permit(channel, everyone | SetVoiceChannelStatus);
      expect((await put('A waltz')).code).toBe(50_013);
      ask(bot, channel);
      await discord.until(() => placeOf(bot) === channel.id, 'the bot to be there');
      expect((await put('A waltz')).status).toBe(204);
      expect(channel.voice.status).toBe('A waltz');
      expect((await put('x'.repeat(501))).wrong).toEqual(['status']);
      expect((await put(null)).status).toBe(204);
      expect(channel.voice.status).toBeNull();
      expect((await put('A waltz', discord.channel.id)).code).toBe(50_024);
      ask(bot, channel, true);
      await discord.until(() => placeOf(bot) === null, 'the bot to be gone');
      discord.permit(channel, everyone | SetVoiceChannelStatus | ManageChannels);
      expect((await put('A tango')).status).toBe(204);
    }));
});
