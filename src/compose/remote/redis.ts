import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { UserError } from '../../errors/user-error.js';

/**
 * A connection on which a command has had no answer for this long is re-established: the other end may have
 * gone away silently. Longer than the 5 s for which BullMQ's workers let Redis wait for a job.
 */
const silenceLimitMs = 8000;

/**
 * A connection that reconnects by itself, at most a second after Redis is back; until then, commands wait.
 * Its URL, which may contain a password, is never logged.
 * @param log is told when the connection is lost and restored
 */
export function connect(url: string, log?: Logger): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, 1000),
    socketTimeout: silenceLimitMs,
  });
  let isAway = false;
  redis.on('error', (err) => {
    if (!isAway) log?.warn({ err }, 'Redis cannot be reached');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log?.info('Redis is back');
    isAway = false;
  });
  return redis;
}

/**
 * Waits for the first answer of Redis.
 * @param isNeeded whether Redis has to be reachable now; a wrong password is always an error
 * @throws UserError with an error message for the operator
 */
export async function checkConnection(redis: Redis, isNeeded: boolean): Promise<void> {
  const failure = await new Promise<Error | undefined>((resolve) => {
    redis.once('ready', () => resolve(undefined));
    redis.once('error', resolve);
  });
  if (failure === undefined || (!isNeeded && failure.name !== 'ReplyError')) return;
  redis.disconnect();
  throw new UserError('operator.redis', { reason: failure.message });
}
