/** Maximum growth of a limit, as a multiple of the initial one. */
const mostTimes = 8;

/**
 * A time limit for a thread, with backoff. On a busy machine no fixed limit is long enough, and terminating a
 * thread too early wastes its work: so the limit doubles with each timeout, and is reset once a thread
 * completes.
 */
export class Patience {
  readonly #firstMs: number;
  #ms: number;

  constructor(firstMs: number) {
    this.#firstMs = firstMs;
    this.#ms = firstMs;
  }

  get ms(): number {
    return this.#ms;
  }

  /** Call after a timeout. */
  grow(): void {
    this.#ms = Math.min(2 * this.#ms, mostTimes * this.#firstMs);
  }

  /** Call after a thread has completed. */
  reset(): void {
    this.#ms = this.#firstMs;
  }
}
