import { parentPort, workerData } from 'node:worker_threads';
import type { CompositionRequest } from '../../music/request.js';
import { UserError } from '../../music/user-error.js';
import { loadModel } from '../model-store.js';
import { Composer, type Composing } from '../sampling/composer.js';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.js';

/**
 * The thread in which networks compose. It works in short slices and looks at its messages
 * in between, so that a request can join, or leave, in the middle of others.
 */
const sliceMs = 10;
const progressEveryMs = 100;

interface LoadedModel {
  readonly id: string;
  readonly composer: Composer;
}

const { modelFolders, together } = workerData as WorkerOptions;
const port = parentPort!;
const models = new Map<string, Promise<LoadedModel>>();
const jobs = new Map<number, { readonly model: LoadedModel; readonly composing: Composing }>();
const cancelled = new Set<number>();
let reportedAt = 0;
let running = false;

port.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') cancel(message.id);
  else void start(message.id, message.request);
});

async function start(id: number, request: CompositionRequest): Promise<void> {
  try {
    const model = await modelNamed(request.model);
    if (cancelled.delete(id)) return;
    jobs.set(id, { model, composing: model.composer.start(request) });
    if (!running) run();
  } catch (error) {
    fail(id, error);
  }
}

function cancel(id: number): void {
  const job = jobs.get(id);
  if (job === undefined) cancelled.add(id);
  else job.model.composer.stop(job.composing);
  jobs.delete(id);
}

function run(): void {
  running = jobs.size > 0;
  if (!running) return;
  const until = performance.now() + sliceMs;
  while (jobs.size > 0 && performance.now() < until) {
    for (const model of new Set([...jobs.values()].map((job) => job.model))) step(model);
  }
  if (performance.now() - reportedAt > progressEveryMs) {
    reportedAt = performance.now();
    send({
      type: 'progress',
      notes: [...jobs].map(([id, { composing }]) => ({ id, count: composing.generated.length })),
    });
  }
  setImmediate(run);
}

function step(model: LoadedModel): void {
  const mine = [...jobs].filter(([, job]) => job.model === model);
  try {
    const done = model.composer.step();
    for (const [id, { composing }] of mine) {
      if (!done.includes(composing)) continue;
      jobs.delete(id);
      const { opening, generated } = composing;
      send({ type: 'done', id, composed: { opening, generated }, model: model.id });
    }
  } catch (error) {
    for (const [id, { composing }] of mine) {
      model.composer.stop(composing);
      jobs.delete(id);
      fail(id, error);
    }
  }
}

/** Loaded at the first request for it; after a failure, tried again at the next. */
function modelNamed(name: string): Promise<LoadedModel> {
  let model = models.get(name);
  if (model === undefined) {
    model = loadModel(modelFolders, name).then(({ id, parameters }) => ({
      id,
      composer: new Composer(parameters, together),
    }));
    models.set(name, model);
    model.catch(() => models.delete(name));
  }
  return model;
}

function fail(id: number, error: unknown): void {
  send({
    type: 'failed',
    id,
    ...(error instanceof UserError && { code: error.code }),
    message: error instanceof Error ? error.message : String(error),
  });
}

function send(message: FromWorker): void {
  port.postMessage(message);
}
