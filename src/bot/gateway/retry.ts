import { HTTPError } from 'discord.js';
import { setTimeout as sleep } from 'node:timers/promises';

/** Connection errors that discord.js does not retry itself. */
const connectionCodes = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/**
 * Retries a request once when the connection failed, timed out or Discord kept answering 5xx. Only for
 * idempotent requests: edits and deletions.
 */
export async function retryOnce<T>(request: () => Promise<T>, pauseMs = 500): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!isPassing(error)) throw error;
    await sleep(pauseMs);
    return request();
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500;
  return (error instanceof Error && error.name === 'AbortError') || isConnectionFailure(error);
}

/** Whether the connection broke or could not be established. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && connectionCodes.has(String(error.code));
}
