import { Client, GatewayIntentBits, Partials, SlashCommandBuilder, type Message } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startBot, type TestBot } from './bot.js';
import { LocalDiscord, type StartOptions } from './local-discord.js';

const ping = new SlashCommandBuilder().setName('ping').setDescription('Is anybody there?').toJSON();

interface Scene {
  readonly discord: LocalDiscord;
  readonly bot: TestBot;
}

/** A local Discord with a bot that answers /ping; both end with the test. */
async function withBot(play: (scene: Scene) => Promise<void>, options: StartOptions = {}): Promise<void> {
  const discord = await LocalDiscord.start(options);
  const bot = await startBot(
    discord,
    (interaction) => (interaction.isChatInputCommand() ? interaction.reply('pong') : undefined),
    { commands: [ping] },
  );
  try {
    await play({ discord, bot });
  } finally {
    await bot.stop();
    await discord.stop();
  }
}

async function login(
  discord: LocalDiscord,
  intents: GatewayIntentBits,
  token = discord.token,
): Promise<void> {
  const client = new Client({ intents, rest: { api: discord.apiUrl } });
  try {
    await client.login(token);
  } finally {
    await client.destroy();
  }
}

const isResumed = (discord: LocalDiscord): Promise<unknown> =>
  discord.next(
    (activity) => activity.kind === 'gateway' && activity.event === 'resumed',
    'a resumed session',
  );

async function expectPong({ discord }: Scene): Promise<void> {
  const reply = await discord.user().slash('ping');
  expect(reply.state).toBe('answered');
}

// Reconnecting takes discord.js half a second, identifying again five: so these tests run concurrently.
describe.concurrent('a connection', () => {
  it.each([undefined, 4000, 1012])(
    'that is dropped (%s) is resumed, and what was missed is replayed',
    (code) =>
      withBot(async (scene) => {
        const resumed = isResumed(scene.discord);
        scene.discord.gateway.drop(code);
        expect(scene.discord.gateway.readyShards).toEqual([]);
        await expectPong(scene);
        await resumed;
      }),
  );

  it('is resumed when Discord asks to reconnect (op 7)', () =>
    withBot(async (scene) => {
      const resumed = isResumed(scene.discord);
      scene.discord.gateway.askToReconnect();
      await resumed;
      await expectPong(scene);
    }));

  it('is resumed when its session is declared resumable (op 9, true)', () =>
    withBot(async (scene) => {
      const resumed = isResumed(scene.discord);
      scene.discord.gateway.invalidateSessions(true);
      await resumed;
      await expectPong(scene);
    }));

  it('identifies again when its session is lost (op 9, false)', () =>
    withBot(async (scene) => {
      scene.discord.gateway.invalidateSessions(false);
      await scene.discord.waitForReady();
      await expectPong(scene);
    }));

  it('is given up as a zombie when heartbeats are not acknowledged', () =>
    withBot(
      async (scene) => {
        scene.discord.gateway.acknowledgesHeartbeats = false;
        const resumed = isResumed(scene.discord);
        await scene.discord.next(({ kind }) => kind === 'gateway', 'the end of the zombie');
        scene.discord.gateway.acknowledgesHeartbeats = true;
        await resumed;
        await expectPong(scene);
      },
      { heartbeatIntervalMs: 200 },
    ));

  it('reconnects after the gateway was down', () =>
    withBot(async (scene) => {
      scene.discord.gateway.refusesConnections = true;
      scene.discord.gateway.drop();
      await scene.discord.until(() => scene.discord.gateway.refusedConnections > 0, 'a refused connection');
      expect(scene.discord.gateway.readyShards).toEqual([]);
      scene.discord.gateway.refusesConnections = false;
      await scene.discord.waitForReady();
      await expectPong(scene);
    }));

  it('does not reconnect after the token was reset (4004)', () =>
    withBot(async ({ discord, bot }) => {
      const closed = new Promise<number>((resolve) => {
        bot.client.once('shardDisconnect', ({ code }) => resolve(code));
      });
      discord.resetToken();
      expect(await closed).toBe(4004);
      expect(discord.gateway.readyShards).toEqual([]);
      await expect(bot.client.application.commands.fetch()).rejects.toMatchObject({ status: 401 });
    }));
});

describe('login', () => {
  async function expectRefusal(
    start: StartOptions,
    attempt: (discord: LocalDiscord) => Promise<void>,
    reason: string,
  ): Promise<void> {
    const discord = await LocalDiscord.start(start);
    await expect(attempt(discord)).rejects.toThrow(reason);
    await discord.stop();
  }

  it('fails with a bad token', () =>
    expectRefusal({}, (discord) => login(discord, GatewayIntentBits.Guilds, 'wrong'), 'invalid token'));

  it('fails with a privileged intent that was not granted', () =>
    expectRefusal({}, (discord) => login(discord, GatewayIntentBits.MessageContent), 'disallowed intents'));

  it('fails when the session starts are used up', () =>
    expectRefusal(
      {},
      (discord) => {
        discord.gateway.sessionStarts.remaining = 0;
        return login(discord, GatewayIntentBits.Guilds);
      },
      'Not enough sessions remaining',
    ));

  it('uses up one session start', async () => {
    const discord = await LocalDiscord.start();
    await login(discord, GatewayIntentBits.Guilds);
    expect(discord.gateway.sessionStarts.remaining).toBe(999);
    await discord.stop();
  });
});

describe('the gateway closes a connection', () => {
  /** Sends payloads over a bare connection and returns its close code. */
  async function closeCode(
    payloads: readonly unknown[],
    options: StartOptions = {},
    query = '?v=10&encoding=json',
  ): Promise<number> {
    const discord = await LocalDiscord.start(options);
    const socket = new WebSocket(`ws://${discord.cdnHost}/${query}`);
    const code = await new Promise<number>((resolve) => {
      socket.on('close', resolve);
      socket.on('open', () => {
        for (const payload of payloads) {
          const text =
            typeof payload === 'function'
              ? JSON.stringify((payload as (d: LocalDiscord) => unknown)(discord))
              : payload;
          socket.send(typeof text === 'string' ? text : JSON.stringify(text));
        }
      });
    });
    await discord.stop();
    return code;
  }

  const identify =
    (more: object = {}) =>
    (discord: LocalDiscord): unknown => ({
      op: 2,
      d: { token: discord.token, intents: 1, properties: {}, ...more },
    });

  it.each<[string, readonly unknown[], number]>([
    ['after an unknown opcode', [{ op: 99, d: {} }], 4001],
    ['after something that is no JSON', ['hello'], 4002],
    ['when it speaks before it identifies', [{ op: 3, d: {} }], 4003],
    ['after a bad token', [identify({ token: 'wrong' })], 4004],
    ['when it identifies twice', [identify(), identify()], 4005],
    ['when it resumes with a bad token', [{ op: 6, d: { token: 'wrong', session_id: 'x', seq: 0 } }], 4004],
    ['when it sends too much', Array.from({ length: 121 }, () => ({ op: 1, d: null })), 4008],
    ['for a shard that cannot be', [identify({ shard: [2, 2] })], 4010],
    ['for intents that do not exist', [identify({ intents: 2 ** 30 })], 4013],
    ['for intents that were not granted', [identify({ intents: GatewayIntentBits.GuildMembers })], 4014],
  ])('%s', async (_, payloads, code) => {
    expect(await closeCode(payloads)).toBe(code);
  });

  it('of another API version', async () => {
    expect(await closeCode([], {}, '?v=9')).toBe(4012);
  });

  it('that never sends a heartbeat', async () => {
    expect(await closeCode([identify()], { heartbeatIntervalMs: 10 })).toBe(4009);
  });
});

describe('events', () => {
  it('have the content of messages only where the bot may read it', async () => {
    const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
    const discord = await LocalDiscord.start({ grantedIntents: MessageContent });
    const listen = async (intents: number): Promise<{ bot: TestBot; heard: string[] }> => {
      const bot = await startBot(discord, undefined, { intents, partials: [Partials.Channel] });
      const heard: string[] = [];
      bot.client.on('messageCreate', ({ content, attachments }: Message) =>
        heard.push(`${content}|${attachments.size}`),
      );
      return { bot, heard };
    };
    const blind = await listen(Guilds | GuildMessages | DirectMessages);
    const seeing = await listen(Guilds | GuildMessages | DirectMessages | MessageContent);
    const deaf = await listen(Guilds);

    const user = discord.user();
    const files = [{ name: 'a.mid', bytes: new Uint8Array(3) }];
    user.say('hello', { files });
    user.say(`<@${discord.applicationId}> hello`, { files });
    user.dm().say('psst', { files });
    user.in(discord.addChannel(discord.addGuild({ hasBot: false }), 'general')).say('not for you');

    const mention = `<@${discord.applicationId}> hello|1`;
    await discord.until(() => blind.heard.length === 3 && seeing.heard.length === 3, 'three messages');
    expect(blind.heard).toEqual(['|0', mention, 'psst|1']);
    expect(seeing.heard).toEqual(['hello|1', mention, 'psst|1']);
    expect(deaf.heard).toEqual([]);
    for (const { bot } of [blind, seeing, deaf]) await bot.stop();
    await discord.stop();
  });

  it('go to the shard of their guild', async () => {
    const discord = await LocalDiscord.start();
    const second = discord.addGuild({ name: 'Second', id: String(BigInt(discord.guild.id) + (1n << 22n)) });
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      rest: { api: discord.apiUrl },
      shards: [0],
      shardCount: 2,
    });
    await client.login(discord.token);
    await discord.waitForReady();
    const onFirst = BigInt(discord.guild.id) >> 22n;
    expect(client.guilds.cache.map(({ name }) => name)).toEqual([
      onFirst % 2n === 0n ? 'Music Room' : second.name,
    ]);
    await client.destroy();
    await discord.stop();
  });
});
