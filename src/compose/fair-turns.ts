import { FairQueue } from './fair-queue.js';

/**
 * A few places to work at, for any number who wait: who waits for one takes turns with the other
 * owners, so that ten pieces of one do not delay the first of another.
 */
export class FairTurns {
  readonly #waiting = new FairQueue<() => void>(Infinity);
  #free: number;

  /** @param places how many work at once */
  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Does some work once there is a place for it.
   * @throws the signal's reason when it fires before that, and what the work throws.
   */
  async run<T>(owner: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(owner, signal);
    try {
      return await work();
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  #turn(owner: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = (): void => {
        this.#waiting.remove(owner, begin);
        reject(signal!.reason as Error);
      };
      const begin = (): void => {
        signal?.removeEventListener('abort', abort);
        this.#free -= 1;
        resolve();
      };
      if (this.#free > 0) {
        begin();
        return;
      }
      signal?.addEventListener('abort', abort);
      this.#waiting.push(owner, begin);
    });
  }
}
