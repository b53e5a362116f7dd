import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/** JSON lines on the standard output, or to `destination`. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: describeError } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The fields of an error that are logged. */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly method?: string;
  readonly route?: string;
  /** Where it was thrown; absent for errors that came from Discord. */
  readonly at?: readonly string[];
}

/**
 * Selected fields of an error: errors of discord.js contain the URL with the interaction's token and the
 * request's body with whole files, which must not be logged.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: short(String(error)) };
  const common = { name: error.name, message: short(error.message), ...codeOf(error) };
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return { ...common, status: error.status, method: error.method, route: routeOf(error.url) };
  }
  if (error instanceof RateLimitError) {
    return { ...common, method: error.method, route: error.route };
  }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { ...common, at: frames.slice(0, 8).map((line) => short(line.trim())) };
}

/** The error's own code or, if a request failed below HTTP, that of its cause. */
function codeOf(error: Error): { code?: string | number } {
  for (const source of [error, error.cause]) {
    if (typeof source === 'object' && source !== null && 'code' in source) {
      if (typeof source.code === 'string' || typeof source.code === 'number') return { code: source.code };
    }
  }
  return {};
}

function routeOf(url: string): string {
  return withoutTokens(URL.canParse(url) ? new URL(url).pathname : url);
}

/** Interaction and webhook tokens are in the path, after the ID. */
function withoutTokens(text: string): string {
  return text.replace(/\/(interactions|webhooks)\/\d+\/[^/\s?]+/g, '/$1/:id/:token');
}

function short(text: string): string {
  const safe = withoutTokens(text);
  return safe.length <= 300 ? safe : `${safe.slice(0, 299)}…`;
}
