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
  /** Read at the start of each thread: that most requests will be for. */
  readonly firstModel?: string | undefined;
  /** Threads that compose. */
  readonly workers: number;
  /** Pieces that a thread composes side by side. */
  readonly batchSize: number;
  /** Requests that may wait. */
  readonly queueLimit: number;
  /** A thread that is silent for this long while it has work is replaced, and the next has twice as long. */
  readonly silenceLimitMs?: number;
  /** How long a thread may take to start, which it says. */
  readonly startWithinMs?: number;
  /** Is told why, as far as it is known, whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
  /** The program of the threads. */
  readonly program?: URL;
}

export type ComposeProgress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly position: number }
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

/** The threads that were composing died or hung; the request may be made again. */
export class ComposerLost extends UserError {
  /** @param cause why, as far as it is known: for the log. */
  constructor(cause: unknown) {
    super('compose.lost', { cause });
  }
}

/** What a thread works on. */
interface Job {
  readonly id: number;
  /** None so far, as far as was heard. */
  hasNotes: boolean;
  /** A thread was lost over it. */
  isSecondTry: boolean;
  readonly request: CompositionRequest;
  readonly onProgress: ((progress: ComposeProgress) => void) | undefined;
  readonly resolve: (result: ServiceResult) => void;
  readonly reject: (error: Error) => void;
}

/** Small, so that short-lived memory is collected early and the bot stays small. */
const maxYoungGenerationSizeMb = 12;

/** A thread and what it is working on. */
interface ComposerThread {
  /** None after a loss, until the next job: a thread that dies at its start is not restarted forever. */
  worker: Worker | undefined;
  readonly jobs: Map<number, Job>;
  /** How long nothing was heard of it, counted in turns of this thread: time in which it had none says nothing. */
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
 * The networks, off the main thread, in threads that each compose several pieces side by side.
 * Every request ends: in notes, in an error, or in its own abort.
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

  /** Nothing more can wait. */
  get isFull(): boolean {
    return this.#scheduler.isFull;
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
      onPosition: (position) => onProgress?.({ stage: 'queued', position }),
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
      onProgress?.(composing(request, 0));
      const settled = { resolve: settling(resolve), reject: settling(reject) };
      this.#give(thread, { id, request, onProgress, ...settled, hasNotes: false, isSecondTry: false });
    });
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
    if (job === undefined) return; // aborted in the meantime
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
    const { modelFolders, firstModel, batchSize, program } = this.#options;
    const workerData: WorkerOptions = { modelFolders, firstModel, batchSize };
    const worker = new Worker(program ?? new URL('./composer-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb },
    });
    thread.worker = worker;
    thread.hasStarted = false;
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
   * What had brought nothing yet is tried once more. The other jobs fail, and so does what loses a second
   * thread: one of them may be what the thread died of.
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
