import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Fingerprints } from '../../model/fingerprints.js';
import type { ModelFolders } from '../../model/model-store.js';
import { closed, ComposerLost } from '../service/model-service.js';
import type { CompositionRequest } from '../../request/request.js';
import { UserError } from '../../errors/user-error.js';
import type { Composition, ComposeOptions } from '../composition.js';
import type { CompositionService } from '../composition-service.js';
import { Scheduler } from '../scheduler.js';
import { checkConnection, connect } from './redis.js';
import {
  cancelKey,
  channel,
  decodeResult,
  keptSeconds,
  parseMessage,
  prefix,
  queueName,
  resultKey,
  version,
  type Job,
  type WorkerMessage,
} from './wire.js';

export interface RemoteCompositionServiceOptions {
  readonly redisUrl: string;
  /** To detect workers with other models. */
  readonly modelFolders: ModelFolders;
  /** Maximum number of waiting requests. */
  readonly queueLimit: number;
  readonly log: Logger;
  /** After this time without any sign of a worker, requests end with an error message. */
  readonly patienceMs?: number;
}

/** A job in Redis, or with a worker. */
interface SentJob {
  readonly id: string;
  readonly request: CompositionRequest;
  readonly options: ComposeOptions;
  readonly resolve: (composition: Composition) => void;
  readonly reject: (error: Error) => void;
  /** When a worker last reported it. Infinity until it is in Redis. */
  heardAt: number;
}

/** A worker that is silent for this long counts as gone. */
const deafMs = 3000;
/** A job that no worker has reported for this long is looked up in Redis. */
const silenceMs = 2000;
const watchEveryMs = 500;
/** Time limit for withdrawing jobs on close. */
const lastWordsMs = 1000;

/**
 * Composes on other machines: sends requests to workers through Redis. Requests for which no worker has a
 * free slot wait here, scheduled fairly between owners: a bot never has more jobs in Redis than all workers
 * have slots, so a request of another bot waits for at most one such round. Every request ends: in a
 * composition, in an error, or in its own abort.
 */
export class RemoteCompositionService implements CompositionService {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #queue: Queue;
  readonly #fingerprints: Fingerprints;
  readonly #log: Logger;
  readonly #patienceMs: number;
  /** Its slots are the sum of all workers' slots. */
  readonly #scheduler: Scheduler;
  readonly #sent = new Map<string, SentJob>();
  readonly #workers = new Map<string, { slots: number; heardAt: number }>();
  readonly #watch: NodeJS.Timeout;
  /** When any worker was last heard from. */
  #heardAt = performance.now();

  private constructor({
    redisUrl,
    modelFolders,
    queueLimit,
    log,
    patienceMs = 20_000,
  }: RemoteCompositionServiceOptions) {
    this.#redis = connect(redisUrl, log);
    this.#subscriber = connect(redisUrl);
    this.#queue = new Queue(queueName, {
      connection: this.#redis,
      prefix,
      streams: { events: { maxLen: 100 } }, // nobody reads them
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.#queue.on('error', () => undefined); // the connection reports errors
    this.#fingerprints = new Fingerprints(modelFolders);
    this.#log = log;
    this.#patienceMs = patienceMs;
    this.#scheduler = new Scheduler({ slots: 0, limit: queueLimit });
    this.#subscriber.on('message', (_, text: string) => {
      const message = parseMessage(text);
      if (message !== undefined) this.#hear(message);
    });
    this.#subscriber.subscribe(channel).catch(() => undefined); // rejects only if closed before
    this.#watch = setInterval(() => this.#lookAround(), watchEveryMs);
  }

  /**
   * @throws UserError for the operator when Redis rejects the connection; an unreachable one is waited for.
   */
  static async open(options: RemoteCompositionServiceOptions): Promise<RemoteCompositionService> {
    const compositions = new RemoteCompositionService(options);
    try {
      await checkConnection(compositions.#redis, false);
    } catch (error) {
      await compositions.close();
      throw error;
    }
    return compositions;
  }

  get workers(): number {
    return this.#workers.size;
  }

  get isFull(): boolean {
    return this.#scheduler.isFull;
  }

  /**
   * @throws UserError when the queue is full, no worker is available, the model is missing, or the worker
   *   was lost; the signal's reason when it is aborted.
   */
  async compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
    const { signal, owner, onProgress } = options;
    const start = performance.now();
    const composition = await this.#scheduler.run(() => this.#composeElsewhere(request, options), {
      owner,
      signal,
      onPosition: (position) => onProgress?.({ stage: 'queued', position }),
    });
    const timingsMs = { ...composition.timingsMs, total: performance.now() - start };
    return { ...composition, timingsMs };
  }

  /** Withdraws the jobs that were sent, if Redis is reachable. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#scheduler.close(closed);
    const cancels = this.#rejectSent(closed);
    await Promise.race([cancels, delay(lastWordsMs)]);
    this.#redis.disconnect();
    this.#subscriber.disconnect();
    await this.#queue.close().catch(() => undefined); // Redis may never have been reachable
  }

  #composeElsewhere(request: CompositionRequest, options: ComposeOptions): Promise<Composition> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      const abort = (): void => {
        void this.#cancel(id);
        job.reject(signal!.reason as Error);
      };
      const end = (): void => {
        signal?.removeEventListener('abort', abort);
        this.#sent.delete(id);
      };
      const job: SentJob = {
        id,
        request,
        options,
        resolve: (composition) => {
          end();
          resolve(composition);
        },
        reject: (error) => {
          end();
          reject(error);
        },
        heardAt: Infinity,
      };
      signal?.addEventListener('abort', abort);
      this.#sent.set(id, job);
      void this.#send(job);
    });
  }

  get #slots(): number {
    return [...this.#workers.values()].reduce((sum, { slots }) => sum + slots, 0);
  }

  async #send(sent: SentJob): Promise<void> {
    const { id, request, options } = sent;
    const { maxFileBytes, roles, words, requestId } = options;
    try {
      const model = await this.#expectedModel(request);
      if (!this.#sent.has(id)) return;
      const job: Job = {
        version,
        request,
        ...(model !== undefined && { model }),
        ...(maxFileBytes !== undefined && { maxFileBytes }),
        ...(roles !== undefined && { roles }),
        ...(words !== undefined && { words }),
        ...(requestId !== undefined && { requestId }),
      };
      await this.#queue.add(queueName, job, { jobId: id });
      sent.heardAt = performance.now();
      if (!this.#sent.has(id)) await this.#cancel(id); // it ended while being sent to Redis
    } catch (error) {
      sent.reject(unreachable(error));
    }
  }

  /** The first of the request's models whose files exist here. */
  async #expectedModel({ model, fallbacks = [], server }: CompositionRequest): Promise<Job['model']> {
    for (const name of [model, ...fallbacks]) {
      const fingerprint = await this.#fingerprints.of(name, server);
      if (fingerprint !== undefined) return { name, fingerprint };
    }
    return undefined;
  }

  #hear(message: WorkerMessage): void {
    const now = performance.now();
    this.#heardAt = now;
    if (message.type === 'done') {
      const job = this.#sent.get(message.job);
      // If fetching fails, it is retried with the next lookup.
      if (job !== undefined) this.#collect(job).catch(() => undefined);
      return;
    }
    const { worker, slots, jobs } = message;
    const isNew = !this.#workers.has(worker);
    this.#workers.set(worker, { slots, heardAt: now });
    if (isNew) this.#tellWorkers();
    this.#scheduler.slots = this.#slots;
    for (const [id, progress] of Object.entries(jobs)) {
      const job = this.#sent.get(id);
      if (job === undefined) continue;
      job.heardAt = now;
      job.options.onProgress?.(progress);
    }
  }

  #lookAround(): void {
    const now = performance.now();
    for (const [worker, { heardAt }] of this.#workers) {
      if (now - heardAt <= deafMs) continue;
      this.#workers.delete(worker);
      this.#tellWorkers();
      this.#scheduler.slots = this.#slots;
    }
    // A connection that died silently is detected by a missing answer.
    if (now - this.#heardAt > deafMs && this.#subscriber.status === 'ready') {
      this.#subscriber.ping().catch(() => undefined);
    }
    if (now - this.#heardAt > this.#patienceMs) {
      const error = unreachable(new Error('No worker has been heard of.'));
      this.#scheduler.rejectWaiting(error);
      void this.#rejectSent(error);
      return;
    }
    for (const job of this.#sent.values()) {
      if (now - job.heardAt <= silenceMs) continue;
      job.heardAt = Infinity; // until it was looked up
      void this.#look(job);
    }
  }

  #tellWorkers(): void {
    this.#log.info({ workers: this.#workers.size, slots: this.#slots }, 'workers');
  }

  /** Looks up in Redis a job that no worker reports: it may be waiting, finished, or lost. */
  async #look(job: SentJob): Promise<void> {
    try {
      const state = await this.#queue.getJobState(job.id);
      if (state === 'unknown' && !(await this.#collect(job))) {
        job.reject(new ComposerLost(new Error('Redis has neither the job nor its result.')));
      }
    } catch {
      // Redis was lost meanwhile: the next lookup tells.
    }
    job.heardAt = performance.now();
  }

  /**
   * Ends a job with its result.
   * @returns false when there is none yet.
   */
  async #collect(job: SentJob): Promise<boolean> {
    const key = resultKey(job.id);
    const replies = await this.#redis.multi().hgetallBuffer(key).del(key).exec();
    const [error, fields] = replies![0]!;
    if (error !== null) throw error;
    if (Object.keys(fields as object).length === 0) return false;
    try {
      job.resolve(decodeResult(fields as Record<string, Buffer>, job.request));
    } catch (failure) {
      job.reject(failure as Error);
    }
    return true;
  }

  /** Removes the job from the queue, or tells its worker to stop. */
  async #cancel(id: string): Promise<void> {
    try {
      await this.#redis.set(cancelKey(id), '', 'EX', keptSeconds);
      await this.#queue.remove(id);
    } catch (err) {
      this.#log.debug({ err }, 'job not taken back');
    }
  }

  /** Rejects all sent jobs. Resolves once they are withdrawn, if Redis is reachable. */
  async #rejectSent(error: UserError): Promise<void> {
    const sent = [...this.#sent.values()];
    for (const { reject } of sent) reject(error);
    await Promise.all(sent.map(({ id }) => this.#cancel(id)));
  }
}

function unreachable(cause: unknown): UserError {
  return new UserError('compose.unreachable', { cause });
}
