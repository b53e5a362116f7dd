import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeRequest } from '../../../src/bot/gateway/upload.js';
import { parseMultipart } from '../../../local-discord/rest/multipart.js';

type Init = Parameters<RESTOptions['makeRequest']>[1];

const url = 'http://localhost/files';
let asked: Init;
let askedAfterTurns: number;
let counting: NodeJS.Immediate;

beforeEach(() => {
  let turns = 0;
  const turn = (): void => {
    turns++;
    counting = setImmediate(turn);
  };
  turn();
  vi.spyOn(DefaultRestOptions, 'makeRequest').mockImplementation((_, init) => {
    asked = init;
    askedAfterTurns = turns;
    return Promise.resolve(Response.json({}));
  });
});

afterEach(() => {
  clearImmediate(counting);
  vi.restoreAllMocks();
});

it('sends the parts of a form unchanged, one per turn of the event loop', async () => {
  const sound = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  const form = new FormData();
  form.append('payload_json', '{"content":"♪"}');
  form.append('files[0]', new Blob([sound], { type: 'audio/ogg' }), 'a piece.ogg');
  await makeRequest(url, { method: 'POST', headers: { authorization: 'Bot token' }, body: form });

  const { method, headers, body } = asked;
  expect(method).toBe('POST');
  expect(headers).toHaveProperty('authorization', 'Bot token');
  expect(body).toBeInstanceOf(Uint8Array);
  const { 'content-type': contentType = '' } = headers as Record<string, string>;
  const [payload, file, ...others] = parseMultipart(Buffer.from(body as Uint8Array), contentType);
  expect(others).toEqual([]);
  expect(payload?.name).toBe('payload_json');
  expect(payload?.bytes.toString()).toBe('{"content":"♪"}');
  expect(file).toMatchObject({ name: 'files[0]', fileName: 'a piece.ogg', contentType: 'audio/ogg' });
  expect(file!.bytes.compare(sound)).toBe(0);
  expect(askedAfterTurns).toBeGreaterThanOrEqual(3); // one for each part, one for the end of the form
});

it('leaves everything else alone', async () => {
  const init = { method: 'PATCH', body: '{}' };
  await makeRequest(url, init);
  expect(asked).toBe(init);
});
