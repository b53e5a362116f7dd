import { UserError } from '../errors/user-error.js';

export interface SchedulerOptions {
  /** Maximum number of running tasks. */
  readonly slots: number;
  /** Maximum number of waiting tasks; unlimited by default. */
  readonly limit?: number;
}

export interface ScheduleOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whose work this is; waiting tasks are scheduled fairly between owners. */
  readonly owner?: string | undefined;
  /** Called with the position in the queue, 1 being next, whenever it may have changed. */
  readonly onPosition?: ((position: number) => void) | undefined;
}

interface Waiting {
  readonly begin: () => void;
  readonly reject: (reason: Error) => void;
  readonly onPosition: ScheduleOptions['onPosition'];
}

/**
 * Runs tasks, a limited number at once. Owners take turns, so that one person's ten pieces do not delay
 * another's first. Each task is either started or its promise rejected.
 */
export class Scheduler {
  readonly #limit: number;
  #slots: number;
  #running = 0;
  #size = 0;
  /** By owner, in the order of their turns; lists are never empty. */
  readonly #waiting = new Map<string, Waiting[]>();
  #closed: Error | undefined;

  constructor({ slots, limit = Infinity }: SchedulerOptions) {
    this.#slots = slots;
    this.#limit = limit;
  }

  /**
   * Runs a task as soon as a slot is free.
   * @param task has to stop by itself when the signal fires later
   * @throws UserError `compose.busy` when too many are waiting; the signal's reason when it fires before
   *   there is a slot; the reason of {@link close} or {@link rejectWaiting}; what the task throws.
   */
  run<T>(task: () => Promise<T>, { signal, owner = '', onPosition }: ScheduleOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) throw this.#closed;
      signal?.throwIfAborted();
      if (this.isFull) throw new UserError('compose.busy');
      const abort = (): void => {
        this.#remove(owner, waiting);
        waiting.reject(signal!.reason as Error);
        this.#fill();
      };
      const waiting: Waiting = {
        begin: () => {
          signal?.removeEventListener('abort', abort);
          resolve(this.#start(task));
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', abort);
          reject(reason);
        },
        onPosition,
      };
      signal?.addEventListener('abort', abort);
      this.#waiting.set(owner, [...(this.#waiting.get(owner) ?? []), waiting]);
      this.#size += 1;
      this.#fill();
    });
  }

  /** Whether no further task can run or wait. */
  get isFull(): boolean {
    return this.#running >= this.#slots && this.#size >= this.#limit;
  }

  /** Changes the maximum number of running tasks; running ones continue. */
  set slots(slots: number) {
    if (slots === this.#slots) return;
    this.#slots = slots;
    this.#fill();
  }

  /** Rejects all waiting tasks. */
  rejectWaiting(reason: Error): void {
    const waiting = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    this.#size = 0;
    for (const each of waiting) each.reject(reason);
  }

  /** Rejects all waiting and all future tasks. */
  close(reason: Error): void {
    this.#closed = reason;
    this.rejectWaiting(reason);
  }

  /** Starts synchronously, so that no task with a slot starts after its owner has closed. */
  async #start<T>(task: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#fill();
    }
  }

  /** Gives free slots to the next in turn, and reports the positions of the others. */
  #fill(): void {
    while (this.#running < this.#slots && this.#size > 0) {
      const [owner, [next, ...others]] = this.#waiting.entries().next().value as [
        string,
        [Waiting, ...Waiting[]],
      ];
      this.#waiting.delete(owner);
      if (others.length > 0) this.#waiting.set(owner, others); // at the end
      this.#size -= 1;
      next.begin();
    }
    if (this.#size === 0) return;
    this.#inOrder().forEach(({ onPosition }, i) => onPosition?.(i + 1));
  }

  #inOrder(): readonly Waiting[] {
    const owners = [...this.#waiting.values()];
    const rounds = Math.max(0, ...owners.map(({ length }) => length));
    return Array.from({ length: rounds }, (_, i) => owners.flatMap((each) => each.slice(i, i + 1))).flat();
  }

  #remove(owner: string, waiting: Waiting): void {
    const left = (this.#waiting.get(owner) ?? []).filter((each) => each !== waiting);
    if (left.length === 0) this.#waiting.delete(owner);
    else this.#waiting.set(owner, left);
    this.#size -= 1;
  }
}
