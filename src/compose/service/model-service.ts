import { Worker } from 'node:worker_threads';
import type { CompositionRequest } from '../../request/request.js';
import { UserError } from '../../errors/user-error.js';
import type { ModelFolders } from '../../model/model-store.js';
import type { ComposedNotes } from '../../model/piece-composer.js';
import { FairQueue } from '../fair-queue.js';
import type { FromWorker, ToWorker, UnusableModel, WorkerOptions } from './messages.js';

export interface ModelServiceOptions {
  readonly modelFolders: ModelFolders;
  /** Threads that compose. */
  readonly workers: number;
  /** Pieces that a thread composes side by side. */
  readonly together: number;
  /** Requests that may wait. */
  readonly queueLimit: number;
  /** A thread that says nothing for so long while it has work is replaced. */
  readonly silenceLimitMs?: number;
  /** The program of the threads. */
  readonly program?: URL;
}

export type ComposeProgress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly place: number }
  | { readonly stage: 'composing'; readonly notes: number; readonly total: number };

export interface ServiceComposeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ComposeProgress) => void;
  /** Whose request this is; waiting requests are served fairly between owners. */
  readonly owner?: string;
}

export interface ServiceResult extends ComposedNotes {
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  /** Set when one of the request's fallbacks composed. */
  readonly insteadOf?: UnusableModel;
}

/** The thread that was composing died or hung; the request may be made again. */
export class ComposerLost extends UserError {
  /** @param cause why, as far as it is known: for the log. */
  constructor(cause: unknown) {
    super('compose.lost', 'The composer stopped unexpectedly; please try again.', { cause });
  }
}

interface Job {
  readonly id: number;
  readonly request: CompositionRequest;
  readonly owner: string;
  readonly onProgress: ((progress: ComposeProgress) => void) | undefined;
  readonly resolve: (result: ServiceResult) => void;
  readonly reject: (error: Error) => void;
  /** Set while a thread works on it. */
  seat: Seat | undefined;
}

/** Little, so that what is short-lived is collected early and the bot stays small. */
const maxYoungGenerationSizeMb = 12;

/** No more requests may wait. */
export function busy(): UserError {
  return new UserError('compose.busy', 'Too many pieces are waiting already; please try again in a minute.');
}

/** A thread and what it is working on. */
interface Seat {
  /** None after a loss, until the next job: a thread that dies at its start is not started for ever. */
  worker: Worker | undefined;
  readonly jobs: Map<number, Job>;
  heardAt: number;
}

export const closed = new UserError(
  'compose.closed',
  'The bot is shutting down; please try again in a minute.',
);

/**
 * The networks, off the main thread: one door, {@link compose}. Behind it are threads that
 * each compose several pieces side by side, and a bounded queue that is fair between owners.
 * Every request ends: in notes, in an error, or in its own abort.
 */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #seats: Seat[] = [];
  readonly #queue: FairQueue<Job>;
  readonly #watch: NodeJS.Timeout;
  #nextId = 1;
  #closed = false;

  constructor(options: ModelServiceOptions) {
    this.#options = options;
    this.#queue = new FairQueue(options.queueLimit);
    for (let i = 0; i < options.workers; i++) {
      const seat: Seat = { worker: undefined, jobs: new Map(), heardAt: 0 };
      this.#start(seat);
      this.#seats.push(seat);
    }
    this.#watch = setInterval(() => this.#endSilent(), 1000).unref();
  }

  /**
   * Composes the notes that were asked for.
   * @throws UserError when the queue is full, the model is unknown, or the thread was lost;
   * the signal's reason when it is aborted.
   */
  compose(
    request: CompositionRequest,
    { signal, onProgress, owner = '' }: ServiceComposeOptions = {},
  ): Promise<ServiceResult> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw closed;
      signal?.throwIfAborted();
      const abort = (): void => {
        this.#drop(job);
        job.reject(signal!.reason as Error);
      };
      const job: Job = {
        id: this.#nextId++,
        request,
        owner,
        onProgress,
        resolve: (result) => {
          signal?.removeEventListener('abort', abort);
          resolve(result);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', abort);
          reject(error);
        },
        seat: undefined,
      };
      if (!this.#queue.push(owner, job)) {
        throw busy();
      }
      signal?.addEventListener('abort', abort);
      this.#assign();
    });
  }

  /** Ends the threads; what is waiting or running is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    for (const job of this.#queue.inOrder()) job.reject(closed);
    while (this.#queue.shift() !== undefined);
    await Promise.all(
      this.#seats.map(async (seat) => {
        for (const job of seat.jobs.values()) job.reject(closed);
        seat.jobs.clear();
        await seat.worker?.terminate();
      }),
    );
  }

  /** Gives waiting jobs to threads with room, the least busy first, and tells the others their place. */
  #assign(): void {
    const { together } = this.#options;
    for (;;) {
      const seat = this.#seats.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
      if (seat.jobs.size >= together) break;
      const job = this.#queue.shift();
      if (job === undefined) break;
      if (seat.jobs.size === 0) seat.heardAt = performance.now();
      seat.jobs.set(job.id, job);
      job.seat = seat;
      job.onProgress?.({ stage: 'composing', notes: 0, total: job.request.notes });
      this.#send(seat, { type: 'compose', id: job.id, request: job.request });
    }
    this.#queue.inOrder().forEach((job, i) => job.onProgress?.({ stage: 'queued', place: i + 1 }));
  }

  #receive(seat: Seat, message: FromWorker): void {
    seat.heardAt = performance.now();
    if (message.type === 'progress') {
      for (const { id, count } of message.notes) {
        const job = seat.jobs.get(id);
        job?.onProgress?.({ stage: 'composing', notes: count, total: job.request.notes });
      }
      return;
    }
    const job = seat.jobs.get(message.id);
    if (job === undefined) return; // aborted in the meantime
    seat.jobs.delete(job.id);
    if (message.type === 'done') {
      const { composed, model, insteadOf } = message;
      job.resolve({ ...composed, model, ...(insteadOf && { insteadOf }) });
    } else
      job.reject(
        message.refusal === undefined ? new Error(message.message) : UserError.from(message.refusal),
      );
    this.#assign();
  }

  #drop(job: Job): void {
    this.#queue.remove(job.owner, job);
    if (job.seat?.jobs.delete(job.id) === true) this.#send(job.seat, { type: 'cancel', id: job.id });
    this.#assign();
  }

  #start(seat: Seat): Worker {
    const { modelFolders, together, program } = this.#options;
    const workerData: WorkerOptions = { modelFolders, together };
    const worker = new Worker(program ?? new URL('./composer-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    seat.worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(seat, message));
    let cause: unknown;
    worker.on('error', (error) => (cause = error)); // followed by the exit
    worker.on('exit', (code) => {
      if (this.#closed || seat.worker !== worker) return;
      this.#lose(seat, cause ?? new Error(`The thread ended with code ${code}.`));
    });
    return worker;
  }

  #endSilent(): void {
    const { silenceLimitMs = 10_000 } = this.#options;
    const now = performance.now();
    for (const seat of this.#seats) {
      if (seat.jobs.size > 0 && now - seat.heardAt > silenceLimitMs) {
        void seat.worker?.terminate();
        this.#lose(seat, new Error(`The thread said nothing for ${silenceLimitMs} ms.`));
      }
    }
  }

  /** Its jobs fail and are not tried again: one of them may be what the thread died of. */
  #lose(seat: Seat, cause: unknown): void {
    const lost = [...seat.jobs.values()];
    seat.jobs.clear();
    seat.worker = undefined;
    for (const job of lost) job.reject(new ComposerLost(cause));
    this.#assign();
  }

  #send(seat: Seat, message: ToWorker): void {
    (seat.worker ?? this.#start(seat)).postMessage(message);
  }
}
