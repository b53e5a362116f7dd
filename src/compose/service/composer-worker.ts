import { parentPort, workerData } from 'node:worker_threads';
import type { CompositionRequest } from '../../request/request.js';
import { refusalOf, UserError } from '../../errors/user-error.js';
import { findModel, foldersFor, readModel, type ModelLocation } from '../../model/model-store.js';
import type { Composer, NoteStream } from '../../model/composer.js';
import type { GeneratedNote } from '../../model/generated.js';
import { lowerPriority } from '../../threads/priority.js';
import type { FromWorker, ToWorker, UnusableModel, WorkerOptions } from './messages.js';

/**
 * The thread in which networks compose. It works in short slices and reads its messages in between, so that a
 * request can join or leave a batch at any time.
 */
const sliceMs = 10;
const progressEveryMs = 100;
/**
 * Interval of keep-alive messages while models are loaded; after that, progress shows that the thread is
 * alive.
 */
const aliveEveryMs = 1000;

/** Models kept in memory in addition to those that are composing; each takes a few megabytes. */
const keptModels = 8;

interface LoadedModel {
  readonly id: string;
  readonly composer: Composer;
}

/** A piece in progress, which collects the notes of its stream. */
interface Job {
  readonly model: LoadedModel;
  readonly stream: NoteStream;
  readonly generated: GeneratedNote[];
  readonly insteadOf?: UnusableModel;
}

const { modelFolders, batchSize } = workerData as WorkerOptions;
const port = parentPort!;
/** By folder, in least-recently-used order. */
const models = new Map<string, { readonly stamp: string; readonly loaded: Promise<LoadedModel> }>();
const jobs = new Map<number, Job>();
const cancelled = new Set<number>();
/** Requests whose model is being loaded. */
let loading = 0;
let reportedAt = 0;
let running = false;

lowerPriority('answer');
send({ type: 'alive' });
setInterval(() => {
  if (loading > 0) send({ type: 'alive' });
}, aliveEveryMs).unref();
port.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') cancel(message.id);
  else void start(message.id, message.request);
});

async function start(id: number, request: CompositionRequest): Promise<void> {
  loading++;
  try {
    const { model, insteadOf } = await modelFor(request);
    if (cancelled.delete(id)) return;
    const stream = model.composer.open(request);
    jobs.set(id, { model, stream, generated: [], ...(insteadOf && { insteadOf }) });
    if (!running) run();
  } catch (error) {
    fail(id, error);
  } finally {
    loading--;
  }
}

function cancel(id: number): void {
  const job = jobs.get(id);
  if (job === undefined) cancelled.add(id);
  else job.model.composer.close(job.stream);
  jobs.delete(id);
}

function run(): void {
  running = jobs.size > 0;
  if (!running) return;
  const until = performance.now() + sliceMs;
  while (jobs.size > 0 && performance.now() < until) {
    const busy = new Set<LoadedModel>();
    for (const { model } of jobs.values()) busy.add(model);
    for (const model of busy) step(model);
  }
  if (performance.now() - reportedAt > progressEveryMs) {
    reportedAt = performance.now();
    send({
      type: 'progress',
      notes: [...jobs].map(([id, { stream }]) => ({ id, count: stream.progress })),
    });
  }
  setImmediate(run);
}

function step(model: LoadedModel): void {
  const mine = [...jobs].filter(([, job]) => job.model === model);
  try {
    model.composer.step();
    for (const [id, { stream, generated, insteadOf }] of mine) {
      generated.push(...stream.read());
      if (!stream.ended) continue;
      jobs.delete(id);
      const { opening, song } = stream;
      const composed = { opening, generated, ...(song && { song }) };
      send({ type: 'done', id, composed, model: model.id, ...(insteadOf && { insteadOf }) });
    }
  } catch (error) {
    for (const [id, { stream }] of mine) {
      model.composer.close(stream);
      jobs.delete(id);
      fail(id, error);
    }
  }
}

/** @throws UserError of the requested model, when no fallback can be used either. */
async function modelFor({
  model: wanted,
  fallbacks = [],
  server,
}: CompositionRequest): Promise<Pick<Job, 'model' | 'insteadOf'>> {
  let unusable: UserError | undefined;
  for (const name of [wanted, ...fallbacks]) {
    try {
      const model = await modelIn(foldersFor(modelFolders, server), name);
      return { model, ...(unusable && { insteadOf: { model: wanted, refusal: refusalOf(unusable) } }) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unusable ??= error;
    }
  }
  throw unusable!;
}

/** Loads a model at its first request, and again when its files have changed or loading failed. */
async function modelIn(folders: readonly string[], name: string): Promise<LoadedModel> {
  const location = await findModel(folders, name);
  const { path, stamp } = location;
  const known = models.get(path);
  const model = known?.stamp === stamp ? known : { stamp, loaded: load(location) };
  models.delete(path);
  models.set(path, model);
  for (const oldest of models.keys()) {
    if (models.size <= keptModels) break;
    models.delete(oldest);
  }
  model.loaded.catch(() => {
    if (models.get(path) === model) models.delete(path);
  });
  return model.loaded;
}

async function load(location: ModelLocation): Promise<LoadedModel> {
  const model = await readModel(location);
  return { id: model.id, composer: await model.composer(batchSize) };
}

function fail(id: number, error: unknown): void {
  send({
    type: 'failed',
    id,
    ...(error instanceof UserError && { refusal: refusalOf(error) }),
    message: error instanceof Error ? error.message : String(error),
  });
}

function send(message: FromWorker): void {
  port.postMessage(message);
}
