import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity } from '../discord/feed.js';
import { LocalDiscord } from '../discord/local-discord.js';
import { BotProcess, makeHome, removeHome } from './bot-process.js';

let home: string;
let discord: LocalDiscord;
let bot: BotProcess;

beforeAll(async () => {
  home = await makeHome();
  discord = await LocalDiscord.start({ heartbeatIntervalMs: 2000 });
  bot = await BotProcess.start(home, discord);
});

afterAll(async () => {
  await bot.stop();
  await discord.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

function gatewayIs(event: 'ready' | 'resumed' | 'closed'): Promise<Activity> {
  const isAsked = (activity: Activity): boolean => activity.kind === 'gateway' && activity.event === event;
  return discord.next(isAsked, `a connection that is ${event}`);
}

async function expectPiece(): Promise<void> {
  const reply = await discord.user().slash('compose', { notes: 5 });
  await reply.until(({ attachments }) => attachments.length === 3);
}

/** A new bot, once no more calls come of it by themselves. */
async function restart(): Promise<void> {
  await bot.stop();
  bot = await BotProcess.start(home, discord);
  await expectPiece();
}

describe('a connection', () => {
  it.each([
    ['breaks', undefined],
    ['is closed with 4000', 4000],
    ['is closed with 1012', 1012],
  ])('that %s is resumed, and what was asked for in between is answered', async (_, code) => {
    const resumed = gatewayIs('resumed');
    discord.gateway.drop(code);
    expect(discord.gateway.readyShards).toEqual([]);
    await expectPiece();
    await resumed;
  });

  it('that Discord asks to open anew (op 7) is resumed', async () => {
    const resumed = gatewayIs('resumed');
    discord.gateway.askToReconnect();
    await resumed;
    await expectPiece();
  });

  it('whose session is declared void but can be resumed (op 9) is resumed', async () => {
    const resumed = gatewayIs('resumed');
    discord.gateway.invalidateSessions(true);
    await resumed;
    await expectPiece();
  });

  it('whose session is lost (op 9) is begun anew, with one more session', async () => {
    const { remaining } = discord.gateway.sessionStarts;
    const ready = gatewayIs('ready');
    discord.gateway.invalidateSessions(false);
    await ready;
    await expectPiece();
    expect(discord.gateway.sessionStarts.remaining).toBe(remaining - 1);
  });

  it('on which heartbeats are not answered is given up for dead, and resumed', async () => {
    const closed = gatewayIs('closed');
    const resumed = gatewayIs('resumed');
    discord.gateway.acknowledgesHeartbeats = false;
    await closed;
    discord.gateway.acknowledgesHeartbeats = true;
    await resumed;
    await expectPiece();
  });

  it('that cannot be had for a while comes back by itself', async () => {
    discord.gateway.refusesConnections = true;
    discord.gateway.drop();
    await sleep(2000);
    expect(discord.gateway.readyShards).toEqual([]);
    discord.gateway.refusesConnections = false;
    await discord.waitForReady();
    await expectPiece();
  });

  it.each([
    [4004, 'no longer accepts DISCORD_TOKEN'],
    [4013, 'the gateway intents are not valid'],
    [4014, 'an intent that it was not granted'],
  ])(
    'that is closed for good with %i ends the bot with one sentence, and nothing follows',
    async (code, words) => {
      await restart();
      const { remaining } = discord.gateway.sessionStarts;
      const calls = discord.requests.length;
      discord.gateway.drop(code);
      expect(await bot.exited).toBe(1);
      expect(bot.complaints).toMatch(/^[A-Z][^\n]*\.\n$/);
      expect(bot.complaints).toContain(words);
      expect(discord.requests).toHaveLength(calls);
      expect(discord.gateway.sessionStarts.remaining).toBe(remaining);
    },
  );
});

it('a call that is refused for its token is the last one', async () => {
  await restart();
  const unauthorised = { status: 401, body: { code: 0, message: '401: Unauthorized' } };
  discord.faults.plan('POST /channels/{channel_id}/typing', unauthorised, Infinity);
  discord.faults.plan('POST /channels/{channel_id}/messages', unauthorised, Infinity);
  discord.user().say(`<@${discord.applicationId}> notes:5`);
  expect(await bot.exited).toBe(1);
  expect(bot.complaints).toMatch(/^Discord no longer accepts DISCORD_TOKEN: .*\.\n$/);
  expect(discord.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  expect(discord.requests.at(-1)!.status).toBe(401);
});
