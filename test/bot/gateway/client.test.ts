import { Routes, type Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, loginFailure } from '../../../src/bot/gateway/client.js';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { LocalDiscord } from '../../../local-discord/local-discord.js';
import { LogCapture } from '../log-capture.js';

let discord: LocalDiscord;
let client: Client;
let log: LogCapture;
/** Resolves to the error message with which the client gives up. */
let fatal: Promise<string>;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  log = new LogCapture();
  fatal = new Promise((resolve) => {
    client = createClient({ discordApiUrl: discord.apiUrl }, createLogger('debug', log), resolve);
  });
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
});

async function failureOf(login: Promise<unknown>): Promise<string> {
  return login.then(
    () => 'logged in',
    (error: unknown) => loginFailure(error),
  );
}

describe('a gateway that closes for good', () => {
  it.each([
    [4004, 'Discord no longer accepts DISCORD_TOKEN'],
    [4010, 'the shard number is not valid'],
    [4011, 'too many servers for one shard'],
    [4012, 'no longer supports this version of its API'],
    [4013, 'the gateway intents are not valid'],
    [4014, 'an intent that the bot needs'],
  ])('with code %i ends with one error message', async (code, words) => {
    await client.login(discord.token);
    await log.first('gateway ready');
    discord.gateway.drop(code);
    const sentence = await fatal;
    expect(sentence).toContain(words);
    expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
    expect(log.all('gateway closed for good')).toMatchObject([{ code }]);
  });
});

describe('a gateway that closes for a while', () => {
  it('is reconnected to', async () => {
    await client.login(discord.token);
    await log.first('gateway ready');
    discord.gateway.drop(4000);
    await log.first('gateway resumed');
    expect(log.all('gateway lost, connecting again')).toHaveLength(1);
  });

  it('is not reported when the client itself disconnects', async () => {
    await client.login(discord.token);
    await log.first('gateway ready');
    await client.destroy();
    expect(log.all('gateway lost, connecting again')).toEqual([]);
  });
});

describe('logging in', () => {
  it('fails with an error about the token when Discord refuses it', async () => {
    expect(await failureOf(client.login('not.the.token'))).toBe(
      'Discord no longer accepts DISCORD_TOKEN: copy the current token from the Discord Developer Portal into .env.',
    );
  });

  it('says when to try again once the day’s sessions are used up', async () => {
    const sessions = { total: 1000, remaining: 0, reset_after: 3_600_000, max_concurrency: 1 };
    const body = { url: 'ws://127.0.0.1:9', shards: 1, session_start_limit: sessions };
    discord.faults.plan('GET /gateway/bot', { status: 200, body });
    expect(await failureOf(client.login(discord.token))).toMatch(
      /^Can't log in to Discord: Not enough sessions.*resets at \d{4}-.*\.$/,
    );
  });

  it('asks for no privileged intent', async () => {
    await client.login(discord.token);
    await log.first('gateway ready');
    expect(client.options.intents.toArray()).toEqual(['Guilds', 'GuildMessages', 'DirectMessages']);
    const withVoice = createClient(
      { discordApiUrl: discord.apiUrl, radios: 1 },
      createLogger('silent'),
      () => undefined,
    );
    const more = withVoice.options.intents.remove(client.options.intents);
    expect(more.toArray()).toEqual(['GuildVoiceStates']);
    await withVoice.destroy();
  });
});

describe('a call', () => {
  it('that times out is retried', async () => {
    await client.login(discord.token);
    expect(client.rest.options.timeout).toBe(10_000);
    client.rest.options.timeout = 300;
    discord.faults.plan('GET /users/@me', { delayMs: 1000 });
    await expect(client.rest.get(Routes.user())).resolves.toMatchObject({ id: discord.applicationId });
  });

  it('that has to wait is logged', async () => {
    await client.login(discord.token);
    discord.settings.routeRateLimit = { limit: 1, windowMs: 300 };
    await Promise.all([client.rest.get(Routes.user()), client.rest.get(Routes.user())]);
    expect(await log.first('rate limited')).toMatchObject({ route: '/users/@me', method: 'GET' });
  });

  it('is logged as an error when too many are refused, before Discord bans the bot', async () => {
    await client.login(discord.token);
    const body = { code: 50_001, message: 'Missing Access' };
    discord.faults.plan('GET /users/@me', { status: 403, body }, Infinity);
    for (let n = 0; n < 100; n++) await client.rest.get(Routes.user()).catch(() => undefined);
    const warnings = log.all('many refused requests: Discord bans a bot that goes on like this');
    expect(warnings).toMatchObject([{ count: 100 }]);
  });

  it('that is refused for its token is followed by no other', async () => {
    await client.login(discord.token);
    discord.faults.plan('GET /users/@me', { status: 401, body: { code: 0, message: '401: Unauthorized' } });
    await expect(client.rest.get(Routes.user())).rejects.toThrow('401');
    expect(await fatal).toMatch(/^Discord no longer accepts DISCORD_TOKEN: .*\.$/);
  });

  it('with the token of an expired interaction does not count as that', async () => {
    await client.login(discord.token);
    const route = Routes.webhookMessage(discord.applicationId, 'token');
    discord.faults.plan('GET /webhooks/{webhook_id}/{webhook_token}/messages/@original', {
      status: 401,
      body: { code: 50_027, message: 'Invalid Webhook Token' },
    });
    await expect(client.rest.get(route, { auth: false })).rejects.toThrow('Invalid Webhook Token');
    const isFatal = fatal.then(() => true);
    expect(await Promise.race([isFatal, client.rest.get(Routes.user()).then(() => false)])).toBe(false);
  });
});

describe('an error in a listener', () => {
  it('is logged and does not end the process', async () => {
    await client.login(discord.token);
    await log.first('gateway ready');
    const listener: () => unknown = () => Promise.reject(new Error('a mistake in a listener'));
    client.on('warn', listener);
    client.emit('warn', 'careful');
    expect(await log.first('discord.js reports an error')).toMatchObject({
      err: { message: 'a mistake in a listener' },
    });
  });
});
