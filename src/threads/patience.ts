/** How many times the first limit a limit may become. */
const mostTimes = 8;

/**
 * How long a thread may take until it is given up. On a machine that is busy with other things no fixed limit is
 * long enough, and each thread that is given up too early costs all it did: so the limit doubles with each, and is
 * what it was once a thread has done its work.
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
