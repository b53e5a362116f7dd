import { readFile, rename, rm } from 'node:fs/promises';
import { writeFileWhole } from './durable.js';

/**
 * A small JSON document on disk. It is read and validated as a whole, replaced atomically (a kill at any
 * moment leaves the old or the new version), and changed by one update at a time.
 */
export class StoredJson<T> {
  readonly #path: string;
  readonly #check: (json: unknown) => T;
  readonly #initial: T;
  /** Cached after the first read. */
  #value: Promise<T> | undefined;
  /** Settles when the last update is on disk, or has failed. */
  #changes: Promise<unknown> = Promise.resolve();

  /**
   * @param check throws for an invalid document.
   * @param initial used when the file is missing.
   */
  constructor(path: string, check: (json: unknown) => T, initial: T) {
    this.#path = path;
    this.#check = check;
    this.#initial = initial;
  }

  /**
   * The document. A damaged one is set aside for inspection, and counts as missing.
   * @throws Error when the file exists but cannot be read.
   */
  read(): Promise<T> {
    this.#value ??= this.#load().catch((error: unknown) => {
      this.#value = undefined; // the next reader tries again
      throw error;
    });
    return this.#value;
  }

  /**
   * Replaces the document by the result of `change`, after all earlier updates. If it throws, nothing has
   * changed.
   * @throws what `change` throws, or Error when the file cannot be written
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
   * Deletes the document, and damaged ones that were set aside, after all earlier updates.
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
