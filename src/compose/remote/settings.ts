import { z } from 'zod';
import { ConfigError, type SettingProblem } from '../../errors/config-error.js';

/** A setting's problem as a code, in place of a zod message. */
export function problem(code: SettingProblem): { readonly error: SettingProblem } {
  return { error: code };
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const redisUrl = z.url({ protocol: /^rediss?$/, ...problem('redis-address') });

/** The settings that bots and workers share. `.env.example` explains each. */
export const commonSettings = {
  REDIS_URL: redisUrl.optional(),
  DATA_DIR: z.string().default('./data'),
  SOUNDFONT: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels, problem('choice')).default('info'),
  STOP_WITHIN_SECONDS: z.coerce
    .number(problem('seconds'))
    .min(0, problem('least'))
    .max(600, problem('most'))
    .default(8),
};

/** Settings of a worker; it ignores other settings in the same file. */
export const workerSettings = z.object({
  ...commonSettings,
  REDIS_URL: z.string(problem('redis-missing')).pipe(redisUrl),
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
  throw new ConfigError(issue.path.join('.'), issue.message as SettingProblem, allowedBy(issue));
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return String(issue.minimum);
    case 'too_big':
      return String(issue.maximum);
    case 'invalid_value':
      return issue.values.join(', ');
    default:
      return '';
  }
}
