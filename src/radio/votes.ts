/** Votes to skip a piece; half of the listeners are enough. */
export class Votes {
  readonly #voters = new Set<string>();

  /**
   * @param listeners user IDs, including the voter
   * @returns the number of votes, and how many are needed
   */
  add(voter: string, listeners: readonly string[]): { readonly votes: number; readonly needed: number } {
    this.#voters.add(voter);
    return this.count(listeners);
  }

  /** Votes of people who have left no longer count. */
  count(listeners: readonly string[]): { readonly votes: number; readonly needed: number } {
    const votes = listeners.filter((listener) => this.#voters.has(listener)).length;
    return { votes, needed: Math.max(1, Math.ceil(listeners.length / 2)) };
  }

  clear(): void {
    this.#voters.clear();
  }
}
