import type { Piscina } from 'piscina';
import { heapLimits } from './heap-limits.js';
import { Patience } from './patience.js';
import { createThreadPool } from './thread-pool.js';

export interface PatientThreadOptions {
  /** A thread that works on one task for longer is replaced, and the limit doubles for the next. */
  readonly deadlineMs: number;
  /** How long a thread may take to start. */
  readonly startWithinMs?: number | undefined;
  readonly maxMegabytes: number;
  /** Called with the reason whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
}

/** A task exceeded the time limit twice. */
export class TookTooLong extends Error {}

/**
 * A thread that runs one task at a time; if it hangs or crashes, it is replaced, and only that task is lost.
 * A task that times out is retried once: tasks are limited so that none should, so the machine is probably
 * overloaded. The thread's start does not count: its program has to export a function `ready`.
 */
export class PatientThread<Task> {
  readonly #threads: Piscina<Task | undefined>;
  /** Settles when the previous task ends: time limits do not run while another task does. */
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
   * @param name of the function in the thread's program
   * @returns what that function returns
   * @throws TookTooLong; whatever ended the thread
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
      // Awaited first, so that the time limit covers only the task.
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
