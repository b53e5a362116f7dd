/**
 * A bounded queue that is fair between owners: they take turns, so that ten requests of one
 * do not delay the first of another.
 */
export class FairQueue<T> {
  /** Owners in the order of their turns; none has an empty list. */
  readonly #waiting = new Map<string, T[]>();
  #size = 0;

  constructor(readonly limit: number) {}

  get size(): number {
    return this.#size;
  }

  /** False when the queue is full. */
  push(owner: string, item: T): boolean {
    if (this.#size >= this.limit) return false;
    const items = this.#waiting.get(owner);
    if (items === undefined) this.#waiting.set(owner, [item]);
    else items.push(item);
    this.#size += 1;
    return true;
  }

  /** The first item of the owner whose turn it is; the owner then goes to the end. */
  shift(): T | undefined {
    const next = this.#waiting.entries().next();
    if (next.done === true) return undefined;
    const [owner, items] = next.value;
    const item = items.shift();
    this.#waiting.delete(owner);
    if (items.length > 0) this.#waiting.set(owner, items);
    this.#size -= 1;
    return item;
  }

  remove(owner: string, item: T): void {
    const items = this.#waiting.get(owner) ?? [];
    const index = items.indexOf(item);
    if (index < 0) return;
    items.splice(index, 1);
    if (items.length === 0) this.#waiting.delete(owner);
    this.#size -= 1;
  }

  /** All items in the order in which they will be taken. */
  inOrder(): T[] {
    const rounds = [...this.#waiting.values()];
    const longest = Math.max(0, ...rounds.map((items) => items.length));
    return Array.from({ length: longest }, (_, i) => rounds.flatMap((items) => items.slice(i, i + 1))).flat();
  }
}
