import { inEnglish } from '../i18n/in-english.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import type { Reply } from '../../local-discord/reply.js';
import { freePort } from '../free-port.js';
import { name, note, smf, track } from '../music/midi/midi-bytes.js';
import { hasRedis, password, RedisServer } from '../compose/remote/redis-server.js';
import { BotProcess, makeHome, removeHome, settingsFor } from './bot-process.js';
import { ProgramProcess } from './program-process.js';

const secret = 'a title that nobody else should read';

let home: string;
let redis: RedisServer;
let discord: LocalDiscord;
let bot: BotProcess;
let port: number;
const workers: ProgramProcess[] = [];

beforeAll(async () => {
  if (!hasRedis) return;
  home = await makeHome();
  redis = await RedisServer.start();
  discord = await LocalDiscord.start();
  port = await freePort();
  bot = await BotProcess.start(home, discord, {
    REDIS_URL: redis.url,
    LOG_LEVEL: 'trace',
    MONITOR_PORT: String(port),
  });
});

afterAll(async () => {
  if (!hasRedis) return;
  for (const each of [bot, ...workers]) await each.stop();
  await discord.stop();
  await redis.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

async function startWorker(): Promise<ProgramProcess> {
  const worker = new ProgramProcess('worker.js', home, { REDIS_URL: redis.url, LOG_LEVEL: 'trace' });
  workers.push(worker);
  await worker.log.first('ready');
  return worker;
}

interface ShownEnd {
  readonly attachments: readonly unknown[];
  readonly content: string;
  readonly ephemeral: boolean;
}

/** The message in place of a piece that failed after its request was acknowledged. */
const failures = [inEnglish('compose.lost'), inEnglish('compose.unreachable')];

/** The end of a request: the files of its message, or an error message. */
async function endOf(reply: Reply): Promise<string> {
  const isEnd = ({ attachments, content, ephemeral }: ShownEnd): boolean =>
    attachments.length === 3 || ephemeral || failures.includes(content);
  const { attachments, content } = await reply.until(isEnd);
  return attachments.length === 3 ? 'a piece' : content;
}

async function ask(path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

describe.skipIf(!hasRedis)('a bot with workers', () => {
  it('is ready once there is one', async () => {
    expect(await ask('/readyz')).toBe('no worker is heard of through Redis, so nothing is composed\n');
    expect(await ask('/metrics')).toContain('\nmusical_ai_workers 0\n');
    const worker = await startWorker();
    await expect.poll(() => ask('/readyz')).toBe('ok\n');
    expect(await ask('/metrics')).toContain('\nmusical_ai_workers 1\n');
    worker.signal('SIGKILL');
    await expect.poll(() => ask('/readyz')).toMatch(/^no worker/);
    expect(await ask('/healthz')).toBe('ok\n');
    workers.pop();
  });

  it('composes nothing itself, and both logs have the ID of the request', async () => {
    const worker = await startWorker();
    const bytes = smf([track(name(secret), ...[60, 62, 64, 65].map((pitch) => note(240, pitch)))]);
    const midi = { name: 'private-name.mid', bytes };
    expect(await endOf(await discord.user().slash('compose', { notes: 30, midi }))).toBe('a piece');
    const [composed] = worker.log.all('composed');
    expect(bot.log.all('composed')[0]).toMatchObject({ request: composed!['request'] });
  });

  it('shows the progress of a piece, and cancels it', async () => {
    const user = discord.user();
    const reply = await user.slash('compose', { notes: 2000, takes: 4 });
    const shown = await reply.until(({ content }) => /^Composing: [\d,]+ of 8,000 notes/.test(content));
    await user.press(shown, 'Cancel');
    await reply.until(({ content }) => content === inEnglish('compose.cancelled'));
    await workers[0]!.log.first('cancelled');
  });

  it('ends every request exactly once, even when a worker is killed and Redis restarts', async () => {
    const survivor = await startWorker();
    const asked = await Promise.all(
      Array.from({ length: 12 }, () => discord.user().slash('compose', { notes: 300 })),
    );
    await asked[0]!.until((shown) => shown.content.startsWith('Composing') || shown.attachments.length > 0);
    workers[0]!.signal('SIGKILL');
    await redis.kill();
    await redis.begin();
    const ends = await Promise.all(asked.map(endOf));
    for (const end of ends) {
      expect(end).toBeOneOf(['a piece', inEnglish('compose.lost')]);
    }
    expect(ends.filter((end) => end === 'a piece').length).toBeGreaterThan(0);
    // Nothing follows the final message.
    for (const { followUps } of asked) expect(followUps).toEqual([]);
    survivor.signal('SIGKILL');
  });

  it('says when there are no workers, and composes again once there are', async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    const sentence = inEnglish('compose.unreachable');
    expect(await endOf(await discord.user().slash('compose', { notes: 5 }))).toBe(sentence);
    await startWorker();
    await expect.poll(async () => endOf(await discord.user().slash('compose', { notes: 5 }))).toBe('a piece');
  });

  it('reveals nothing about anybody in a log', () => {
    const tokens = discord.requests.flatMap(
      ({ path }) => /\/(?:webhooks|interactions)\/\d+\/([^/?]+)/.exec(path)?.[1] ?? [],
    );
    expect(tokens.length).toBeGreaterThan(5);
    const secrets = [password, discord.token, secret, 'private-name', ...tokens];
    for (const { log, complaints } of [bot, ...workers]) {
      expect(secrets.filter((each) => (log.text + complaints).includes(each))).toEqual([]);
    }
  });

  it('does not start when Redis refuses it', async () => {
    const wrong = { ...settingsFor(discord), REDIS_URL: redis.url.replace(password, 'another-secret') };
    const refused = new BotProcess(home, wrong);
    expect(await refused.exited).toBe(1);
    expect(refused.complaints).toMatch(/^Can't use REDIS_URL: WRONGPASS [^\n]*\.\n$/);
  });
});
