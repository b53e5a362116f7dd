import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLogger, describeError } from '../../../src/bot/ops/logging.js';

const token = 'aW50ZXJhY3Rpb246c2VjcmV0';
const url = `https://discord.com/api/v10/webhooks/1234567890/${token}/messages/@original`;
const upload = {
  body: { content: 'private words' },
  files: [{ name: 'a.mid', data: Buffer.alloc(1e6, 'x') }],
};

function logged(error: unknown): string {
  let text = '';
  createLogger('info', { write: (line) => void (text += line) }).error({ err: error }, 'failed');
  return text;
}

describe('the log', () => {
  it('says what failed in a Discord error, without its URL and body', () => {
    const error = new DiscordAPIError(
      { code: 40005, message: 'Request entity too large' },
      40005,
      413,
      'PATCH',
      url,
      upload,
    );
    expect(describeError(error)).toEqual({
      name: error.name,
      message: 'Request entity too large',
      code: 40005,
      status: 413,
      method: 'PATCH',
      route: '/api/v10/webhooks/:id/:token/messages/@original',
    });
  });

  it.each([
    ['DiscordAPIError', new DiscordAPIError({ code: 0, message: url }, 0, 500, 'PATCH', url, upload)],
    ['HTTPError', new HTTPError(502, 'Bad Gateway', 'PATCH', url, upload)],
    ['any other error', Object.assign(new Error(`cannot reach ${url}?wait=true`), { request: upload })],
    ['something thrown that is no error', `cannot reach ${url}`],
  ])('contains no token, no content and little else for %s', (_, error) => {
    const text = logged(error);
    expect(text).toContain('failed');
    expect(text).not.toContain(token);
    expect(text).not.toContain('private words');
    expect(text.length).toBeLessThan(4000);
  });

  it('hides the token of an interaction as well', () => {
    const callback = `https://discord.com/api/v10/interactions/1234567890/${token}/callback`;
    const error = new DiscordAPIError(
      { code: 10062, message: 'Unknown interaction' },
      10062,
      404,
      'POST',
      callback,
      {
        body: undefined,
        files: undefined,
      },
    );
    expect(describeError(error).route).toBe('/api/v10/interactions/:id/:token/callback');
  });

  it('says where an internal error was thrown, and the code of its cause', () => {
    const error = new TypeError('fetch failed', {
      cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }),
    });
    const description = describeError(error);
    expect(description).toMatchObject({ name: 'TypeError', message: 'fetch failed', code: 'ECONNREFUSED' });
    expect(description.at?.[0]).toContain('logging.test');
  });
});
