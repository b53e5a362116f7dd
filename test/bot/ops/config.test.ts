import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/bot/ops/config.js';
import { settingRefusal } from '../../../src/i18n/en/operators.js';
import { ConfigError } from '../../../src/errors/config-error.js';

const token = { DISCORD_TOKEN: 'abc.def.ghi' };

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return settingRefusal(error);
    throw error;
  }
  throw new Error('accepted');
}

describe('readConfig', () => {
  it('needs nothing but a token', () => {
    expect(readConfig(token)).toMatchObject({
      discordToken: 'abc.def.ghi',
      discordApiUrl: 'https://discord.com/api',
      cdnHosts: ['cdn.discordapp.com', 'media.discordapp.net'],
      dataFolder: './data',
      trainers: [],
      queueLimit: 50,
      requestsAtOnce: 2,
      piecesPerHour: 60,
      serverPiecesPerHour: 600,
      logLevel: 'info',
      maxFileBytes: 10 * 1024 * 1024,
      stopWithinMs: 8000,
    });
    expect(readConfig(token).monitor).toBeUndefined();
    expect(readConfig(token).redisUrl).toBeUndefined();
    expect(readConfig(token).radios).toBeUndefined();
    expect(readConfig({ ...token, VOICE: 'off', RADIOS: '3' }).radios).toBeUndefined();
    expect(readConfig({ ...token, VOICE: 'on' }).radios).toBe(4);
  });

  it('accepts a subset of the shards', () => {
    expect(readConfig({ ...token, SHARD_LIST: '3, 1,1', SHARD_COUNT: '4' })).toMatchObject({
      shards: { list: [1, 3], count: 4 },
      part: '1-3',
    });
    expect(readConfig(token).shards).toBeUndefined();
    expect(refusal({ ...token, SHARD_LIST: '0' })).toBe('SHARD_LIST and SHARD_COUNT must be given together.');
    expect(refusal({ ...token, SHARD_LIST: '0,4', SHARD_COUNT: '4' })).toMatch(
      /^SHARD_LIST must have numbers below/,
    );
    expect(refusal({ ...token, SHARD_LIST: 'all', SHARD_COUNT: '4' })).toMatch(/^SHARD_LIST must be a comma/);
  });

  it('reads every setting', () => {
    const config = readConfig({
      ...token,
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      DISCORD_CDN_HOSTS: ' 127.0.0.1:4001 , CDN.example.org',
      DATA_DIR: '/var/lib/bot',
      REDIS_URL: 'rediss://bot:secret@redis.example.org',
      SOUNDFONT: '/usr/share/sounds/grand.sf2',
      TRAINING_FOLDER: '/srv/maestro',
      TRAINERS: '80351110224678912, 175928847299117063',
      QUEUE_LIMIT: '5',
      REQUESTS_AT_ONCE: '3',
      PIECES_PER_HOUR: '20',
      SERVER_PIECES_PER_HOUR: '200',
      LOG_LEVEL: 'debug',
      MAX_FILE_MIB: '1.5',
      STOP_WITHIN_SECONDS: '0',
      MONITOR_PORT: '9464',
      VOICE: 'on',
      RADIOS: '2',
    });
    expect(config).toMatchObject({
      discordApiUrl: 'http://127.0.0.1:4000/api',
      cdnHosts: ['127.0.0.1:4001', 'cdn.example.org'],
      dataFolder: '/var/lib/bot',
      redisUrl: 'rediss://bot:secret@redis.example.org',
      soundFont: '/usr/share/sounds/grand.sf2',
      trainingFolder: '/srv/maestro',
      trainers: ['80351110224678912', '175928847299117063'],
      queueLimit: 5,
      requestsAtOnce: 3,
      piecesPerHour: 20,
      serverPiecesPerHour: 200,
      logLevel: 'debug',
      maxFileBytes: 1_572_864,
      stopWithinMs: 0,
      monitor: { host: '127.0.0.1', port: 9464 },
      radios: 2,
    });
  });

  it('treats an empty variable as unset', () => {
    expect(readConfig({ ...token, LOG_LEVEL: ' ', DISCORD_API_URL: '' })).toEqual(readConfig(token));
    expect(refusal({ DISCORD_TOKEN: '' })).toMatch(/^DISCORD_TOKEN is missing/);
  });

  it.each([
    [{}, /^DISCORD_TOKEN is missing.*\.env/],
    [{ DISCORD_TOKEN: 'Bot abc' }, /^DISCORD_TOKEN must be a token without spaces/],
    [{ ...token, DISCORD_API_URL: 'discord.com' }, /^DISCORD_API_URL must be an http or https address\.$/],
    [{ ...token, DISCORD_API_URL: 'ftp://discord.com' }, /^DISCORD_API_URL must be/],
    [{ ...token, DISCORD_CDN_HOSTS: 'https://cdn.discordapp.com' }, /^DISCORD_CDN_HOSTS must be/],
    [{ ...token, DISCORD_CDN_HOSTS: 'a.example,,b.example' }, /^DISCORD_CDN_HOSTS must be/],
    [{ ...token, TRAINERS: 'ann,bob' }, /^TRAINERS must be a comma-separated list of user ids/],
    [
      { ...token, REDIS_URL: 'http://host' },
      /^REDIS_URL must be the address of a Redis server: redis:\/\/host:port\.$/,
    ],
    [{ ...token, REDIS_URL: 'host:6379' }, /^REDIS_URL must be the address of a Redis/],
    [{ ...token, QUEUE_LIMIT: '1.5' }, /^QUEUE_LIMIT must be a whole number\.$/],
    [{ ...token, QUEUE_LIMIT: '0' }, /^QUEUE_LIMIT must be at least 1\.$/],
    [{ ...token, REQUESTS_AT_ONCE: '0' }, /^REQUESTS_AT_ONCE must be at least 1\.$/],
    [{ ...token, PIECES_PER_HOUR: 'many' }, /^PIECES_PER_HOUR must be a whole number\.$/],
    [{ ...token, LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of trace, debug, info/],
    [{ ...token, MAX_FILE_MIB: 'many' }, /^MAX_FILE_MIB must be a number of mebibytes\.$/],
    [{ ...token, MAX_FILE_MIB: '0' }, /^MAX_FILE_MIB must be at least 1/],
    [{ ...token, VOICE: 'yes' }, /^VOICE must be one of on, off\.$/],
    [{ ...token, RADIOS: '0' }, /^RADIOS must be at least 1\.$/],
    [{ ...token, STOP_WITHIN_SECONDS: '-1' }, /^STOP_WITHIN_SECONDS must be at least 0\.$/],
  ])('refuses %o with one error message', (env, sentence) => {
    expect(refusal(env)).toMatch(sentence);
    expect(refusal(env)).not.toContain('\n');
  });

  it('never repeats the token or a password', () => {
    expect(refusal({ DISCORD_TOKEN: 'secret with spaces' })).not.toContain('secret');
    expect(refusal({ ...token, REDIS_URL: 'http://:secret@host' })).not.toContain('secret');
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

  it('shows the default of every setting', () => {
    const shown = parse(text.replaceAll(/^# ?(?=[A-Z_]+=)/gm, ''));
    expect(readConfig({ ...shown, ...token })).toEqual(readConfig(token));
    expect(shown).toHaveProperty('DISCORD_TOKEN');
  });
});
