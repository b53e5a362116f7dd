import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import { freePort } from '../free-port.js';
import { name, smf, text, track, note } from '../music/midi/midi-bytes.js';
import { BotProcess, makeHome, removeHome, settingsFor } from './bot-process.js';

const editRoute = 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original';

let home: string;
let discord: LocalDiscord;
let bot: BotProcess;
let port: number;

beforeAll(async () => {
  home = await makeHome();
  discord = await LocalDiscord.start();
  port = await freePort();
  bot = await BotProcess.start(home, discord, { LOG_LEVEL: 'trace', MONITOR_PORT: String(port) });
});

afterAll(async () => {
  await bot.stop();
  await discord.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

function ask(path: string, method = 'GET'): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method });
}

describe('a bot with a monitor', () => {
  it('is healthy and ready, and serves nothing else', async () => {
    expect((await ask('/healthz')).status).toBe(200);
    expect(await (await ask('/readyz')).text()).toBe('ok\n');
    expect((await ask('/constructor')).status).toBe(404);
    expect((await ask('/metrics', 'POST')).status).toBe(405);
  });

  it('refuses to start when the port is taken', async () => {
    const second = new BotProcess(home, { ...settingsFor(discord), MONITOR_PORT: String(port) });
    expect(await second.exited).toBe(1);
    expect(second.complaints).toMatch(/^Can't use MONITOR_PORT: .*EADDRINUSE.*\.\n$/);
  });

  it('reveals nothing about anybody in metrics or the log, at any log level', async () => {
    const user = discord.user();
    const secret = 'a title that nobody else should read';
    const notes = [60, 62, 64, 65, 67, 69, 71, 72].map((pitch) => note(240, pitch));
    const bytes = smf([track(name(secret), text(secret), ...notes)]);
    const reply = await user.slash('compose', { notes: 20, midi: { name: 'private-name.mid', bytes } });
    const message = await reply.withFiles();
    await (await user.press(message, 'Again')).until(({ attachments }) => attachments.length > 0);
    const broken = { name: 'broken-name.mid', bytes: Buffer.from('MThd broken body') };
    await (await user.slash('compose', { midi: broken })).answered();
    discord.faults.plan(editRoute, { status: 403 }, Infinity);
    await (await user.slash('compose', { notes: 5 })).answered();
    discord.faults.clear();
    await bot.log.first('failed');

    const figures = await (await ask('/metrics')).text();
    expect(figures).toMatch(/^musical_ai_requests_total\{command="compose",outcome="answered"\} 1$/m);
    expect(figures).toMatch(/^musical_ai_requests_total\{command="compose",outcome="refused"\} 1$/m);
    expect(figures).toMatch(/^musical_ai_requests_total\{command="compose",outcome="failed"\} 1$/m);
    expect(figures).toMatch(/^musical_ai_compose_seconds_count 3$/m);
    expect(figures).toMatch(/^musical_ai_gateway_connected 1$/m);

    const tokens = discord.requests.flatMap(
      ({ path }) => /\/(?:webhooks|interactions)\/\d+\/([^/?]+)/.exec(path)?.[1] ?? [],
    );
    expect(tokens.length).toBeGreaterThan(5);
    const contents = [bytes, ...['.mid', '.ogg', '.png'].map((ending) => message.file(ending).bytes())];
    const written = contents.flatMap((content) => {
      const part = Buffer.from(content).subarray(0, 48);
      return [part.toString('base64').slice(0, 60), part.toString('hex'), [...part].join(',')];
    });
    const secrets = [
      discord.token,
      ...tokens,
      secret,
      'private-name',
      'broken-name',
      'broken body',
      ...written,
    ];
    const { text: log } = bot.log;
    expect(secrets.filter((each) => log.includes(each))).toEqual([]);
    expect(secrets.filter((each) => figures.includes(each))).toEqual([]);
    for (const line of log.split('\n')) expect(line.length).toBeLessThan(4096);
  });

  it('logs one ID in every line of a request', () => {
    const [failure] = bot.log.all('failed');
    const lines = bot.log.text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { request?: string; msg: string });
    const mine = lines.filter(({ request }) => request === failure!['request']).map(({ msg }) => msg);
    expect(mine).toEqual(expect.arrayContaining(['stage', 'composed', 'failed']));
    const ofRequests = ['stage', 'composed', 'answered', 'refused', 'failed'];
    expect(lines.filter(({ msg, request }) => ofRequests.includes(msg) && request === undefined)).toEqual([]);
  });

  it('is not ready while disconnected or stopping', async () => {
    discord.gateway.drop(4000);
    await expect.poll(async () => (await ask('/readyz')).status, { interval: 5 }).toBe(503);
    expect((await ask('/healthz')).status).toBe(200);
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200);

    await discord.user().slash('compose', { notes: 2000 });
    bot.signal('SIGTERM');
    await expect.poll(async () => (await ask('/readyz')).text(), { interval: 5 }).toBe('stopping\n');
    expect(await bot.exited).toBe(0);
  });
});
