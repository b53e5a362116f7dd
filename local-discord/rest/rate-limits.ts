import { createHash } from 'node:crypto';
import type { RateLimit, Settings } from '../settings.js';
import type { Answer } from './route.js';

interface Bucket {
  used: number;
  /** Milliseconds since 1970. */
  readonly resetsAt: number;
}

/** Whether a call is allowed, and the rate-limit headers. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** The 429 response if the call is not allowed. */
  readonly refusal?: Answer;
}

/**
 * Rate limits as announced in Discord's headers: a bucket for each route and its channel, guild or webhook,
 * and a global one for calls with the bot's token.
 */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly settings: Settings) {}

  /** @param isGlobal whether the call counts towards the global limit, too */
  pass(routeName: string, params: Readonly<Record<string, string>>, isGlobal: boolean): Verdict {
    const now = Date.now();
    if (isGlobal) {
      const global = this.#take('global', this.settings.globalRateLimit, now);
      if (global.isOver) return { headers: {}, refusal: tooMany(global.bucket.resetsAt - now, 'global') };
    }
    const major = [params['channel_id'], params['guild_id'], params['webhook_token']].join(' ');
    const { limit } = this.settings.routeRateLimit;
    const { bucket, isOver } = this.#take(`${routeName} ${major}`, this.settings.routeRateLimit, now);
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - bucket.used)),
      'x-ratelimit-reset': (bucket.resetsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': ((bucket.resetsAt - now) / 1000).toFixed(3),
      'x-ratelimit-bucket': createHash('md5').update(routeName).digest('hex'),
    };
    return { headers, ...(isOver ? { refusal: tooMany(bucket.resetsAt - now, 'user') } : {}) };
  }

  #take(key: string, { limit, windowMs }: RateLimit, now: number): { bucket: Bucket; isOver: boolean } {
    const current = this.#buckets.get(key);
    const bucket = current && current.resetsAt > now ? current : { used: 0, resetsAt: now + windowMs };
    this.#buckets.set(key, bucket);
    const isOver = bucket.used >= limit;
    if (!isOver) bucket.used += 1;
    return { bucket, isOver };
  }
}

/** A 429 response in Discord's format. */
export function tooMany(retryAfterMs: number, scope: 'user' | 'global'): Answer {
  const seconds = Math.max(0.001, retryAfterMs / 1000);
  return {
    status: 429,
    headers: {
      'retry-after': String(seconds),
      'x-ratelimit-scope': scope,
      ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
    },
    json: { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
  };
}
