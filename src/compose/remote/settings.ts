import { z } from 'zod';

/** A setting is missing or wrong; the message is one sentence for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be the address of a Redis, redis://host:port' });

/** What bots and workers have in common. `.env.example` explains each. */
export const commonSettings = {
  REDIS_URL: redisUrl.optional(),
  DATA_DIR: z.string().default('./data'),
  SOUNDFONT: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  STOP_WITHIN_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(0, 'must not be negative')
    .max(600, 'must be at most 600 (seconds)')
    .default(8),
};

/** Of a worker, which takes the other settings of the same file for granted. */
export const workerSettings = z.object({
  ...commonSettings,
  REDIS_URL: z
    .string({ error: 'is missing: put the address of your Redis into the file .env (see .env.example)' })
    .pipe(redisUrl),
});

/**
 * Reads settings from environment variables; an empty variable counts as unset.
 * @throws ConfigError naming the first variable that is missing or wrong, without its value.
 */
export function readSettings<T>(schema: z.ZodType<T>, env: Readonly<Record<string, string | undefined>>): T {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const text = value?.trim();
      return text === undefined || text === '' ? [] : [[name, text]];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ConfigError(`${issue.path.join('.')} ${issue.message}.`);
}
