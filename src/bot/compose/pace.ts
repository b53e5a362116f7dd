/** A pace measured for less time than this is not meaningful. */
const leastMs = 400;

/** Estimates the remaining time of counted work from its pace so far. */
export class Pace {
  #startMs: number | undefined;
  #startCount = 0;

  /**
   * @param now milliseconds of a clock that never goes back
   * @returns seconds; undefined while unknown
   */
  secondsLeft(done: number, total: number, now = performance.now()): number | undefined {
    if (this.#startMs === undefined) {
      this.#startMs = now;
      this.#startCount = done;
      return undefined;
    }
    const elapsedMs = now - this.#startMs;
    const counted = done - this.#startCount;
    if (elapsedMs < leastMs || counted <= 0) return undefined;
    return ((total - done) * elapsedMs) / counted / 1000;
  }
}
