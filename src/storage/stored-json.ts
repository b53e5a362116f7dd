import { readFile, rename, rm } from 'node:fs/promises';
import { writeFileWhole } from './durable.js';

/**
 * A small JSON document on disk. It is read whole and checked, replaced as a whole (a kill at any
 * moment leaves the old one or the new one), and changed by one at a time.
 */
export class StoredJson<T> {
  readonly #path: string;
  readonly #check: (json: unknown) => T;
  readonly #initial: T;
  /** Set once read. */
  #value: Promise<T> | undefined;
  /** Ends when the last change so far is on disk, or has failed. */
  #changes: Promise<unknown> = Promise.resolve();

  /**
   * @param check throws for what is not such a document.
   * @param initial for when there is none.
   */
  constructor(path: string, check: (json: unknown) => T, initial: T) {
    this.#path = path;
    this.#check = check;
    this.#initial = initial;
  }

  /**
   * The document. A damaged one is set aside for inspection, and counts as missing.
   * @throws Error when the file is there but cannot be read.
   */
  read(): Promise<T> {
    this.#value ??= this.#load().catch((error: unknown) => {
      this.#value = undefined; // the next reader tries again
      throw error;
    });
    return this.#value;
  }

  /**
   * Replaces the document by what `change` makes of it, after all changes before.
   * @throws what `change` throws, or Error when it cannot be written: then nothing has changed.
   */
  update(change: (value: T) => T): Promise<T> {
    const result = this.#changes.then(async () => {
      const value = change(await this.read());
      await writeFileWhole(this.#path, Buffer.from(JSON.stringify(value)));
      this.#value = Promise.resolve(value);
      return value;
    });
    this.#changes = result.catch(() => undefined);
    return result;
  }

  /**
   * Deletes the document, and what was put aside, after all changes before.
   * @throws Error when it cannot be deleted.
   */
  remove(): Promise<void> {
    const result = this.#changes.then(async () => {
      await rm(this.#path, { force: true });
      this.#value = Promise.resolve(this.#initial);
      await rm(damaged(this.#path), { force: true });
    });
    this.#changes = result.catch(() => undefined);
    return result;
  }

  async #load(): Promise<T> {
    const text = await readFile(this.#path, 'utf8').catch(ignoreMissing);
    if (text === undefined) return this.#initial;
    try {
      return this.#check(JSON.parse(text));
    } catch {
      await rename(this.#path, damaged(this.#path));
      return this.#initial;
    }
  }
}

function damaged(path: string): string {
  return `${path}.damaged`;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
