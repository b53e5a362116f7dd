import { describe, expect, it } from 'vitest';
import type { Activity } from '../../local-discord/feed.js';
import { Stage } from './bot-process.js';

const stage = new Stage({}, { heartbeatIntervalMs: 2000 });

function gatewayIs(event: 'ready' | 'resumed' | 'closed'): Promise<Activity> {
  const isAsked = (activity: Activity): boolean => activity.kind === 'gateway' && activity.event === event;
  return stage.discord.next(isAsked, `a connection that is ${event}`);
}

async function expectPiece(): Promise<void> {
  const reply = await stage.discord.user().slash('compose', { notes: 5 });
  await reply.until(({ attachments }) => attachments.length === 3);
}

/** Starts a new bot, and waits until it makes no more calls by itself. */
async function restart(): Promise<void> {
  await stage.bot.stop();
  await stage.startBot();
  await expectPiece();
}

describe('a connection', () => {
  it.each([
    ['breaks', undefined],
    ['is closed with 4000', 4000],
    ['is closed with 1012', 1012],
  ])('that %s is resumed, and requests made meanwhile are answered', async (_, code) => {
    const resumed = gatewayIs('resumed');
    stage.discord.gateway.drop(code);
    expect(stage.discord.gateway.readyShards).toEqual([]);
    await expectPiece();
    await resumed;
  });

  it('that Discord asks to reconnect (op 7) is resumed', async () => {
    const resumed = gatewayIs('resumed');
    stage.discord.gateway.askToReconnect();
    await resumed;
    await expectPiece();
  });

  it('whose session is invalid but resumable (op 9) is resumed', async () => {
    const resumed = gatewayIs('resumed');
    stage.discord.gateway.invalidateSessions(true);
    await resumed;
    await expectPiece();
  });

  it('whose session is lost (op 9) identifies again, with one more session', async () => {
    const { remaining } = stage.discord.gateway.sessionStarts;
    const ready = gatewayIs('ready');
    stage.discord.gateway.invalidateSessions(false);
    await ready;
    await expectPiece();
    expect(stage.discord.gateway.sessionStarts.remaining).toBe(remaining - 1);
  });

  it('whose heartbeats are not acknowledged is dropped and resumed', async () => {
    const closed = gatewayIs('closed');
    const resumed = gatewayIs('resumed');
    stage.discord.gateway.acknowledgesHeartbeats = false;
    await closed;
    stage.discord.gateway.acknowledgesHeartbeats = true;
    await resumed;
    await expectPiece();
  });

  it('that is unavailable for a while recovers by itself', async () => {
    stage.discord.gateway.refusesConnections = true;
    stage.discord.gateway.drop();
    await stage.discord.until(() => stage.discord.gateway.refusedConnections > 0, 'a refused connection');
    expect(stage.discord.gateway.readyShards).toEqual([]);
    stage.discord.gateway.refusesConnections = false;
    await stage.discord.waitForReady();
    await expectPiece();
  });

  it.each([
    [4004, 'no longer accepts DISCORD_TOKEN'],
    [4013, 'the gateway intents are not valid'],
    [4014, 'an intent that the bot needs'],
  ])(
    'that is closed for good with %i ends the bot with one error message and no further calls',
    async (code, words) => {
      await restart();
      const { remaining } = stage.discord.gateway.sessionStarts;
      const calls = stage.discord.requests.length;
      stage.discord.gateway.drop(code);
      expect(await stage.bot.exited).toBe(1);
      expect(stage.bot.complaints).toMatch(/^[A-Z][^\n]*\.\n$/);
      expect(stage.bot.complaints).toContain(words);
      expect(stage.discord.requests).toHaveLength(calls);
      expect(stage.discord.gateway.sessionStarts.remaining).toBe(remaining);
    },
  );
});

it('no call follows one that is refused for its token', async () => {
  await restart();
  const unauthorised = { status: 401, body: { code: 0, message: '401: Unauthorized' } };
  stage.discord.faults.plan('POST /channels/{channel_id}/typing', unauthorised, Infinity);
  stage.discord.faults.plan('POST /channels/{channel_id}/messages', unauthorised, Infinity);
  stage.discord.user().say(`<@${stage.discord.applicationId}> notes:5`);
  expect(await stage.bot.exited).toBe(1);
  expect(stage.bot.complaints).toMatch(/^Discord no longer accepts DISCORD_TOKEN: .*\.\n$/);
  expect(stage.discord.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  expect(stage.discord.requests.at(-1)!.status).toBe(401);
});
