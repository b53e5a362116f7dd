import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeFolder } from '../../../src/storage/durable.js';
import { encodeLayersModel } from '../../../src/model/lstm/layers-model.js';
import { outputOf } from '../../../src/compose/composition.js';
import type { CompositionRequest } from '../../../src/request/request.js';
import { english } from '../../../src/i18n/en/english.js';
import { QueueWorker } from '../../../src/compose/remote/queue-worker.js';
import { connect } from '../../../src/compose/remote/redis.js';
import {
  RemoteCompositionService,
  type RemoteCompositionServiceOptions,
} from '../../../src/compose/remote/remote-composition-service.js';
import {
  channel,
  decodeResult,
  prefix,
  queueName,
  resultKey,
  version,
} from '../../../src/compose/remote/wire.js';
import type { Progress } from '../../../src/compose/composition.js';
import { modelFoldersIn } from '../../../src/compose/composition-service.js';
import { LogCapture } from '../../bot/log-capture.js';
import { kerasLike, request, tiled } from '../../model/lstm/fixtures.js';
import { FakeCompositionService } from './fake-composition-service.js';
import { hasRedis, password, RedisServer } from './redis-server.js';
import { SilentProxy } from './silent-proxy.js';

const capture = new LogCapture();
const log = pino({ level: 'trace', base: null }, capture);
const ends: (() => Promise<void> | void)[] = [];
let folder: string;
let server: RedisServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-'));
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  expect(capture.text).not.toContain(password);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function startRedis(): Promise<void> {
  server = await RedisServer.start();
  ends.push(() => server.stop());
}

/** Opens the bot's side. */
async function open(
  options: Partial<RemoteCompositionServiceOptions> = {},
): Promise<RemoteCompositionService> {
  const compositions = await RemoteCompositionService.open({
    redisUrl: server.url,
    modelFolders: modelFoldersIn(join(folder, 'bot')),
    queueLimit: 20,
    log,
    ...options,
  });
  ends.push(() => compositions.close());
  return compositions;
}

/** Starts a worker in this process whose pieces the test finishes. */
function work(slots: number, dataFolder = join(folder, 'bot')): FakeCompositionService {
  const compositions = new FakeCompositionService();
  const redis = connect(server.url);
  const modelFolders = modelFoldersIn(dataFolder);
  const worker = new QueueWorker({ redis, compositions, modelFolders, slots, say: english.refusal, log });
  ends.push(async () => {
    await worker.close(100);
    redis.disconnect();
  });
  return compositions;
}

/** Waits for this many heartbeats of workers. */
async function beats(count: number): Promise<void> {
  await server.ask(async (redis) => {
    await redis.subscribe(channel);
    for (let heard = 0; heard < count; heard++) await once(redis, 'message');
  });
}

/** Polls with a long timeout, for a busy machine. */
function eventually<T>(question: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(question);
}

const asked = (seed: number, changes: Partial<CompositionRequest> = {}): CompositionRequest =>
  request({ seed, ...changes });

describe.skipIf(!hasRedis)('composing through Redis', () => {
  it('returns what the worker composed, and leaves nothing in Redis', async () => {
    await startRedis();
    const maker = work(2);
    const bot = await open();
    const wanted = asked(1);
    const made = bot.compose(wanted, { maxFileBytes: 12_345, owner: 'somebody' });
    const piece = await maker.piece(1);
    expect(piece.options).toMatchObject({ maxFileBytes: 12_345 });
    const during = await server.ask((redis) => redis.keys('*'));
    piece.finish();
    const composition = await made;
    expect(composition.request).toBe(wanted);
    expect(Buffer.from(outputOf(composition, 'audio').bytes).toString()).toBe('OggS');
    await eventually(() => server.ask((redis) => redis.keys('*'))).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/[\da-f]{8}-[\da-f]{4}-/)]),
    );
    expect(during.join()).toMatch(/[\da-f]{8}-[\da-f]{4}-/);
    expect(capture.text).not.toContain('somebody');
  });

  it('reports progress', async () => {
    await startRedis();
    const maker = work(1);
    const bot = await open();
    const seen: Progress[] = [];
    const made = bot.compose(asked(1), { onProgress: (progress) => seen.push(progress) });
    const { options, finish } = await maker.piece(1);
    await eventually(() => seen.at(-1)).toEqual({ stage: 'composing', notes: 0, total: 30 });
    options.onProgress!({ stage: 'composing', notes: 12, total: 30 });
    await eventually(() => seen.at(-1)).toEqual({ stage: 'composing', notes: 12, total: 30 });
    options.onProgress!({ stage: 'rendering' });
    await eventually(() => seen.at(-1)).toEqual({ stage: 'rendering' });
    finish();
    await made;
  });

  it('is fair between owners, and reports their positions', async () => {
    await startRedis();
    const bot = await open();
    const seen: Progress[] = [];
    const owners = ['a', 'a', 'a', 'b', 'c', 'b'];
    const all = owners.map((owner, i) =>
      bot.compose(asked(i + 1), { owner, ...(i === 5 && { onProgress: (each) => seen.push(each) }) }),
    );
    const maker = work(1);
    const order = [1, 4, 5, 2, 6, 3];
    for (const seed of order) (await maker.piece(seed)).finish();
    await Promise.all(all);
    expect(maker.begun).toEqual(order);
    const queued = seen.flatMap((each) => (each.stage === 'queued' ? [each.position] : []));
    expect([...new Set(queued)]).toEqual([5, 4, 3, 2, 1]);
  });

  it('lets no bot have more jobs in Redis than the workers take, so that others get their turn', async () => {
    await startRedis();
    const [one, other] = [await open(), await open()];
    const maker = work(2);
    const many = [1, 2, 3, 4, 5, 6].map((seed) => one.compose(asked(seed)));
    await Promise.all([maker.piece(1), maker.piece(2)]);
    const late = other.compose(asked(7));
    await beats(4); // enough to send all requests, if that were allowed
    for (const seed of [1, 2, 7]) (await maker.piece(seed)).finish();
    await late;
    for (const seed of [3, 4, 5, 6]) (await maker.piece(seed)).finish();
    await Promise.all(many);
    expect(maker.begun.indexOf(7)).toBeLessThanOrEqual(4);
  });

  it('refuses requests beyond the limit', async () => {
    await startRedis();
    const bot = await open({ queueLimit: 1 });
    const stop = new AbortController();
    const waiting = bot.compose(asked(1), { signal: stop.signal });
    await expect(bot.compose(asked(2))).rejects.toMatchObject({ code: 'compose.busy' });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe.skipIf(!hasRedis)('a cancel', () => {
  const reason = new Error('no longer wanted');

  it('while it waits for a worker removes it from the queue', async () => {
    await startRedis();
    const [bot, other] = [await open(), await open()];
    const maker = work(1);
    const first = bot.compose(asked(1));
    await maker.piece(1);
    const stops = [new AbortController(), new AbortController()];
    // One waits in its bot, the other, of an idle bot, in Redis.
    const waiting = [bot, other].map((each, i) => each.compose(asked(2 + i), { signal: stops[i]!.signal }));
    const isQueued = (): Promise<number> => server.ask((redis) => redis.llen(`${prefix}:${queueName}:wait`));
    await eventually(isQueued).toBe(1);
    for (const stop of stops) stop.abort(reason);
    for (const each of waiting) await expect(each).rejects.toBe(reason);
    await eventually(isQueued).toBe(0);
    (await maker.piece(1)).finish();
    await first;
    await expect(bot.compose(asked(0))).resolves.toBeDefined();
    expect(maker.begun).toEqual([1, 0]);
  });

  it('while it is composed stops that and frees its slot', async () => {
    await startRedis();
    const bot = await open();
    const maker = work(1);
    const stop = new AbortController();
    const first = bot.compose(asked(1), { signal: stop.signal });
    const { options } = await maker.piece(1);
    stop.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(bot.compose(asked(0))).resolves.toBeDefined();
    expect(options.signal!.aborted).toBe(true);
  });

  it('before it starts, or right after, has the same effect', async () => {
    await startRedis();
    const bot = await open();
    const maker = work(1);
    await bot.compose(asked(0));
    await expect(bot.compose(asked(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const stop = new AbortController();
    const sent = bot.compose(asked(2), { signal: stop.signal });
    stop.abort(reason); // Redis does not have it yet
    await expect(sent).rejects.toBe(reason);
    await expect(bot.compose(asked(0))).resolves.toBeDefined();
    expect(maker.begun.filter((seed) => seed === 1)).toEqual([]);
  });
});

describe.skipIf(!hasRedis)('what cannot be composed', () => {
  it('passes on the worker’s error message, or its fault', async () => {
    await startRedis();
    const bot = await open();
    const maker = work(2);
    const all = [1, 2].map((seed) => bot.compose(asked(seed)));
    const settled = Promise.allSettled(all);
    (await maker.piece(1)).fail(new Error('a fault of the program'));
    const { ComposerLost } = await import('../../../src/compose/service/model-service.js');
    (await maker.piece(2)).fail(new ComposerLost(new Error('code 3')));
    const [fault, refusal] = await settled;
    expect(fault).toMatchObject({ reason: new Error('a fault of the program') });
    expect(refusal).toMatchObject({ reason: { code: 'compose.lost' } });
  });

  it('is refused by a worker of another version, and rejected if it is not a job', async () => {
    await startRedis();
    work(1);
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const queue = new Queue(queueName, { connection: redis, prefix });
    ends.push(async () => {
      await queue.close();
      redis.disconnect();
    });
    const end = async (id: string, data: unknown): Promise<unknown> => {
      await queue.add(queueName, data, { jobId: id });
      await eventually(() => redis.exists(resultKey(id))).toBe(1);
      expect(await redis.ttl(resultKey(id))).toBeLessThanOrEqual(60);
      try {
        return decodeResult(await redis.hgetallBuffer(resultKey(id)), asked(1));
      } catch (error) {
        return error;
      }
    };
    const newer = { version: version + 1, request: { something: 'new' } };
    expect(await end('newer', newer)).toMatchObject({
      code: 'compose.version',
      cause: new Error(
        `The bot sends jobs of version ${version + 1}, this worker takes those of ${version}.`,
      ),
    });
    expect(await end('damaged', { version, request: {} })).not.toHaveProperty('code');
  });

  it('is only composed with the bot’s exact model', async () => {
    await startRedis();
    const write = async (data: string, name: string, weights: ReturnType<typeof tiled>): Promise<void> => {
      const model = encodeLayersModel(weights, {}, {});
      const files = { 'model.json': Buffer.from(model.model), 'weights.bin': model.weights };
      await writeFolder(join(folder, data, 'servers', '17', 'models', name), files);
    };
    await write('bot', 'ours', tiled(111));
    await write('bot', 'other', tiled(111));
    await write('worker', 'other', kerasLike(112));
    await write('worker', 'same', tiled(111));
    await write('bot', 'same', tiled(111));
    const bot = await open();
    const maker = work(1, join(folder, 'worker'));
    const ofServer = { server: '17', fallbacks: ['transformer'] };
    for (const model of ['ours', 'other']) {
      await expect(bot.compose(asked(0, { ...ofServer, model }))).rejects.toMatchObject({
        code: 'model.elsewhere',
        details: { name: model },
      });
    }
    expect(maker.begun).toEqual([]);
    for (const model of ['same', 'transformer', 'gone from the bot']) {
      await expect(bot.compose(asked(0, { ...ofServer, model }))).resolves.toBeDefined();
    }
  });
});

describe.skipIf(!hasRedis)('when machines go', () => {
  const unreachable = {
    code: 'compose.unreachable',
  };

  it('requests end with an error message once no worker has been seen for a while, and later ones are composed', async () => {
    await startRedis();
    const bot = await open({ patienceMs: 1000 });
    await expect(bot.compose(asked(1))).rejects.toMatchObject({
      ...unreachable,
      cause: new Error('No worker has been heard of.'),
    });
    work(1);
    await capture.first('workers');
    await eventually(() => bot.compose(asked(0)).catch(() => undefined)).toBeDefined();
  });

  it('when Redis is killed and restarts, every request is composed', async () => {
    await startRedis();
    const bot = await open();
    const maker = work(1);
    const all = [1, 2, 3].map((seed) => bot.compose(asked(seed)));
    const running = await maker.piece(1);
    const earlier = capture.all('Redis cannot be reached').length;
    await server.kill();
    running.finish(); // its result waits for Redis
    const duringOutage = bot.compose(asked(0));
    await eventually(() => capture.all('Redis cannot be reached').length).toBeGreaterThan(earlier);
    await server.begin();
    await all[0];
    for (const seed of [2, 3]) (await maker.piece(seed)).finish();
    await Promise.all([...all, duringOutage]);
    expect(capture.all('Redis is back')).not.toEqual([]);
  });

  it('when Redis stays down, every request ends with an error message; later ones are composed', async () => {
    await startRedis();
    const bot = await open({ patienceMs: 4000 });
    const maker = work(1);
    const all = [1, 2].map((seed) => bot.compose(asked(seed)));
    await maker.piece(1);
    const settled = Promise.allSettled(all);
    await server.kill();
    for (const end of await settled) expect(end).toMatchObject({ status: 'rejected', reason: unreachable });
    await server.begin();
    // Nobody waits for the piece any more, and its worker is told so.
    const { options } = await maker.piece(1);
    await eventually(() => options.signal!.aborted).toBe(true);
    await eventually(() => bot.compose(asked(0)).catch(() => undefined)).toBeDefined();
  });

  it('when the connection to Redis is lost silently, it reconnects', async () => {
    await startRedis();
    const way = new SilentProxy(server.port);
    ends.push(() => way.close());
    const bot = await open({ redisUrl: server.url.replace(String(server.port), String(await way.listen())) });
    const maker = work(2);
    await bot.compose(asked(0));
    const before = bot.compose(asked(1));
    const piece = await maker.piece(1);
    way.fallSilent();
    piece.finish();
    await Promise.all([before, bot.compose(asked(0))]);
  });

  it('when Redis loses a job, it ends with an error message', async () => {
    await startRedis();
    const bot = await open();
    // A worker that sends heartbeats but takes no jobs.
    const beat = JSON.stringify({ type: 'beat', worker: 'w', slots: 1, jobs: {} });
    const redis = new Redis(server.url);
    const heart = setInterval(() => void redis.publish(channel, beat), 100);
    ends.push(() => {
      clearInterval(heart);
      redis.disconnect();
    });
    const made = bot.compose(asked(1));
    await eventually(() => redis.llen(`${prefix}:${queueName}:wait`)).toBe(1);
    await redis.flushall();
    await expect(made).rejects.toMatchObject({ code: 'compose.lost' });
  });

  it('when the bot stops, its requests are rejected and withdrawn', async () => {
    await startRedis();
    const bot = await open();
    const maker = work(1);
    const all = [1, 2].map((seed) => bot.compose(asked(seed)));
    const settled = Promise.allSettled(all);
    const { options } = await maker.piece(1);
    await bot.close();
    for (const end of await settled) {
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'compose.closed' } });
    }
    await expect(bot.compose(asked(3))).rejects.toMatchObject({ code: 'compose.closed' });
    await eventually(() => options.signal!.aborted).toBe(true);
  });
});

describe.skipIf(!hasRedis)('a bot', () => {
  it('does not start with a wrong password, and starts while Redis is down', async () => {
    await startRedis();
    const wrong = server.url.replace(password, 'another');
    await expect(open({ redisUrl: wrong })).rejects.toMatchObject({
      code: 'operator.redis',
      details: { reason: expect.stringMatching(/^WRONGPASS /) as string },
    });
    await server.kill();
    const bot = await open();
    const made = bot.compose(asked(0));
    await server.begin();
    work(1);
    await expect(made).resolves.toBeDefined();
  });
});
