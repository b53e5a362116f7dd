import { english } from '../../../src/i18n/en/english.js';
import { rollWordsIn } from '../../../src/i18n/picture.js';
import { noteCount } from '../../../src/music/piece.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { byRole } from '../by-role.js';
import { RemoteCompositionService } from '../../../src/compose/remote/remote-composition-service.js';
import type { Composition } from '../../../src/compose/composition.js';
import { openMusicServices, type MusicServices } from '../../../src/compose/music-services.js';
import { modelFoldersIn } from '../../../src/compose/composition-service.js';
import { makeHome, removeHome } from '../../bot/bot-process.js';
import { ProgramProcess } from '../../bot/program-process.js';
import { hasRedis, password, RedisServer } from './redis-server.js';

let home: string;
let redis: RedisServer;
let music: MusicServices;
const workers: ProgramProcess[] = [];

beforeAll(async () => {
  home = await makeHome();
  if (!hasRedis) return;
  redis = await RedisServer.start();
  const patienceMs = 300_000; // on a busy machine a new worker takes long to start
  const options = { redisUrl: redis.url, modelFolders: modelFoldersIn(home), queueLimit: 20, patienceMs };
  const composing = await RemoteCompositionService.open({ ...options, log: pino({ level: 'silent' }) });
  music = await openMusicServices({
    dataFolder: home,
    queueLimit: 20,
    words: rollWordsIn(english),
    composing,
  });
});

afterEach(async () => {
  for (const worker of workers.splice(0)) {
    await worker.stop();
    expect(worker.log.text + worker.complaints).not.toContain(password);
  }
});

afterAll(async () => {
  if (hasRedis) {
    await music.close();
    await redis.stop();
  }
  await removeHome(home);
});

function start(settings: Readonly<Record<string, string>>): ProgramProcess {
  // Everything has to work without the native string decoder.
  const plain = { MSGPACKR_NATIVE_ACCELERATION_DISABLED: 'true' };
  const worker = new ProgramProcess('worker.js', home, { DATA_DIR: home, ...plain, ...settings });
  workers.push(worker);
  return worker;
}

async function ready(settings: Readonly<Record<string, string>> = {}): Promise<ProgramProcess> {
  const worker = start({ REDIS_URL: redis.url, LOG_LEVEL: 'trace', ...settings });
  await worker.log.first('ready');
  return worker;
}

/** A long piece, once a worker has taken it. */
async function begin(): Promise<{ readonly made: Promise<Composition> }> {
  return new Promise((resolve, reject) => {
    const made = music.composing.compose(music.requests.start({ notes: 700, seed: 5 }), {
      onProgress: (progress) => {
        if (progress.stage !== 'queued') resolve({ made });
      },
    });
    made.catch(reject);
  });
}

describe('a worker', () => {
  it.each([
    ['', /^REDIS_URL is missing: .*\.env.*\.\n$/],
    [
      `http://:${password}@127.0.0.1`,
      /^REDIS_URL must be the address of a Redis server: redis:\/\/host:port\.\n$/,
    ],
    [`redis://:${password}@127.0.0.1:1`, /^Can't use REDIS_URL: connect ECONNREFUSED 127\.0\.0\.1:1\.\n$/],
  ])('does not start with REDIS_URL %o', async (url, sentence) => {
    const worker = start({ REDIS_URL: url });
    expect(await worker.exited).toBe(1);
    expect(worker.complaints).toMatch(sentence);
  });
});

describe.skipIf(!hasRedis)('a worker at a Redis', () => {
  it('does not start with a wrong password', async () => {
    const worker = start({ REDIS_URL: redis.url.replace(password, 'another-secret') });
    expect(await worker.exited).toBe(1);
    expect(worker.complaints).toMatch(/^Can't use REDIS_URL: WRONGPASS [^\n]*\.\n$/);
    expect(worker.log.text + worker.complaints).not.toContain('another-secret');
  });

  it('composes the same piece as the bot would', async () => {
    const worker = await ready();
    const request = music.requests.start({ notes: 40, seed: 42 });
    const { midi, image, audio } = byRole(await music.composing.compose(request, { requestId: 'a1b2c3d4' }));
    const alone = await openMusicServices({ dataFolder: home, queueLimit: 1, words: rollWordsIn(english) });
    const same = byRole(await alone.composing.compose(request));
    await alone.close();
    expect(Buffer.compare(midi.bytes, same.midi.bytes)).toBe(0);
    expect(Buffer.compare(image.bytes, same.image.bytes)).toBe(0);
    expect(Buffer.compare(audio.bytes, same.audio.bytes)).toBe(0);
    expect(audio.preview?.seconds).toBe(same.audio.preview!.seconds);
    expect(worker.log.all('composed')).toEqual([expect.objectContaining({ request: 'a1b2c3d4' })]);
  });

  it('is replaced by another when it is killed during a piece', async () => {
    const first = await ready();
    const { made } = await begin();
    first.signal('SIGKILL');
    const second = await ready();
    expect(noteCount((await made).piece)).toBeGreaterThan(500);
    expect(second.log.all('taken over from a worker that is gone')).toHaveLength(1);
  });

  it('a piece during which two workers are killed ends with an error message', async () => {
    const first = await ready();
    const { made } = await begin();
    const ended = expect(made).rejects.toMatchObject({ code: 'compose.lost' });
    first.signal('SIGKILL');
    const second = await ready();
    await second.log.first('taken over from a worker that is gone');
    second.signal('SIGKILL');
    await ready();
    await ended;
  });

  it('finishes its piece when it is told to stop', async () => {
    const worker = await ready({ STOP_WITHIN_SECONDS: '60' });
    const { made } = await begin();
    worker.signal('SIGTERM');
    await made;
    expect(await worker.exited).toBe(0);
    expect(worker.log.all('composed')).toHaveLength(1);
  });

  it('leaves a piece that takes too long to others', async () => {
    const worker = await ready({ STOP_WITHIN_SECONDS: '0' });
    const { made } = await begin();
    worker.signal('SIGTERM');
    expect(await worker.exited).toBe(0);
    expect(worker.log.all('jobs left to other workers')).toHaveLength(1);
    await ready();
    await made;
  });
});
