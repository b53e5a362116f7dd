import type { Piscina } from 'piscina';
import { heapLimits } from './heap-limits.js';
import { Patience } from './patience.js';
import { createThreadPool } from './thread-pool.js';

export interface PatientThreadOptions {
  /** A thread that works at one task for so long is replaced, and the next has twice as long. */
  readonly deadlineMs: number;
  /** How long a thread may take to start. */
  readonly startWithinMs?: number | undefined;
  readonly maxMegabytes: number;
  /** Is told why whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
}

/** A task took longer than a thread may take, twice. */
export class TookTooLong extends Error {}

/**
 * A thread that works at one task after the other: one that hangs or dies of a task is replaced, and costs nothing
 * but that task. What took too long is tried once more, since tasks are limited so that none should: then it is the
 * machine that has no time. A thread's start does not count: its program has to export a function `ready`.
 */
export class PatientThread<Task> {
  readonly #threads: Piscina<Task | undefined>;
  /** The end of the task before: no task's time runs while another one is worked at. */
  #before: Promise<unknown> = Promise.resolve();
  readonly #patience: Patience;
  readonly #startWithinMs: number;
  readonly #onLost: PatientThreadOptions['onLost'];

  constructor(
    program: URL,
    { deadlineMs, startWithinMs = 60_000, maxMegabytes, onLost }: PatientThreadOptions,
  ) {
    this.#patience = new Patience(deadlineMs);
    this.#startWithinMs = startWithinMs;
    this.#onLost = onLost;
    this.#threads = createThreadPool(program, {
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
      resourceLimits: heapLimits(maxMegabytes),
    });
  }

  /**
   * @param name of the function of the thread's program
   * @returns what that function returns
   * @throws TookTooLong; whatever ends the thread
   */
  run(name: string, task: Task): Promise<unknown> {
    const running = this.#before.then(() => this.#tryTwice(name, task));
    this.#before = running.catch(() => undefined);
    return running;
  }

  async close(): Promise<void> {
    await this.#threads.destroy();
  }

  async #tryTwice(name: string, task: Task): Promise<unknown> {
    try {
      return await this.#try(name, task);
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      return this.#try(name, task);
    }
  }

  async #try(name: string, task: Task): Promise<unknown> {
    try {
      // First, so that the time is the task's alone.
      await this.#within(this.#startWithinMs, 'ready', undefined);
      const answer = await this.#within(this.#patience.ms, name, task);
      this.#patience.reset();
      return answer;
    } catch (error) {
      this.#onLost?.(error);
      if (error instanceof TookTooLong) this.#patience.grow();
      throw error;
    }
  }

  async #within(ms: number, name: string, task: Task | undefined): Promise<unknown> {
    const signal = AbortSignal.timeout(ms);
    try {
      return await this.#threads.run(task, { name, signal });
    } catch (error) {
      throw signal.aborted ? new TookTooLong(`The thread took more than ${ms} ms for "${name}".`) : error;
    }
  }
}
