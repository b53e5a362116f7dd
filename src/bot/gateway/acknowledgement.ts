import { setTimeout as sleep } from 'node:timers/promises';
import { RESTJSONErrorCodes, type RESTOptions } from 'discord.js';
import { isConnectionFailure } from './retry.js';

type MakeRequest = RESTOptions['makeRequest'];

/**
 * Discord waits three seconds for the first answer to an interaction; the rest is left for network latency.
 */
const withinMs = 2500;
const pauseMs = 50;

const callback = /\/interactions\/\d+\/[^/]+\/callback(\?|$)/;

/**
 * Makes requests as `makeRequest` does, but retries the first answer to an interaction while the connection
 * fails and Discord still waits; discord.js would give up at once, and the request would be lost. If Discord
 * says on a retry that the interaction was already acknowledged, an earlier attempt has arrived.
 */
export function acknowledging(makeRequest: MakeRequest): MakeRequest {
  return async (url, init) => {
    if (!callback.test(url)) return makeRequest(url, init);
    const untilMs = performance.now() + withinMs;
    for (let isFirst = true; ; isFirst = false) {
      try {
        const response = await makeRequest(url, init);
        if (isFirst || response.status !== 400) return response;
        const text = await response.text();
        return codeIn(text) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
          ? new Response(null, { status: 204 })
          : new Response(text, { status: response.status, headers: { 'content-type': 'application/json' } });
      } catch (error) {
        if (!isConnectionFailure(error) || performance.now() + pauseMs > untilMs) throw error;
        await sleep(pauseMs);
      }
    }
  };
}

function codeIn(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  } catch {
    return undefined;
  }
}
