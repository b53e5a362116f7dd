/** The most that a limit can grow, as a multiple of the first. */
const mostTimes = 8;

/**
 * How long a thread may take before it is given up. On a busy machine no fixed limit is long enough, and
 * giving up a thread too early wastes all its work: so the limit doubles each time, and is what it was once a
 * thread has done its work.
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

  /** After a thread was given up. */
  grow(): void {
    this.#ms = Math.min(2 * this.#ms, mostTimes * this.#firstMs);
  }

  /** After a thread has done its work. */
  reset(): void {
    this.#ms = this.#firstMs;
  }
}
