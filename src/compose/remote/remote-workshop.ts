import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Fingerprints } from '../../model/fingerprints.js';
import type { ModelFolders } from '../../model/model-store.js';
import { FairQueue } from '../fair-queue.js';
import { busy, closed, ComposerLost } from '../service/model-service.js';
import type { CompositionRequest } from '../../request/request.js';
import { UserError } from '../../errors/user-error.js';
import type { Composition, ComposeOptions } from '../composition.js';
import type { Workshop } from '../workshop.js';
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

export interface RemoteWorkshopOptions {
  readonly redisUrl: string;
  /** To tell workers with other models by. */
  readonly modelFolders: ModelFolders;
  /** Requests that may wait. */
  readonly queueLimit: number;
  readonly log: Logger;
  /** How long no worker may be heard of until requests end with a sentence. */
  readonly patienceMs?: number;
}

interface Order {
  readonly id: string;
  readonly request: CompositionRequest;
  readonly options: ComposeOptions;
  readonly owner: string;
  readonly resolve: (composition: Composition) => void;
  readonly reject: (error: Error) => void;
  /** When something was heard of it. Infinity until Redis has it. */
  heardAt: number;
}

/** A worker that says nothing for so long is counted out. */
const deafMs = 3000;
/** An order that no worker names for so long is looked for in Redis. */
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
export class RemoteWorkshop implements Workshop {
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #queue: Queue;
  readonly #fingerprints: Fingerprints;
  readonly #log: Logger;
  readonly #patienceMs: number;
  readonly #waiting: FairQueue<Order>;
  /** In Redis, or with a worker. */
  readonly #sent = new Map<string, Order>();
  readonly #workers = new Map<string, { slots: number; heardAt: number }>();
  readonly #watch: NodeJS.Timeout;
  /** When any worker was heard. */
  #heardAt = performance.now();
  #closed = false;

  private constructor({
    redisUrl,
    modelFolders,
    queueLimit,
    log,
    patienceMs = 20_000,
  }: RemoteWorkshopOptions) {
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
    this.#waiting = new FairQueue(queueLimit);
    this.#subscriber.on('message', (_, text: string) => {
      const message = parseMessage(text);
      if (message !== undefined) this.#hear(message);
    });
    this.#subscriber.subscribe(channel).catch(() => undefined); // only when it is closed before
    this.#watch = setInterval(() => this.#lookAround(), watchEveryMs);
  }

  /** @throws UserError for the operator when Redis refuses; one that is not there yet is waited for. */
  static async open(options: RemoteWorkshopOptions): Promise<RemoteWorkshop> {
    const workshop = new RemoteWorkshop(options);
    try {
      await checkConnection(workshop.#redis, false);
    } catch (error) {
      await workshop.close();
      throw error;
    }
    return workshop;
  }

  get workers(): number {
    return this.#workers.size;
  }

  /**
   * @throws UserError when the queue is full, no worker is there, the model is not there, or the worker
   * was lost; the signal's reason when it is aborted.
   */
  compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
    const { signal, owner = '' } = options;
    const start = performance.now();
    return new Promise((resolve, reject) => {
      if (this.#closed) throw closed;
      signal?.throwIfAborted();
      const abort = (): void => {
        if (this.#sent.has(order.id)) void this.#cancel(order.id);
        order.reject(signal!.reason as Error);
      };
      const end = (): void => {
        signal?.removeEventListener('abort', abort);
        this.#waiting.remove(owner, order);
        this.#sent.delete(order.id);
        this.#assign();
      };
      const order: Order = {
        id: randomUUID(),
        request,
        options,
        owner,
        resolve: (composition) => {
          end();
          const timingsMs = { ...composition.timingsMs, total: performance.now() - start };
          resolve({ ...composition, timingsMs });
        },
        reject: (error) => {
          end();
          reject(error);
        },
        heardAt: Infinity,
      };
      if (!this.#waiting.push(owner, order)) throw busy();
      signal?.addEventListener('abort', abort);
      this.#assign();
    });
  }

  /** Takes back what was sent, as far as Redis can be reached. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    const cancels = [...this.#sent.keys()].map((id) => this.#cancel(id));
    this.#rejectAll(closed);
    await Promise.race([Promise.all(cancels), delay(lastWordsMs)]);
    this.#redis.disconnect();
    this.#subscriber.disconnect();
    await this.#queue.close().catch(() => undefined); // it may not have been reached at all
  }

  /** Sends what workers have room for, and tells the others their place. */
  #assign(): void {
    if (this.#closed) return;
    while (this.#sent.size < this.#slots) {
      const order = this.#waiting.shift();
      if (order === undefined) break;
      this.#sent.set(order.id, order);
      void this.#send(order);
    }
    this.#waiting
      .inOrder()
      .forEach(({ options }, i) => options.onProgress?.({ stage: 'queued', place: i + 1 }));
  }

  get #slots(): number {
    return [...this.#workers.values()].reduce((sum, { slots }) => sum + slots, 0);
  }

  async #send(order: Order): Promise<void> {
    const { id, request, options } = order;
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
      order.heardAt = performance.now();
      if (!this.#sent.has(id)) await this.#cancel(id); // it ended while Redis took it
    } catch (error) {
      order.reject(unreachable(error));
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
      const order = this.#sent.get(message.job);
      // What cannot be fetched now is looked for again.
      if (order !== undefined) this.#collect(order).catch(() => undefined);
      return;
    }
    const { worker, slots, jobs } = message;
    const isNew = !this.#workers.has(worker);
    this.#workers.set(worker, { slots, heardAt: now });
    if (isNew) this.#tellWorkers();
    for (const [id, progress] of Object.entries(jobs)) {
      const order = this.#sent.get(id);
      if (order === undefined) continue;
      order.heardAt = now;
      order.options.onProgress?.(progress);
    }
    if (this.#waiting.size > 0 && this.#sent.size < this.#slots) this.#assign();
  }

  #lookAround(): void {
    const now = performance.now();
    for (const [worker, { heardAt }] of this.#workers) {
      if (now - heardAt <= deafMs) continue;
      this.#workers.delete(worker);
      this.#tellWorkers();
    }
    // A connection that is gone without a word is found out by what it does not answer.
    if (now - this.#heardAt > deafMs && this.#subscriber.status === 'ready') {
      this.#subscriber.ping().catch(() => undefined);
    }
    if (now - this.#heardAt > this.#patienceMs) {
      for (const id of this.#sent.keys()) void this.#cancel(id);
      this.#rejectAll(unreachable(new Error('No worker has been heard of.')));
      return;
    }
    for (const order of this.#sent.values()) {
      if (now - order.heardAt <= silenceMs) continue;
      order.heardAt = Infinity; // until it was looked for
      void this.#look(order);
    }
  }

  #tellWorkers(): void {
    this.#log.info({ workers: this.#workers.size, slots: this.#slots }, 'workers');
  }

  /** Asks Redis for an order that nobody speaks of: it may wait for its turn, be done, or be gone. */
  async #look(order: Order): Promise<void> {
    try {
      const state = await this.#queue.getJobState(order.id);
      if (state === 'unknown' && !(await this.#collect(order))) {
        order.reject(new ComposerLost(new Error('Redis has neither the job nor its result.')));
      }
    } catch {
      // Redis went in the meantime: the next look finds out more.
    }
    order.heardAt = performance.now();
  }

  /** Ends an order with its result. @returns false when there is none. */
  async #collect(order: Order): Promise<boolean> {
    const key = resultKey(order.id);
    const replies = await this.#redis.multi().hgetallBuffer(key).del(key).exec();
    const [error, fields] = replies![0]!;
    if (error !== null) throw error;
    if (Object.keys(fields as object).length === 0) return false;
    try {
      order.resolve(decodeResult(fields as Record<string, Buffer>, order.request));
    } catch (failure) {
      order.reject(failure as Error);
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

  #rejectAll(error: UserError): void {
    for (const order of [...this.#waiting.inOrder(), ...this.#sent.values()]) order.reject(error);
  }
}

function unreachable(cause: unknown): UserError {
  return new UserError(
    'compose.unreachable',
    'The machines that compose cannot be reached at the moment; please try again in a minute.',
    { cause },
  );
}
