import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot } from '../../local-discord/bot.js';
import { ready, voiceIntents } from '../../local-discord/voice/concert.js';
import { Speaker } from '../../local-discord/voice/speaker.js';
import { readRange } from '../../playground/byte-range.js';
import { PageServer } from '../../playground/page-server.js';
import type { News } from '../../playground/page/protocol.js';
import { Playground } from '../../playground/playground.js';

let playground: Playground;
let server: PageServer;

beforeAll(async () => {
  playground = await Playground.start();
  server = await PageServer.start(playground);
});

afterAll(async () => {
  await server.stop();
  await playground.stop();
});

const call = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(new URL(path, server.address), init);

describe('the server of the page', () => {
  it.each(['/../package.json', '/..%2f..%2fpackage.json', '/page/main.tsx', '/files/1/x', '/files/'])(
    'serves nothing at %s',
    async (path) => {
      expect((await call(path)).status).toBe(404);
    },
  );

  it('allows the page to load nothing from elsewhere', async () => {
    const policy = (await call('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
    expect(policy).not.toContain('http');
  });

  it.each([
    ['no form', 'act'],
    ['no JSON', form('{')],
    ['an unknown act', form(JSON.stringify({ kind: 'fly' }))],
    ['an act that lacks something', form(JSON.stringify({ kind: 'press', message: '1' }))],
  ])('does not accept %s', async (_, body) => {
    expect((await call('/acts?user=clara', { method: 'POST', body })).status).toBe(400);
  });

  it('refuses missing targets with an error message', async () => {
    const body = form(JSON.stringify({ kind: 'press', message: '1', customId: 'again' }));
    const response = await call('/acts?user=clara', { method: 'POST', body });
    expect(await response.json()).toEqual({ refusal: 'This message is no longer there.' });
  });

  it('serves files in ranges, as players request them, and never as a page', async () => {
    const { cdn, channel } = playground.discord;
    const { id } = cdn.store(channel.id, 'a.ogg', Buffer.from('0123456789'));
    const whole = await call(`/files/${id}/a.ogg`);
    expect(await whole.text()).toBe('0123456789');
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    const part = await call(`/files/${id}/a.ogg`, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    expect((await call(`/files/${id}/a.ogg`, { headers: { range: 'bytes=10-' } })).status).toBe(416);
  });

  it('sends the sound of a voice channel to people as long as they listen there', async () => {
    const { discord, voice } = playground;
    const [concert, stage] = voice.describe();
    const people = (): readonly (readonly string[])[] =>
      voice.describe().map((place) => place.people.map(({ name }) => name));
    const bot = await startBot(discord, undefined, { intents: voiceIntents });
    const speaker = new Speaker(bot, voice.channels[0]!);
    try {
      await ready(speaker);
      speaker.play();
      const leaving = new AbortController();
      const path = `/sound?user=clara&place=${concert!.id}`;
      const response = await call(path, { method: 'POST', signal: leaving.signal });
      const reader = response.body!.getReader();
      const chunks: Uint8Array[] = [];
      const samples = (): Int16Array => new Int16Array(Uint8Array.from(Buffer.concat(chunks)).buffer);
      const second = 48_000 * 4;
      for (let bytes = 0; bytes < second / 4 || bytes % 4 !== 0;) {
        const { value = new Uint8Array() } = (await reader.read()) as { readonly value?: Uint8Array };
        chunks.push(value);
        bytes += value.length;
      }
      expect(Math.max(...samples())).toBeGreaterThan(7000);
      expect(people()).toEqual([['Musical AI', 'Clara'], []]);

      const elsewhere = await call(`/sound?user=clara&place=${stage!.id}`, { method: 'POST' });
      while (!(await reader.read()).done);
      expect(people()).toEqual([['Musical AI'], ['Clara']]);
      await elsewhere.body!.cancel();
      await discord.until(() => people()[1]!.length === 0, 'Clara to be gone');
    } finally {
      speaker.stop();
      await bot.stop();
    }
  });

  it('says why somebody cannot listen', async () => {
    const response = await call('/sound?user=clara&place=1', { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([409, 'There is no such voice channel.']);
  });

  it('sends viewers only what they may see', () => {
    const heard: News[] = [];
    const [clara, felix] = playground.members;
    const stop = playground.follow(felix!, (news) => heard.push(news));
    clara!.in(clara!.directChannel).say('between us');
    clara!.in(playground.discord.channel).say('hello');
    stop();
    clara!.in(playground.discord.channel).say('too late');
    expect(heard.map(({ kind }) => kind)).toEqual(['all', 'message']);
    expect(heard[1]).toMatchObject({
      message: { text: 'hello', author: { name: 'Clara' }, mayDelete: false },
    });
  });
});

function form(act: string): FormData {
  const data = new FormData();
  data.append('act', act);
  return data;
}

it.each([
  [undefined, undefined],
  ['bytes=0-', { from: 0, to: 9 }],
  ['bytes=3-5', { from: 3, to: 5 }],
  ['bytes=3-50', { from: 3, to: 9 }],
  ['bytes=-4', { from: 6, to: 9 }],
  ['bytes=-40', { from: 0, to: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=5-3', 'unsatisfiable'],
  ['bytes=0-1,3-4', undefined],
  ['bytes=-', undefined],
  ['lines=1-2', undefined],
] as const)('reads the range %s', (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});
