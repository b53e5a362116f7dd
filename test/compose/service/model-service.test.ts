import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Parameters } from '../../../src/model/lstm/architecture.js';
import { writeFolder } from '../../../src/storage/durable.js';
import { encodeLayersModel } from '../../../src/model/lstm/layers-model.js';
import { LstmComposer } from '../../../src/model/lstm/composer.js';
import {
  ComposerLost,
  ModelService,
  type ComposeProgress,
  type ModelServiceOptions,
} from '../../../src/compose/service/model-service.js';
import type { GeneratedNote } from '../../../src/model/generated.js';
import type { CompositionRequest } from '../../../src/request/request.js';
import { UserError } from '../../../src/errors/user-error.js';
import { collect } from '../../model/collect.js';
import { kerasLike, openingOf, request, tiled } from '../../model/lstm/fixtures.js';
import { startFrom } from '../tasks.js';

let models: string;
let servers: string;

async function write(folder: string, name: string, parameters: Parameters): Promise<void> {
  const { model, weights } = encodeLayersModel(parameters, {}, {});
  await mkdir(folder, { recursive: true });
  await writeFolder(join(folder, name), { 'model.json': Buffer.from(model), 'weights.bin': weights });
}

beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'models-'));
  servers = await mkdtemp(join(tmpdir(), 'servers-'));
  for (const [name, parameters] of [
    ['test', tiled(111)],
    ['other', kerasLike(112)],
  ] as const) {
    await write(models, name, parameters);
  }
  const { model, weights } = encodeLayersModel(tiled(111), {}, {});
  for (const name of ['cut', 'half']) await mkdir(join(models, name));
  await writeFile(join(models, 'cut', 'model.json'), model);
  await writeFile(join(models, 'cut', 'weights.bin'), weights.subarray(0, 1000));
  await writeFile(join(models, 'half', 'model.json'), model);
});
afterAll(async () => {
  for (const folder of [models, servers]) await rm(folder, { recursive: true });
});

const services: ModelService[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});

function open(options: Partial<ModelServiceOptions> = {}): ModelService {
  const service = new ModelService({
    modelFolders: { shared: [models], servers },
    workers: 1,
    batchSize: 4,
    queueLimit: 20,
    ...options,
  });
  services.push(service);
  return service;
}

const faulty = { program: new URL('faulty-composer.mjs', import.meta.url) };

/** The result of the same request without threads. */
function alone(wanted: CompositionRequest, parameters = tiled(111)): readonly GeneratedNote[] {
  const composer = new LstmComposer(parameters, 1);
  return collect(composer, [composer.open(wanted)])[0]!.generated;
}

/** Long enough to be interrupted. */
const long = (seed: number): CompositionRequest => request({ notes: 2000, seed });

describe('a model service', () => {
  it('composes', async () => {
    const wanted = request({ notes: 50 });
    const result = await open().compose(wanted);
    expect(result.generated).toEqual(alone(wanted));
    expect(result.opening.title).toBe('a test');
    expect(result.model).toMatch(/^test@[0-9a-f]{8}$/);
  });

  it('composes the same for many requests at once, with several models', async () => {
    const service = open({ batchSize: 2, workers: 2 });
    const wanted = Array.from({ length: 7 }, (_, i) =>
      request({
        seed: i,
        notes: 20 + 9 * i,
        task: startFrom(openingOf(10 + i)),
        model: i % 3 === 2 ? 'other' : 'test',
      }),
    );
    const results = await Promise.all(wanted.map((one) => service.compose(one)));
    results.forEach(({ generated, model }, i) => {
      const one = wanted[i]!;
      expect(model.startsWith(`${one.model}@`)).toBe(true);
      expect(generated).toEqual(alone(one, one.model === 'other' ? kerasLike(112) : tiled(111)));
    });
  });

  it('reports progress', async () => {
    const seen: ComposeProgress[] = [];
    await open().compose(long(1), { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ stage: 'composing', notes: 0, total: 2000 });
    const counts = seen.map((progress) => (progress.stage === 'composing' ? progress.notes : NaN));
    expect(counts.length).toBeGreaterThan(1);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBeLessThanOrEqual(2000);
  });

  it('keeps the main thread free', async () => {
    const service = open();
    await service.compose(request({ notes: 1 }));
    const beats: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      beats.push(performance.now() - last);
      last = performance.now();
    }, 5);
    await service.compose(long(1));
    clearInterval(timer);
    expect(beats.length).toBeGreaterThan(10);
    beats.sort((a, b) => a - b);
    expect(beats[Math.floor(beats.length / 2)]).toBeLessThan(50);
  });
});

describe('models that cannot be used', () => {
  it('are answered with a list of usable ones', async () => {
    const error = await open()
      .compose(request({ model: 'none' }))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'model.unknown',
      details: { name: 'none', names: ['cut', 'half', 'other', 'test'] },
    });
  });

  it('fail alone when damaged, and are retried', async () => {
    const service = open();
    const damaged = service.compose(request({ model: 'cut' }));
    const sound = service.compose(request());
    await expect(damaged).rejects.toMatchObject({
      details: { reason: 'weights.bin ends within tensor lstm/kernel.' },
    });
    await expect(sound).resolves.toBeDefined();
    await expect(service.compose(request({ model: 'half' }))).rejects.toMatchObject({
      code: 'model.damaged',
      details: { name: 'half' },
    });
    const { weights } = encodeLayersModel(tiled(111), {}, {});
    await writeFile(join(models, 'half', 'weights.bin'), weights);
    await expect(service.compose(request({ model: 'half' }))).resolves.toBeDefined();
    await rm(join(models, 'half', 'weights.bin'));
  });

  it('are replaced by the first usable fallback, with the reason', async () => {
    const service = open();
    const fallbacks = ['none', 'half', 'other', 'test'];
    const { model, insteadOf } = await service.compose(request({ model: 'cut', fallbacks }));
    expect(model).toMatch(/^other@/);
    expect(insteadOf).toEqual({
      model: 'cut',
      refusal: {
        code: 'model.damaged',
        details: { name: 'cut', reason: 'weights.bin ends within tensor lstm/kernel.' },
      },
    });
    expect((await service.compose(request({ fallbacks }))).insteadOf).toBeUndefined();
    await expect(service.compose(request({ model: 'cut', fallbacks: ['half'] }))).rejects.toMatchObject({
      code: 'model.damaged',
      details: { name: 'cut' },
    });
  });
});

/** Requests a piece, and waits until a thread has started it. */
async function begin(
  service: ModelService,
  piece: CompositionRequest,
): Promise<{ running: ReturnType<ModelService['compose']> }> {
  return new Promise((resolve) => {
    const begun = (): void => {
      resolve({ running });
    };
    const onProgress = (progress: ComposeProgress): void => {
      if (progress.stage === 'composing' && progress.notes > 0) begun();
    };
    const running = service.compose(piece, { onProgress });
    running.then(begun, begun);
  });
}

describe('the models of servers', () => {
  const weightsOf = async (service: ModelService, wanted: Partial<CompositionRequest>): Promise<string> =>
    (await service.compose(request({ notes: 3, ...wanted }))).model;

  it('take precedence, but only for their server', async () => {
    const service = open();
    const shared = await weightsOf(service, {});
    await write(join(servers, '11', 'models'), 'test', kerasLike(113));
    await write(join(servers, '11', 'models'), 'own', kerasLike(113));
    const own = await weightsOf(service, { server: '11' });
    expect(own).not.toBe(shared);
    expect((await weightsOf(service, { server: '11', model: 'own' })).split('@')[1]).toBe(own.split('@')[1]);
    for (const server of ['12', undefined]) {
      expect(await weightsOf(service, server === undefined ? {} : { server })).toBe(shared);
      const asked = request({ model: 'own', ...(server !== undefined && { server }) });
      await expect(service.compose(asked)).rejects.toMatchObject({ code: 'model.unknown' });
    }
  });

  it('are read again when replaced, and gone when removed', async () => {
    const service = open();
    const wanted = { server: '13', model: 'own' };
    await write(join(servers, '13', 'models'), 'own', kerasLike(112));
    const first = await weightsOf(service, wanted);
    expect(await weightsOf(service, wanted)).toBe(first);
    const { running } = await begin(service, request({ ...wanted, notes: 2000 }));
    await write(join(servers, '13', 'models'), 'own', kerasLike(113));
    expect(await weightsOf(service, wanted)).not.toBe(first);
    await rm(join(servers, '13', 'models', 'own'), { recursive: true });
    await expect(weightsOf(service, wanted)).rejects.toMatchObject({ code: 'model.unknown' });
    expect(await running).toMatchObject({ model: first });
  });

  it('can be more than are kept in memory', async () => {
    const service = open();
    const names = Array.from({ length: 10 }, (_, i) => `m${i}`);
    for (const name of names) await write(join(servers, '14', 'models'), name, kerasLike(112));
    for (const model of [...names, ...names]) {
      expect(await weightsOf(service, { server: '14', model })).toMatch(`${model}@`);
    }
  });

  it('give no access to other folders', async () => {
    await expect(open().compose(request({ server: '../..' }))).rejects.toThrow('digits only');
  });
});

describe('the queue', () => {
  it('refuses requests beyond the limit', async () => {
    const service = open({ ...faulty, batchSize: 1, queueLimit: 2 });
    const stop = new AbortController();
    const waiting = [1, 2, 3].map(() => service.compose(request({ seed: 4 }), { signal: stop.signal }));
    await expect(service.compose(request({ seed: 60 }))).rejects.toMatchObject({
      code: 'compose.busy',
    });
    stop.abort(new Error('enough'));
    for (const one of waiting) await expect(one).rejects.toThrow('enough');
    await expect(service.compose(request({ seed: 60 }))).resolves.toBeDefined();
  });

  it('is fair between owners', async () => {
    const service = open({ batchSize: 1 });
    const order: string[] = [];
    const wants: [owner: string, name: string][] = [
      ['a', 'a1'],
      ['a', 'a2'],
      ['a', 'a3'],
      ['b', 'b1'],
      ['c', 'c1'],
      ['b', 'b2'],
    ];
    await Promise.all(
      wants.map(async ([owner, name]) => {
        await service.compose(request({ notes: 3 }), { owner });
        order.push(name);
      }),
    );
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });

  it('reports each place, also when an earlier request leaves', async () => {
    const service = open({ ...faulty, batchSize: 1 });
    const stops = [0, 1, 2].map(() => new AbortController());
    const seen: ComposeProgress[][] = [[], [], []];
    const composing = stops.map(({ signal }, i) =>
      service.compose(request({ seed: 4 }), {
        signal,
        onProgress: (progress) => seen[i]!.push(progress),
      }),
    );
    const ended = Promise.allSettled(composing);
    const latest = (i: number): ComposeProgress | undefined => seen[i]!.at(-1);
    const started: ComposeProgress = { stage: 'composing', notes: 0, total: 30 };
    expect(seen.map((_, i) => latest(i))).toEqual([
      started,
      { stage: 'queued', position: 1 },
      { stage: 'queued', position: 2 },
    ]);
    stops[1]!.abort();
    expect(latest(2)).toEqual({ stage: 'queued', position: 1 });
    stops[0]!.abort();
    await expect(composing[0]).rejects.toThrow();
    await vi.waitFor(() => expect(latest(2)).toEqual(started));
    stops[2]!.abort();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

describe('an abort', () => {
  const reason = new Error('no longer wanted');

  it('before the start ends the request at once', async () => {
    const service = open({ ...faulty, batchSize: 1, queueLimit: 1 });
    await expect(service.compose(long(1), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(service.compose(request({ seed: 61 }))).resolves.toBeDefined();
  });

  it('while the model is loading leaves the others alone', async () => {
    const service = open({ batchSize: 1 });
    const stop = new AbortController();
    const first = service.compose(long(1), { signal: stop.signal });
    const second = service.compose(request({ seed: 2 }));
    stop.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect((await second).generated).toEqual(alone(request({ seed: 2 })));
  });

  it('while it waits frees its place', async () => {
    const service = open({ batchSize: 1, queueLimit: 1 });
    const stop = new AbortController();
    const first = service.compose(long(1));
    const second = service.compose(request(), { signal: stop.signal });
    await expect(service.compose(request())).rejects.toMatchObject({ code: 'compose.busy' });
    stop.abort(reason);
    await expect(second).rejects.toBe(reason);
    await expect(service.compose(request())).resolves.toBeDefined();
    await first;
  });

  it('while it composes frees its slot', async () => {
    const service = open({ batchSize: 2 });
    const stop = new AbortController();
    const seen: number[] = [];
    const first = service.compose(request({ notes: 1_000_000 }), {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.stage === 'composing') seen.push(progress.notes);
        if (seen.at(-1)! > 0) stop.abort(reason);
      },
    });
    const company = service.compose(request({ seed: 3, notes: 100 }));
    const third = service.compose(request({ seed: 4 }));
    await expect(first).rejects.toBe(reason);
    expect((await company).generated).toEqual(alone(request({ seed: 3, notes: 100 })));
    expect((await third).generated).toEqual(alone(request({ seed: 4 })));
    const count = seen.length;
    await service.compose(request({ notes: 500 }));
    expect(seen).toHaveLength(count);
  });

  it('after the end does nothing', async () => {
    const service = open();
    const stop = new AbortController();
    const result = await service.compose(request(), { signal: stop.signal });
    stop.abort(reason);
    expect(result.generated).toHaveLength(30);
    await expect(service.compose(request())).resolves.toBeDefined();
  });
});

describe('a thread that fails', () => {
  it.each([
    ['throws', 1, 'a fault of the program'],
    ['exits', 2, 'code 3'],
    ['hangs', 3, 'said nothing'],
    ['never answers', 4, 'said nothing'],
    // Long enough that no other failure is mistaken for silence.
  ])('loses its requests and is replaced: %s', async (_, seed, cause) => {
    const silenceLimitMs = cause === 'said nothing' ? 1000 : 60_000;
    const causes: unknown[] = [];
    const onLost = (cause: unknown): number => causes.push(cause);
    const service = open({ ...faulty, batchSize: 2, silenceLimitMs, onLost });
    const lost = service.compose(request({ seed }));
    const company = seed === 4 ? undefined : service.compose(request({ seed: 4 }));
    const waiting = service.compose(request({ seed: 62 }));
    const error: unknown = await lost.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ComposerLost);
    expect(error).toMatchObject({
      code: 'compose.lost',
    });
    expect(String((error as Error).cause)).toContain(cause);
    if (company !== undefined) await expect(company).rejects.toThrow(ComposerLost);
    expect(causes).toHaveLength(2);
    expect((await waiting).generated[0]!.pitch).toBe(62);
    expect((await service.compose(request({ seed: 63 }))).generated[0]!.pitch).toBe(63);
  });

  it('is replaced, and requests without notes are composed again', async () => {
    const service = open({ ...faulty, batchSize: 2 });
    const [first, second] = await Promise.all([7, 64].map((seed) => service.compose(request({ seed }))));
    expect([first, second].map((piece) => piece!.generated[0]!.pitch)).toEqual([7, 64]);
  });

  it('loses requests with notes at once', async () => {
    const causes: unknown[] = [];
    const onLost = (cause: unknown): number => causes.push(cause);
    const service = open({ ...faulty, batchSize: 1, silenceLimitMs: 1500, onLost });
    await expect(service.compose(request({ seed: 5 }))).rejects.toThrow(ComposerLost);
    expect(causes).toHaveLength(1);
  });

  it('is not one that is slow but reports that it is alive', async () => {
    const onLost = vi.fn();
    const service = open({ ...faulty, batchSize: 1, silenceLimitMs: 1500, onLost });
    expect((await service.compose(request({ seed: 6 }))).generated[0]!.pitch).toBe(6);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('can be silent twice as long after a loss, and as long as before after a success', async () => {
    const causes: unknown[] = [];
    const service = open({
      ...{ ...faulty, batchSize: 1, silenceLimitMs: 1000 },
      onLost: (cause) => causes.push(String(cause)),
    });
    await expect(service.compose(request({ seed: 4 }))).rejects.toThrow(ComposerLost);
    await service.compose(request({ seed: 60 }));
    await expect(service.compose(request({ seed: 5 }))).rejects.toThrow(ComposerLost);
    expect(causes.map((cause) => /\d+/.exec(cause as string)?.[0])).toEqual(['1000', '2000', '1000']);
  });

  it('at its start fails each request, and is not restarted forever', async () => {
    const mark = vi.fn();
    const service = open({ program: new URL('data:text/javascript,process.exit(5)') });
    for (let i = 0; i < 2; i++) {
      await expect(service.compose(request()).finally(mark)).rejects.toThrow(ComposerLost);
    }
    expect(mark).toHaveBeenCalledTimes(2);
  });

  it('does not hold up another thread', async () => {
    const service = open({ ...faulty, workers: 2, batchSize: 1, silenceLimitMs: 1000 });
    const lost = service.compose(request({ seed: 3 }));
    const caught = expect(lost).rejects.toThrow(ComposerLost);
    for (const seed of [60, 61, 62]) {
      expect((await service.compose(request({ seed }))).generated[0]!.pitch).toBe(seed);
    }
    await caught;
  });
});

describe('closing', () => {
  it('rejects running, waiting and later requests', async () => {
    const service = open({ ...faulty, batchSize: 1 });
    const running = service.compose(request({ seed: 4 }));
    const waiting = service.compose(request({ seed: 60 }));
    const both = Promise.allSettled([running, waiting]);
    await service.close();
    for (const result of await both) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'compose.closed' } });
    }
    await expect(service.compose(request())).rejects.toMatchObject({
      code: 'compose.closed',
    });
  });
});
