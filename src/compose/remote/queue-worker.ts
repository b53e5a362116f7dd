import { noteCount } from '../../music/piece.js';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Fingerprints } from '../../model/fingerprints.js';
import type { ModelFolders } from '../../model/model-store.js';
import { extentOf } from '../../request/request.js';
import { UserError, type Refusal } from '../../errors/user-error.js';
import type { Composition, Progress } from '../composition.js';
import type { CompositionService } from '../composition-service.js';
import {
  cancelKey,
  channel,
  encodeComposition,
  encodeError,
  keptSeconds,
  parseJob,
  prefix,
  queueName,
  resultKey,
  type Job,
  type ResultFields,
  type WorkerMessage,
} from './wire.js';

const beatEveryMs = 250;

/**
 * Interval at which a worker renews its lock on a job; after three times as long, another worker takes the
 * job, once. The worst effect of a lock lost by mistake is a piece composed twice.
 */
const lockRenewTime = 2000;

export interface QueueWorkerOptions {
  /** Closed by its owner, not by the worker. */
  readonly redis: Redis;
  readonly compositions: CompositionService;
  readonly modelFolders: ModelFolders;
  /** Maximum number of concurrent jobs. */
  readonly slots: number;
  /** Formats an error in English. */
  readonly say: (refusal: Refusal) => string;
  readonly log: Logger;
}

interface Running {
  progress: Progress;
  readonly stop: AbortController;
}

/** Composes the requests that bots send through Redis. Each job ends in a result, unless it is cancelled. */
export class QueueWorker {
  readonly #id = randomUUID();
  readonly #redis: Redis;
  readonly #compositions: CompositionService;
  readonly #fingerprints: Fingerprints;
  readonly #say: QueueWorkerOptions['say'];
  readonly #log: Logger;
  readonly #worker: Worker;
  /** By job. */
  readonly #running = new Map<string, Running>();
  readonly #heart: NodeJS.Timeout;
  #slots: number;
  #isBeating = false;

  constructor({ redis, compositions, modelFolders, slots, say, log }: QueueWorkerOptions) {
    this.#redis = redis;
    this.#compositions = compositions;
    this.#fingerprints = new Fingerprints(modelFolders);
    this.#say = say;
    this.#log = log;
    this.#slots = slots;
    this.#worker = new Worker(queueName, ({ id, data }) => this.#process(id!, data), {
      connection: redis,
      prefix,
      concurrency: slots,
      lockDuration: 3 * lockRenewTime,
      lockRenewTime,
      stalledInterval: lockRenewTime,
      maxStalledCount: 1,
      runRetryDelay: 1000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on('error', (err) => log.debug({ err }, 'queue'));
    this.#worker.on('stalled', (job) => log.warn({ job }, 'taken over from a worker that is gone'));
    this.#heart = setInterval(() => void this.#beat(), beatEveryMs);
  }

  /**
   * Accepts no new jobs and waits for running ones.
   * @param withinMs after which jobs are left to other workers
   */
  async close(withinMs: number): Promise<void> {
    this.#slots = 0;
    await Promise.race([this.#worker.close(), delay(withinMs)]);
    clearInterval(this.#heart);
    if (this.#running.size > 0) this.#log.warn({ jobs: this.#running.size }, 'jobs left to other workers');
  }

  async #process(id: string, data: unknown): Promise<void> {
    const start = performance.now();
    const stop = new AbortController();
    let log = this.#log.child({ job: id });
    let result: ResultFields;
    try {
      const job = parseJob(data);
      log = log.child({ request: job.requestId });
      const composition = await this.#compose(id, job, stop);
      result = encodeComposition(composition);
      const ms = Math.round(performance.now() - start);
      log.info({ notes: noteCount(composition.piece), ms }, 'composed');
    } catch (error) {
      if (stop.signal.aborted) {
        log.info('cancelled');
        return;
      }
      if (error instanceof UserError && error.cause === undefined) log.info({ code: error.code }, 'refused');
      else log.error({ err: error instanceof UserError ? error.cause : error }, 'failed');
      result = encodeError(error, this.#say);
    }
    await this.#tell(id, result);
  }

  async #compose(id: string, job: Job, stop: AbortController): Promise<Composition> {
    const { request, model, maxFileBytes, roles, words } = job;
    const { unit, amount } = extentOf(request);
    const progress: Progress =
      unit === 'notes'
        ? { stage: 'composing', notes: 0, total: amount }
        : { stage: 'composing-time', seconds: 0, total: amount };
    const running: Running = { progress, stop };
    this.#running.set(id, running);
    try {
      void this.#beat();
      if (model !== undefined) await this.#checkModel(model, request.server);
      return await this.#compositions.compose(request, {
        signal: stop.signal,
        ...(maxFileBytes !== undefined && { maxFileBytes }),
        ...(roles !== undefined && { roles }),
        ...(words !== undefined && { words }),
        onProgress: (progress) => (running.progress = progress),
      });
    } finally {
      this.#running.delete(id);
    }
  }

  /**
   * @throws UserError when the model is missing here, or differs from the bot's: no other model replaces
   *   it.
   */
  async #checkModel(
    { name, fingerprint }: NonNullable<Job['model']>,
    server: string | undefined,
  ): Promise<void> {
    if ((await this.#fingerprints.of(name, server)) === fingerprint) return;
    throw new UserError('model.elsewhere', {
      name,
      cause: new Error('The worker has no such model, or another one of its name.'),
    });
  }

  /** Stores a result and notifies the bot, atomically. */
  async #tell(id: string, result: ResultFields): Promise<void> {
    const done: WorkerMessage = { type: 'done', job: id };
    const replies = await this.#redis
      .multi()
      .hset(resultKey(id), result)
      .expire(resultKey(id), keptSeconds)
      .publish(channel, JSON.stringify(done))
      .exec();
    for (const [error] of replies!) if (error !== null) throw error;
  }

  /** Sends a heartbeat with the progress of the jobs, and checks for cancelled ones. */
  async #beat(): Promise<void> {
    if (this.#isBeating) return; // while Redis is down, one heartbeat waits for it
    this.#isBeating = true;
    const running = [...this.#running];
    const jobs = Object.fromEntries(running.map(([id, { progress }]) => [id, progress]));
    const beat: WorkerMessage = { type: 'beat', worker: this.#id, slots: this.#slots, jobs };
    try {
      const [cancelled] = await Promise.all([
        running.length === 0 ? [] : this.#redis.mget(running.map(([id]) => cancelKey(id))),
        this.#redis.publish(channel, JSON.stringify(beat)),
      ]);
      running.forEach(([, { stop }], i) => {
        if (typeof cancelled[i] === 'string') stop.abort();
      });
    } catch (err) {
      this.#log.debug({ err }, 'beat');
    }
    this.#isBeating = false;
  }
}
