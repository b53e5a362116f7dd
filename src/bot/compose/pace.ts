/** A pace measured for less time than this says nothing. */
const leastMs = 400;

/** Tells from the pace so far how long counted work will still take. */
export class Pace {
  #startMs: number | undefined;
  #startCount = 0;

  /**
   * @param now milliseconds of a clock that never goes back
   * @returns seconds; undefined while nobody can tell
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
