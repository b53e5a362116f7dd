/** Who wants a piece skipped: half of the listeners are enough. */
export class Votes {
  readonly #voters = new Set<string>();

  /**
   * @param listeners ids of people, the voter among them
   * @returns how many votes there are, and how many are needed
   */
  add(voter: string, listeners: readonly string[]): { readonly votes: number; readonly needed: number } {
    this.#voters.add(voter);
    return this.count(listeners);
  }

  /** Votes of people who left count no more. */
  count(listeners: readonly string[]): { readonly votes: number; readonly needed: number } {
    const votes = listeners.filter((listener) => this.#voters.has(listener)).length;
    return { votes, needed: Math.max(1, Math.ceil(listeners.length / 2)) };
  }

  clear(): void {
    this.#voters.clear();
  }
}
