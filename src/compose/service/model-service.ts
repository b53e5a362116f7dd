import { Worker } from 'node:worker_threads';
import { extentOf, type CompositionRequest } from '../../request/request.js';
import type { Progress } from '../composition.js';
import { UserError } from '../../errors/user-error.js';
import type { ModelFolders } from '../../model/model-store.js';
import type { ComposedNotes } from '../../model/composer.js';
import { Patience } from '../../threads/patience.js';
import { Scheduler } from '../scheduler.js';
import type { FromWorker, ToWorker, UnusableModel, WorkerOptions } from './messages.js';

export interface ModelServiceOptions {
  readonly modelFolders: ModelFolders;
  /** Number of threads that compose. */
  readonly workers: number;
  /** Pieces that a thread composes in one batch. */
  readonly batchSize: number;
  /** Maximum number of waiting requests. */
  readonly queueLimit: number;
  /** A busy thread that is silent for this long is replaced, and the limit doubles for the next. */
  readonly silenceLimitMs?: number;
  /** How long a thread may take to report that it has started. */
  readonly startWithinMs?: number;
  /** Called with the reason, as far as known, whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
  /** Module that the threads run. */
  readonly program?: URL;
}

export type ComposeProgress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly position: number }
  | Extract<Progress, { readonly stage: 'composing' | 'composing-time' }>;

export interface ServiceComposeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ComposeProgress) => void;
  /** Whose request this is; waiting requests are scheduled fairly between owners. */
  readonly owner?: string;
}

export interface ServiceResult extends ComposedNotes {
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  /** Set when a fallback of the request's model composed. */
  readonly insteadOf?: UnusableModel;
}

/** The composing threads crashed or hung; the request can be retried. */
export class ComposerLost extends UserError {
  /** @param cause the reason, as far as known, for the log. */
  constructor(cause: unknown) {
    super('compose.lost', { cause });
  }
}

/** A request that a thread works on. */
interface Job {
  readonly id: number;
  /** Whether any notes were reported. */
  hasNotes: boolean;
  /** Whether it has already lost one thread. */
  isSecondTry: boolean;
  readonly request: CompositionRequest;
  readonly onProgress: ((progress: ComposeProgress) => void) | undefined;
  readonly resolve: (result: ServiceResult) => void;
  readonly reject: (error: Error) => void;
}

/** Small, so that short-lived memory is collected early and the bot stays small. */
const maxYoungGenerationSizeMb = 12;

/** A thread and its jobs. */
interface ComposerThread {
  /**
   * Undefined after a crash until the next job: a thread that crashes at startup is not restarted forever.
   */
  worker: Worker | undefined;
  readonly jobs: Map<number, Job>;
  /**
   * How long it has been silent, counted only while the event loop of this thread ran: a blocked loop hears
   * nothing.
   */
  silentMs: number;
  hasStarted: boolean;
}

function composing(request: CompositionRequest, done: number): ComposeProgress {
  const { unit, amount } = extentOf(request);
  return unit === 'notes'
    ? { stage: 'composing', notes: done, total: amount }
    : { stage: 'composing-time', seconds: done, total: amount };
}

const lookEveryMs = 250;

export const closed = new UserError('compose.closed');

/**
 * Runs the networks off the main thread, in threads that each compose several pieces in a batch. Every
 * request ends: in notes, in an error, or in its own abort.
 */
export class ModelService {
  readonly #options: ModelServiceOptions;
  readonly #threads: ComposerThread[] = [];
  readonly #scheduler: Scheduler;
  readonly #watch: NodeJS.Timeout;
  readonly #patience: Patience;
  #nextId = 1;
  #closed = false;

  constructor(options: ModelServiceOptions) {
    const { workers, batchSize, queueLimit, silenceLimitMs = 20_000 } = options;
    this.#options = options;
    this.#patience = new Patience(silenceLimitMs);
    this.#scheduler = new Scheduler({ slots: workers * batchSize, limit: queueLimit });
    for (let i = 0; i < workers; i++) {
      const thread: ComposerThread = { worker: undefined, jobs: new Map(), silentMs: 0, hasStarted: false };
      this.#start(thread);
      this.#threads.push(thread);
    }
    this.#watch = setInterval(() => this.#endSilent(), lookEveryMs).unref();
  }

  /** Whether no further request can wait. */
  get isFull(): boolean {
    return this.#scheduler.isFull;
  }

  /**
   * Composes the requested notes.
   * @throws UserError when the queue is full, the model is unknown, or the thread was lost; the signal's
   *   reason when it is aborted.
   */
  compose(
    request: CompositionRequest,
    { signal, onProgress, owner }: ServiceComposeOptions = {},
  ): Promise<ServiceResult> {
    return this.#scheduler.run(() => this.#compose(request, onProgress, signal), {
      owner,
      signal,
      onPosition: (position) => onProgress?.({ stage: 'queued', position }),
    });
  }

  /** Terminates the threads; rejects all waiting and running requests. */
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

  /** Uses the least busy thread. */
  #compose(
    request: CompositionRequest,
    onProgress: Job['onProgress'],
    signal: AbortSignal | undefined,
  ): Promise<ServiceResult> {
    const id = this.#nextId++;
    const thread = this.#threads.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
    const abort = (): void => {
      const job = thread.jobs.get(id);
      if (job === undefined) return;
      thread.jobs.delete(id);
      this.#send(thread, { type: 'cancel', id });
      job.reject(signal!.reason as Error);
    };
    signal?.addEventListener('abort', abort);
    onProgress?.(composing(request, 0));
    return new Promise<ServiceResult>((resolve, reject) => {
      this.#give(thread, { id, request, onProgress, resolve, reject, hasNotes: false, isSecondTry: false });
    }).finally(() => signal?.removeEventListener('abort', abort));
  }

  #give(thread: ComposerThread, job: Job): void {
    if (thread.jobs.size === 0) thread.silentMs = 0;
    thread.jobs.set(job.id, job);
    this.#send(thread, { type: 'compose', id: job.id, request: job.request });
  }

  #receive(thread: ComposerThread, message: FromWorker): void {
    thread.silentMs = 0;
    thread.hasStarted = true;
    if (message.type === 'alive') return;
    if (message.type === 'progress') {
      for (const { id, count } of message.notes) {
        const job = thread.jobs.get(id);
        if (job === undefined) continue;
        job.hasNotes ||= count > 0;
        job.onProgress?.(composing(job.request, count));
      }
      return;
    }
    const job = thread.jobs.get(message.id);
    if (job === undefined) return; // aborted meanwhile
    thread.jobs.delete(message.id);
    if (message.type === 'done') {
      this.#patience.reset();
      const { composed, model, insteadOf } = message;
      job.resolve({ ...composed, model, ...(insteadOf && { insteadOf }) });
    } else
      job.reject(
        message.refusal === undefined ? new Error(message.message) : UserError.from(message.refusal),
      );
  }

  #start(thread: ComposerThread): Worker {
    const { modelFolders, batchSize, program } = this.#options;
    const workerData: WorkerOptions = { modelFolders, batchSize };
    const worker = new Worker(program ?? new URL('./composer-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    thread.worker = worker;
    thread.hasStarted = false;
    worker.on('message', (message: FromWorker) => this.#receive(thread, message));
    let cause: unknown;
    worker.on('error', (error) => (cause = error)); // the exit event follows
    worker.on('exit', (code) => {
      if (this.#closed || thread.worker !== worker) return;
      this.#lose(thread, cause ?? new Error(`The thread ended with code ${code}.`));
    });
    return worker;
  }

  #endSilent(): void {
    const { startWithinMs = 60_000 } = this.#options;
    for (const thread of this.#threads) {
      if (thread.jobs.size === 0) continue;
      thread.silentMs += lookEveryMs;
      const limitMs = thread.hasStarted ? this.#patience.ms : startWithinMs;
      if (thread.silentMs <= limitMs) continue;
      this.#patience.grow();
      void thread.worker?.terminate();
      this.#lose(thread, new Error(`The thread said nothing for ${limitMs} ms.`));
    }
  }

  /**
   * Retries, once, the jobs that had no notes yet. The others fail, and so does a job that loses a second
   * thread: it may be the one that crashes it.
   */
  #lose(thread: ComposerThread, cause: unknown): void {
    const lost = [...thread.jobs.values()];
    thread.jobs.clear();
    thread.worker = undefined;
    this.#options.onLost?.(cause);
    for (const job of lost) {
      if (job.hasNotes || job.isSecondTry) job.reject(new ComposerLost(cause));
      else this.#give(thread, { ...job, isSecondTry: true });
    }
  }

  #send(thread: ComposerThread, message: ToWorker): void {
    (thread.worker ?? this.#start(thread)).postMessage(message);
  }
}
