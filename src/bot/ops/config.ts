import { z } from 'zod';
import { commonSettings, problem, readSettings } from '../../compose/remote/settings.js';

/** The operator's settings, read once at startup. `.env.example` explains each of them. */
export interface BotConfig {
  readonly discordToken: string;
  /** Without the version, e.g. `https://discord.com/api`. */
  readonly discordApiUrl: string;
  /** `host` or `host:port` from which attachments may be downloaded. */
  readonly cdnHosts: readonly string[];
  /** The shards that this process serves; all of them when absent. */
  readonly shards?: { readonly list: readonly number[]; readonly count: number };
  /** Name of this process among those that share a data folder. */
  readonly part?: string;
  /** Persistent data; its folder `models` can hold models in addition to the built-in ones. */
  readonly dataFolder: string;
  /** Path of an SF2 file to use instead of the built-in piano. */
  readonly soundFont?: string;
  /** Folder with MIDI files that a server may train on. */
  readonly trainingFolder?: string;
  /** Name of the model for servers that chose none. */
  readonly defaultModel?: string;
  /** IDs of users who can train in every server, in addition to its managers. */
  readonly trainers: readonly string[];
  /** URL of the Redis through which other machines compose; when absent, this process composes. */
  readonly redisUrl?: string;
  /** Maximum number of waiting requests. */
  readonly queueLimit: number;
  /** A person's running and waiting requests. */
  readonly requestsAtOnce: number;
  /** Pieces per person and hour; each take counts as one. */
  readonly piecesPerHour: number;
  /** Pieces per server and hour. */
  readonly serverPiecesPerHour: number;
  readonly logLevel: string;
  /** Upper limit for each file of an answer; Discord's own limit applies as well. */
  readonly maxFileBytes: number;
  /** Time for running requests to finish once the bot was told to stop. */
  readonly stopWithinMs: number;
  /** How many radios play in voice channels at once; voice is off when absent. */
  readonly radios?: number;
  /** Address of the health and metrics endpoints; when absent, they are off. */
  readonly monitor?: { readonly host: string; readonly port: number };
}

const host = /^(?=.{1,253}(:|$))[a-z\d]([a-z\d.-]*[a-z\d])?(:\d{1,5})?$/i;

/** An integer from 1 to `most`. */
function count(most: number): z.ZodCoercedNumber {
  return z.coerce
    .number(problem('whole-number'))
    .int(problem('whole-number'))
    .min(1, problem('least'))
    .max(most, problem('most'));
}

const shardList = z
  .string()
  .regex(/^\d{1,4}(\s*,\s*\d{1,4})*$/, { ...problem('shard-list'), abort: true })
  .transform((list) => [...new Set(list.split(',').map(Number))].sort((a, b) => a - b));

const fields = z.object({
  DISCORD_TOKEN: z.string(problem('token-missing')).regex(/^\S+$/, problem('token-form')),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, ...problem('http-address') })
    .default('https://discord.com/api'),
  DISCORD_CDN_HOSTS: z
    .string()
    .default('cdn.discordapp.com,media.discordapp.net')
    .transform((list) => list.split(',').map((entry) => entry.trim().toLowerCase()))
    .refine((list) => list.every((entry) => host.test(entry)), problem('hosts')),
  SHARD_LIST: shardList.optional(),
  SHARD_COUNT: count(10_000).optional(),
  TRAINING_FOLDER: z.string().optional(),
  DEFAULT_MODEL: z.string().optional(),
  TRAINERS: z
    .string()
    .default('')
    .transform((list) => (list === '' ? [] : list.split(',').map((entry) => entry.trim())))
    .refine((list) => list.every((entry) => /^\d{17,20}$/.test(entry)), problem('user-ids')),
  QUEUE_LIMIT: count(10_000).default(50),
  REQUESTS_AT_ONCE: count(100).default(2),
  PIECES_PER_HOUR: count(100_000).default(60),
  SERVER_PIECES_PER_HOUR: count(1_000_000).default(600),
  MAX_FILE_MIB: z.coerce
    .number(problem('mebibytes'))
    .min(1, problem('least'))
    .max(500, problem('most'))
    .default(10),
  VOICE: z.enum(['on', 'off'], problem('choice')).default('off'),
  RADIOS: count(100).default(4),
  MONITOR_PORT: count(65_535).optional(),
  MONITOR_HOST: z.string().default('127.0.0.1'),
  ...commonSettings,
});

const schema = fields
  .refine((all) => (all.SHARD_LIST === undefined) === (all.SHARD_COUNT === undefined), {
    path: ['SHARD_LIST'],
    ...problem('shards-alone'),
  })
  .refine(({ SHARD_LIST: list = [], SHARD_COUNT: all = Infinity }) => list.every((shard) => shard < all), {
    path: ['SHARD_LIST'],
    ...problem('shard-numbers'),
  });

/**
 * The configuration in a set of environment variables.
 * @throws ConfigError naming the first variable that is missing or wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): BotConfig {
  const settings = readSettings(schema, env);
  const { SHARD_LIST: list, SHARD_COUNT: shards } = settings;
  return {
    discordToken: settings.DISCORD_TOKEN,
    discordApiUrl: settings.DISCORD_API_URL.replace(/\/+$/, ''),
    cdnHosts: settings.DISCORD_CDN_HOSTS,
    ...(list !== undefined &&
      shards !== undefined && { shards: { list, count: shards }, part: list.join('-') }),
    dataFolder: settings.DATA_DIR,
    ...(settings.REDIS_URL !== undefined && { redisUrl: settings.REDIS_URL }),
    ...(settings.SOUNDFONT !== undefined && { soundFont: settings.SOUNDFONT }),
    ...(settings.TRAINING_FOLDER !== undefined && { trainingFolder: settings.TRAINING_FOLDER }),
    ...(settings.DEFAULT_MODEL !== undefined && { defaultModel: settings.DEFAULT_MODEL }),
    trainers: settings.TRAINERS,
    queueLimit: settings.QUEUE_LIMIT,
    requestsAtOnce: settings.REQUESTS_AT_ONCE,
    piecesPerHour: settings.PIECES_PER_HOUR,
    serverPiecesPerHour: settings.SERVER_PIECES_PER_HOUR,
    logLevel: settings.LOG_LEVEL,
    maxFileBytes: Math.floor(settings.MAX_FILE_MIB * 2 ** 20),
    stopWithinMs: settings.STOP_WITHIN_SECONDS * 1000,
    ...(settings.VOICE === 'on' && { radios: settings.RADIOS }),
    ...(settings.MONITOR_PORT !== undefined && {
      monitor: { host: settings.MONITOR_HOST, port: settings.MONITOR_PORT },
    }),
  };
}
