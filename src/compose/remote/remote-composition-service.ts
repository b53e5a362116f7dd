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
  /** To tell workers with other models by. */
  readonly modelFolders: ModelFolders;
  /** Requests that may wait. */
  readonly queueLimit: number;
  readonly log: Logger;
  /** How long there can be no sign of a worker before requests end with an error message. */
  readonly patienceMs?: number;
}

/** In Redis, or with a worker. */
interface SentJob {
  readonly id: string;
  readonly request: CompositionRequest;
  readonly options: ComposeOptions;
  readonly resolve: (composition: Composition) => void;
  readonly reject: (error: Error) => void;
  /** When something was heard of it. Infinity until Redis has it. */
  heardAt: number;
}

/** A worker that is silent for this long is considered gone. */
const deafMs = 3000;
/** A job that no worker reports for this long is looked up in Redis. */
const silenceMs = 2000;
const watchEveryMs = 500;
/** For taking back, at the end, what was sent. */
const lastWordsMs = 1000;

/**
 * Composes on other machines: hands requests to workers through Redis. Those for which no worker has
 * room wait here, in turns that are fair between owners: a bot never has more jobs in Redis than all
 * workers take at once, so what another bot sends waits for one such round at most. Every request
 * ends: in a composition, in an error, or in its own abort.
 */
export class RemoteCompositionService implements CompositionService {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #queue: Queue;
  readonly #fingerprints: Fingerprints;
  readonly #log: Logger;
  readonly #patienceMs: number;
  /** Its slots are those of all workers. */
  readonly #scheduler: Scheduler;
  readonly #sent = new Map<string, SentJob>();
  readonly #workers = new Map<string, { slots: number; heardAt: number }>();
  readonly #watch: NodeJS.Timeout;
  /** When any worker was heard. */
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
    this.#queue.on('error', () => undefined); // the connection tells of them
    this.#fingerprints = new Fingerprints(modelFolders);
    this.#log = log;
    this.#patienceMs = patienceMs;
    this.#scheduler = new Scheduler({ slots: 0, limit: queueLimit });
    this.#subscriber.on('message', (_, text: string) => {
      const message = parseMessage(text);
      if (message !== undefined) this.#hear(message);
    });
    this.#subscriber.subscribe(channel).catch(() => undefined); // only when it is closed before
    this.#watch = setInterval(() => this.#lookAround(), watchEveryMs);
  }

  /** @throws UserError for the operator when Redis refuses; one that is not there yet is waited for. */
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
   * @throws UserError when the queue is full, no worker is there, the model is not there, or the worker
   * was lost; the signal's reason when it is aborted.
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

  /** Takes back what was sent, as far as Redis can be reached. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#scheduler.close(closed);
    const cancels = this.#rejectSent(closed);
    await Promise.race([cancels, delay(lastWordsMs)]);
    this.#redis.disconnect();
    this.#subscriber.disconnect();
    await this.#queue.close().catch(() => undefined); // it may not have been reached at all
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
    const { maxFileBytes, words, requestId } = options;
    try {
      const model = await this.#expectedModel(request);
      if (!this.#sent.has(id)) return;
      const job: Job = {
        version,
        request,
        ...(model !== undefined && { model }),
        ...(maxFileBytes !== undefined && { maxFileBytes }),
        ...(words !== undefined && { words }),
        ...(requestId !== undefined && { requestId }),
      };
      await this.#queue.add(queueName, job, { jobId: id });
      sent.heardAt = performance.now();
      if (!this.#sent.has(id)) await this.#cancel(id); // it ended while Redis took it
    } catch (error) {
      sent.reject(unreachable(error));
    }
  }

  /** The first of the request's models whose files are here. */
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
      // What cannot be fetched now is looked for again.
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
    // A connection that is gone without a word is found out by what it does not answer.
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
      job.heardAt = Infinity; // until it was looked for
      void this.#look(job);
    }
  }

  #tellWorkers(): void {
    this.#log.info({ workers: this.#workers.size, slots: this.#slots }, 'workers');
  }

  /** Asks Redis for a job that nobody speaks of: it may wait for its turn, be done, or be gone. */
  async #look(job: SentJob): Promise<void> {
    try {
      const state = await this.#queue.getJobState(job.id);
      if (state === 'unknown' && !(await this.#collect(job))) {
        job.reject(new ComposerLost(new Error('Redis has neither the job nor its result.')));
      }
    } catch {
      // Redis went in the meantime: the next look finds out more.
    }
    job.heardAt = performance.now();
  }

  /** Ends a job with its result. @returns false when there is none. */
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

  /** Takes it out of the queue, or tells the worker that has it. */
  async #cancel(id: string): Promise<void> {
    try {
      await this.#redis.set(cancelKey(id), '', 'EX', keptSeconds);
      await this.#queue.remove(id);
    } catch (err) {
      this.#log.debug({ err }, 'job not taken back');
    }
  }

  /** Ends once what was sent is taken back, as far as Redis can be reached. */
  async #rejectSent(error: UserError): Promise<void> {
    const sent = [...this.#sent.values()];
    for (const { reject } of sent) reject(error);
    await Promise.all(sent.map(({ id }) => this.#cancel(id)));
  }
}

function unreachable(cause: unknown): UserError {
  return new UserError('compose.unreachable', { cause });
}
