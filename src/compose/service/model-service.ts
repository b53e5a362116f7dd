import { Worker } from 'node:worker_threads';
import { extentOf, type CompositionRequest } from '../../request/request.js';
import type { Progress } from '../composition.js';
import { UserError } from '../../errors/user-error.js';
import type { ModelFolders } from '../../model/model-store.js';
import type { ComposedNotes } from '../../model/composer.js';
import { Scheduler } from '../scheduler.js';
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
  | Extract<Progress, { readonly stage: 'composing' | 'composing-time' }>;

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
    super('compose.lost', { cause });
  }
}

/** What a thread works on. */
interface Job {
  readonly request: CompositionRequest;
  readonly onProgress: ((progress: ComposeProgress) => void) | undefined;
  readonly resolve: (result: ServiceResult) => void;
  readonly reject: (error: Error) => void;
}

/** Little, so that what is short-lived is collected early and the bot stays small. */
const maxYoungGenerationSizeMb = 12;

/** A thread and what it is working on. */
interface ComposerThread {
  /** None after a loss, until the next job: a thread that dies at its start is not started for ever. */
  worker: Worker | undefined;
  readonly jobs: Map<number, Job>;
  heardAt: number;
}

function composing(request: CompositionRequest, done: number): ComposeProgress {
  const { unit, amount } = extentOf(request);
  return unit === 'notes'
    ? { stage: 'composing', notes: done, total: amount }
    : { stage: 'composing-time', seconds: done, total: amount };
}

export const closed = new UserError('compose.closed');

/**
 * The networks, off the main thread, in threads that each compose several pieces side by side.
 * Every request ends: in notes, in an error, or in its own abort.
 */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #threads: ComposerThread[] = [];
  readonly #scheduler: Scheduler;
  readonly #watch: NodeJS.Timeout;
  #nextId = 1;
  #closed = false;

  constructor(options: ModelServiceOptions) {
    const { workers, together, queueLimit } = options;
    this.#options = options;
    this.#scheduler = new Scheduler({ slots: workers * together, limit: queueLimit });
    for (let i = 0; i < workers; i++) {
      const thread: ComposerThread = { worker: undefined, jobs: new Map(), heardAt: 0 };
      this.#start(thread);
      this.#threads.push(thread);
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
    { signal, onProgress, owner }: ServiceComposeOptions = {},
  ): Promise<ServiceResult> {
    return this.#scheduler.run(() => this.#compose(request, onProgress, signal), {
      owner,
      signal,
      onPosition: (place) => onProgress?.({ stage: 'queued', place }),
    });
  }

  /** Ends the threads; what is waiting or running is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    this.#scheduler.close(closed);
    await Promise.all(
      this.#threads.map(async (thread) => {
        for (const job of thread.jobs.values()) job.reject(closed);
        thread.jobs.clear();
        await thread.worker?.terminate();
      }),
    );
  }

  /** In the least busy thread. */
  #compose(
    request: CompositionRequest,
    onProgress: Job['onProgress'],
    signal: AbortSignal | undefined,
  ): Promise<ServiceResult> {
    const id = this.#nextId++;
    const thread = this.#threads.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        if (thread.jobs.delete(id)) this.#send(thread, { type: 'cancel', id });
        reject(signal!.reason as Error);
      };
      const settling =
        <T>(settle: (value: T) => void): ((value: T) => void) =>
        (value) => {
          signal?.removeEventListener('abort', abort);
          settle(value);
        };
      signal?.addEventListener('abort', abort, { once: true });
      if (thread.jobs.size === 0) thread.heardAt = performance.now();
      thread.jobs.set(id, { request, onProgress, resolve: settling(resolve), reject: settling(reject) });
      onProgress?.(composing(request, 0));
      this.#send(thread, { type: 'compose', id, request });
    });
  }

  #receive(thread: ComposerThread, message: FromWorker): void {
    thread.heardAt = performance.now();
    if (message.type === 'progress') {
      for (const { id, count } of message.notes) {
        const job = thread.jobs.get(id);
        if (job !== undefined) job.onProgress?.(composing(job.request, count));
      }
      return;
    }
    const job = thread.jobs.get(message.id);
    if (job === undefined) return; // aborted in the meantime
    thread.jobs.delete(message.id);
    if (message.type === 'done') {
      const { composed, model, insteadOf } = message;
      job.resolve({ ...composed, model, ...(insteadOf && { insteadOf }) });
    } else
      job.reject(
        message.refusal === undefined ? new Error(message.message) : UserError.from(message.refusal),
      );
  }

  #start(thread: ComposerThread): Worker {
    const { modelFolders, together, program } = this.#options;
    const workerData: WorkerOptions = { modelFolders, together };
    const worker = new Worker(program ?? new URL('./composer-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    thread.worker = worker;
    worker.on('message', (message: FromWorker) => this.#receive(thread, message));
    let cause: unknown;
    worker.on('error', (error) => (cause = error)); // followed by the exit
    worker.on('exit', (code) => {
      if (this.#closed || thread.worker !== worker) return;
      this.#lose(thread, cause ?? new Error(`The thread ended with code ${code}.`));
    });
    return worker;
  }

  #endSilent(): void {
    const { silenceLimitMs = 10_000 } = this.#options;
    const now = performance.now();
    for (const thread of this.#threads) {
      if (thread.jobs.size > 0 && now - thread.heardAt > silenceLimitMs) {
        void thread.worker?.terminate();
        this.#lose(thread, new Error(`The thread said nothing for ${silenceLimitMs} ms.`));
      }
    }
  }

  /** Its jobs fail and are not tried again: one of them may be what the thread died of. */
  #lose(thread: ComposerThread, cause: unknown): void {
    const lost = [...thread.jobs.values()];
    thread.jobs.clear();
    thread.worker = undefined;
    for (const job of lost) job.reject(new ComposerLost(cause));
  }

  #send(thread: ComposerThread, message: ToWorker): void {
    (thread.worker ?? this.#start(thread)).postMessage(message);
  }
}
