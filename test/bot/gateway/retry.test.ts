import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { retryOnce } from '../../../src/bot/gateway/retry.js';

const nothing = { body: undefined, files: undefined };

/** A request that fails with the given errors in turn, then succeeds. */
function failing(...errors: readonly Error[]): { tries: number; request: () => Promise<string> } {
  const state = {
    tries: 0,
    request: () => {
      const error = errors[state.tries++];
      return error === undefined ? Promise.resolve('done') : Promise.reject(error);
    },
  };
  return state;
}

function connectionError(code: string): Error {
  return Object.assign(new Error('other side closed'), { code });
}

describe('retryOnce', () => {
  it.each([
    connectionError('UND_ERR_SOCKET'),
    connectionError('ECONNREFUSED'),
    connectionError('UND_ERR_CONNECT_TIMEOUT'),
    new DOMException('This operation was aborted', 'AbortError'),
    new HTTPError(502, 'Bad Gateway', 'PATCH', 'https://discord.com', nothing),
  ])('tries again after %s', async (error) => {
    const once = failing(error);
    await expect(retryOnce(once.request, 1)).resolves.toBe('done');
    expect(once.tries).toBe(2);
  });

  it('does not try a third time', async () => {
    const error = connectionError('UND_ERR_SOCKET');
    const always = failing(error, error, error);
    await expect(retryOnce(always.request, 1)).rejects.toBe(error);
    expect(always.tries).toBe(2);
  });

  it.each([
    new DiscordAPIError({ code: 10008, message: 'Unknown Message' }, 10008, 404, 'PATCH', 'x', nothing),
    new HTTPError(413, 'Payload Too Large', 'PATCH', 'https://discord.com', nothing),
    new TypeError('a mistake of ours'),
  ])('accepts %s as an answer', async (error) => {
    const once = failing(error);
    await expect(retryOnce(once.request, 1)).rejects.toBe(error);
    expect(once.tries).toBe(1);
  });
});
