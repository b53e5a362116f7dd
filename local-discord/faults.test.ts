import { connect, type Socket } from 'node:net';
import { SlashCommandBuilder, type ChatInputCommandInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot } from './bot.js';
import { LocalDiscord } from './local-discord.js';
import { rawCall } from './raw-call.js';
import { tooMany } from './rest/rate-limits.js';

const command = new SlashCommandBuilder().setName('compose').setDescription('Compose a piece').toJSON();
const editRoute = 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original';
const downloadRoute = 'GET /attachments/{channel_id}/{attachment_id}/{name}';
const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index % 256);

let discord: LocalDiscord;
let bot: TestBot | undefined;
beforeEach(async () => {
  discord = await LocalDiscord.start();
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await discord.stop();
});

async function onSlash(handler: (interaction: ChatInputCommandInteraction) => unknown): Promise<void> {
  bot = await startBot(
    discord,
    (interaction) => (interaction.isChatInputCommand() ? handler(interaction) : undefined),
    { commands: [command] },
  );
}

const edits = (): readonly (number | undefined)[] =>
  discord.requests.filter(({ route }) => route === editRoute).map(({ status }) => status);

describe('a planned fault', () => {
  async function deferAndEdit(): Promise<void> {
    await onSlash(async (interaction) => {
      await interaction.deferReply();
      await interaction.editReply('done');
    });
  }

  it('502 is retried by discord.js', async () => {
    discord.faults.plan(editRoute, { status: 502, body: '<html>Bad gateway</html>' }, 2);
    await deferAndEdit();
    const reply = await discord.user().slash('compose');
    expect((await reply.answered()).content).toBe('done');
    await discord.until(() => edits().length === 3, 'three edits');
    expect(edits()).toEqual([502, 502, 200]);
  });

  it('429 is waited out by discord.js', async () => {
    const { status, headers = {}, json } = tooMany(300, 'user');
    discord.faults.plan(editRoute, { status, headers, body: json });
    await deferAndEdit();
    const reply = await discord.user().slash('compose');
    expect((await reply.answered()).content).toBe('done');
    const [refused, done] = discord.requests.filter(({ route }) => route === editRoute);
    expect(refused?.status).toBe(429);
    await discord.until(() => edits().length === 2, 'two edits');
    expect((done ?? discord.requests.at(-1)!).at - refused!.at).toBeGreaterThanOrEqual(295);
  });

  it('a connection closed without a response is not retried; the call may have taken effect', async () => {
    discord.faults.plan(editRoute, { hangUp: 'before' });
    await deferAndEdit();
    const lost = await discord.user().slash('compose');
    await discord.until(() => bot?.errors.length === 1, 'the error');
    expect(bot?.errors[0]).toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(lost.message.loading).toBe(true);

    discord.faults.plan(editRoute, { hangUp: 'after' });
    const done = await discord.user().slash('compose');
    expect((await done.answered()).content).toBe('done');
    await discord.until(() => bot?.errors.length === 2, 'the error');
    expect(edits()).toEqual([undefined, undefined]);
  });

  it('a delay can make an acknowledgement late', async () => {
    discord.settings.acknowledgeWithinMs = 100;
    discord.faults.plan('POST /interactions/{interaction_id}/{interaction_token}/callback', { delayMs: 150 });
    await deferAndEdit();
    expect((await discord.user().slash('compose')).state).toBe('unanswered');
    await discord.until(() => bot?.errors.length === 1, 'the error');
    expect(bot?.errors[0]).toMatchObject({ code: 10062 });
  });

  it('can be cancelled', async () => {
    discord.faults.plan(editRoute, { status: 500 }, Infinity);
    discord.faults.clear();
    await deferAndEdit();
    const reply = await discord.user().slash('compose');
    expect((await reply.answered()).content).toBe('done');
  });
});

describe('rate limits', () => {
  it('are announced, and enforced', async () => {
    const path = `/channels/${discord.channel.id}/messages`;
    for (let left = 4; left >= 0; left -= 1) {
      const { status, headers } = await rawCall(discord, `POST ${path}`, { content: 'x' });
      expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(left)]);
    }
    const refused = await rawCall(discord, `POST ${path}`, { content: 'x' });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ global: false, retry_after: expect.any(Number) as number });
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect([retryAfter > 0, retryAfter <= 5]).toEqual([true, true]);
    const elsewhere = discord.addChannel(discord.guild, 'other').id;
    expect(await rawCall(discord, `POST /channels/${elsewhere}/messages`, { content: 'x' })).toMatchObject({
      status: 200,
    });
  });

  it('include a global one for calls with the bot’s token', async () => {
    discord.settings.globalRateLimit = { limit: 1, windowMs: 1000 };
    await rawCall(discord, 'GET /users/@me');
    const refused = await rawCall(discord, 'GET /gateway/bot');
    expect(refused).toMatchObject({ status: 429, body: { global: true } });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
  });

  it('are obeyed by discord.js without a single 429', async () => {
    discord.settings.routeRateLimit = { limit: 2, windowMs: 200 };
    await onSlash(async (interaction) => {
      await interaction.deferReply();
      for (let n = 1; n <= 7; n += 1) await interaction.editReply(`${n}`);
    });
    const reply = await discord.user().slash('compose');
    await reply.until(({ content }) => content === '7');
    await discord.until(() => edits().length === 7, 'seven edits');
    expect(edits()).toEqual(Array(7).fill(200));
  });
});

describe('REST refuses', () => {
  it('a bad token, an unknown route, an unknown channel, a channel it cannot see', async () => {
    const { channel } = discord;
    const response = await fetch(`${discord.apiUrl}/v10/users/@me`, {
      headers: { authorization: 'Bot wrong' },
    });
    expect(response.status).toBe(401);
    expect(await rawCall(discord, 'GET /nowhere')).toMatchObject({ status: 404, code: 0 });
    expect(await rawCall(discord, 'GET /channels/1')).toMatchObject({ status: 404, code: 10003 });
    const elsewhere = discord.addChannel(discord.addGuild({ hasBot: false }), 'general').id;
    expect(await rawCall(discord, `GET /channels/${elsewhere}`)).toMatchObject({ status: 403, code: 50001 });
    channel.appPermissions = 0n;
    expect(await rawCall(discord, `GET /channels/${channel.id}`)).toMatchObject({ status: 403, code: 50001 });
    expect(discord.violations.map(({ route }) => route)).toEqual(['GET /api/v10/nowhere']);
  });

  it('messages and files where the bot may not send them', async () => {
    const path = `POST /channels/${discord.channel.id}/messages`;
    const attachFiles = 1n << 15n;
    const sendMessages = 1n << 11n;
    discord.channel.appPermissions &= ~attachFiles;
    expect(await rawCall(discord, path, { content: 'x' })).toMatchObject({ status: 200 });
    const file = { name: 'a.mid', bytes: new Uint8Array(3) };
    expect(await rawCall(discord, path, {}, [file])).toMatchObject({ status: 403, code: 50013 });
    discord.channel.appPermissions &= ~sendMessages;
    expect(await rawCall(discord, path, { content: 'x' })).toMatchObject({ status: 403, code: 50013 });
  });

  it('messages of others, and shows the bot’s own', async () => {
    expect(await rawCall(discord, 'GET /users/@me')).toMatchObject({ body: { id: discord.applicationId } });
    expect(await rawCall(discord, 'GET /applications/@me')).toMatchObject({
      body: { id: discord.applicationId },
    });
    const user = discord.user();
    const dm = await rawCall(discord, 'POST /users/@me/channels', { recipient_id: user.id });
    const { id } = dm.body as { id: string };
    await rawCall(discord, `POST /channels/${id}/messages`, { content: 'psst' });
    expect(
      user
        .dm()
        .messages()
        .map(({ content }) => content),
    ).toEqual(['psst']);
    const said = user.say('hello');
    const path = `/channels/${discord.channel.id}/messages/${said.id}`;
    expect(await rawCall(discord, `GET ${path}`)).toMatchObject({ status: 200, body: { content: '' } });
    expect(await rawCall(discord, `DELETE ${path}`)).toMatchObject({ status: 403, code: 50013 });
  });
});

describe('the CDN', () => {
  function upload(): string {
    return discord
      .user()
      .say('', { files: [{ name: 'a piece.mid', bytes }] })
      .file('.mid').url;
  }

  it('serves files byte for byte', async () => {
    const response = await fetch(upload());
    expect(response.headers.get('content-type')).toBe('audio/midi');
    expect(response.headers.get('content-length')).toBe('5000');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it('lets URLs expire, and refuses forged ones', async () => {
    const good = upload();
    discord.cdn.lifetimeMs = -1;
    const bad = [
      upload(),
      good.replace('hm=', 'hm=0'),
      good.replace('a_piece', 'another'),
      good.replace(/\?.*/, ''),
    ];
    discord.cdn.lifetimeMs = 60_000;
    for (const url of bad) {
      const response = await fetch(url);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('This content is no longer available.');
    }
    expect((await fetch(good)).status).toBe(200);
    discord.cdn.expireUrls();
    expect((await fetch(good)).status).toBe(404);
    expect((await fetch(upload())).status).toBe(200);
  });

  it('loses files that were removed', async () => {
    const message = discord.user().say('', { files: [{ name: 'a.mid', bytes }] });
    discord.cdn.remove(message.attachments[0]!.id);
    expect((await fetch(message.attachments[0]!.url)).status).toBe(404);
  });

  it('can be slow', async () => {
    discord.faults.plan(downloadRoute, { bytesPerSecond: 25_000 });
    const started = performance.now();
    const response = await fetch(upload());
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(performance.now() - started).toBeGreaterThan(150);
  });

  it('can be endless', async () => {
    discord.faults.plan(downloadRoute, { endless: true });
    const { body } = await fetch(upload());
    let received = 0;
    for await (const chunk of body!) {
      received += (chunk as Uint8Array).length;
      if (received > 1_000_000) break;
    }
    expect(received).toBeGreaterThan(1_000_000);
  });

  it('can redirect, and lie about a length', async () => {
    discord.faults.plan(downloadRoute, { status: 302, headers: { location: 'http://127.0.0.1:9/' } });
    await expect(fetch(upload(), { redirect: 'error' })).rejects.toThrow();
    discord.faults.plan(downloadRoute, { headers: { 'content-length': '6000' } });
    await expect(fetch(upload()).then((response) => response.arrayBuffer())).rejects.toThrow();
  });
});

it('survives clients that hang up', async () => {
  discord.faults.plan('GET /users/@me', { delayMs: 100 });
  const authorization = `Bot ${discord.token}`;
  const waiting = await send(
    `GET /api/v10/users/@me HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`,
  );
  waiting.destroy();
  const halfway = await send(
    'POST /api/v10/users/@me/channels HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
  );
  await discord.until(() => discord.requests.length === 1, 'the delayed call');
  halfway.destroy();
  expect((await fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization } })).status).toBe(200);

  function send(text: string): Promise<Socket> {
    const socket = connect(Number(discord.cdnHost.split(':')[1]), '127.0.0.1');
    return new Promise((resolve) => socket.write(text, () => resolve(socket)));
  }
});

it('forgets finished interactions', async () => {
  await onSlash((interaction) => interaction.reply('x'));
  await discord.user().slash('compose');
  discord.forget();
  expect([discord.requests, discord.messages()]).toEqual([[], []]);
});
