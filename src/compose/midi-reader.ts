import type { Piscina } from 'piscina';
import type { Change } from '../music/edit/change.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import type { Opening } from '../request/request.js';
import { UserError, type Refusal } from '../errors/user-error.js';
import { Patience } from '../threads/patience.js';
import { createThreadPool } from '../threads/thread-pool.js';
import type { MidiTask, MidiTasks } from './midi-worker.js';

export interface MidiReaderOptions {
  /** A thread that reads one file for this long is replaced, and the next has twice as long. */
  readonly deadlineMs?: number;
  /** How long a thread may take to start. */
  readonly startWithinMs?: number;
  /** Is told why whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
  /** The program of the thread. */
  readonly program?: URL;
}

/**
 * Reads the MIDI files of users in a thread of its own, one after the other: a thread that hangs or crashes
 * on a file is replaced, and only that file is lost. What took too long is tried once more, since files are
 * limited so that none should: then it is the machine that has no time. Every method throws a UserError when
 * the bytes are not usable MIDI, or reading them failed.
 */
export class MidiReader {
  readonly #threads: Piscina<MidiTask | undefined>;
  /** The end of the file before: no file's time runs while another one is read. */
  #before: Promise<unknown> = Promise.resolve();
  readonly #patience: Patience;
  readonly #startWithinMs: number;
  readonly #onLost: MidiReaderOptions['onLost'];

  constructor({ deadlineMs = 5000, startWithinMs = 60_000, onLost, program }: MidiReaderOptions = {}) {
    this.#patience = new Patience(deadlineMs);
    this.#startWithinMs = startWithinMs;
    this.#onLost = onLost;
    this.#threads = createThreadPool(program ?? new URL('./midi-worker.js', import.meta.url), {
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
  }

  /**
   * The music to start from.
   * @param name file name as the user gave it: the title when the file has none.
   */
  opening(bytes: Uint8Array, name: string): Promise<Opening> {
    return this.#read('readOpening', { bytes, name });
  }

  /** All the music, to continue from its end. */
  piece(bytes: Uint8Array, name: string): Promise<Opening> {
    return this.#read('readPiece', { bytes, name });
  }

  /** A composition of this program, from its own file. */
  recorded(bytes: Uint8Array): Promise<RecordedPiece> {
    return this.#read('readRecord', { bytes, name: '' });
  }

  /**
   * The file of a composition with one thing changed.
   * @throws UserError also when there is no such part, or nobody would be left to be heard
   */
  changed(bytes: Uint8Array, change: Change): Promise<Uint8Array> {
    return this.#read('change', { bytes, name: '', change });
  }

  async close(): Promise<void> {
    await this.#threads.destroy();
  }

  async #read<Name extends keyof MidiTasks>(
    name: Name,
    task: Parameters<MidiTasks[Name]>[0],
  ): Promise<Exclude<ReturnType<MidiTasks[Name]>, Refusal>> {
    const reading = this.#before.then(() => this.#tryTwice(name, task));
    this.#before = reading.catch(() => undefined);
    const answer = await reading;
    if ('code' in answer) throw UserError.from(answer);
    return answer as Exclude<ReturnType<MidiTasks[Name]>, Refusal>;
  }

  async #tryTwice<Name extends keyof MidiTasks>(
    name: Name,
    task: MidiTask,
  ): Promise<ReturnType<MidiTasks[Name]>> {
    try {
      return await this.#try(name, task);
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return this.#try(name, task);
    }
  }

  async #try<Name extends keyof MidiTasks>(name: Name, task: MidiTask): Promise<ReturnType<MidiTasks[Name]>> {
    try {
      // First, so that the time is the file's alone.
      await this.#within(this.#startWithinMs, 'ready', undefined);
      const answer = await this.#within(this.#patience.ms, name, task);
      this.#patience.reset();
      return answer as ReturnType<MidiTasks[Name]>;
    } catch (error) {
      this.#onLost?.(error);
      if (error instanceof TookTooLong) {
        this.#patience.grow();
        throw new UserError('midi.slow', { cause: error });
      }
      throw new UserError('midi.unreadable', { cause: error });
    }
  }

  async #within(ms: number, name: string, task: MidiTask | undefined): Promise<unknown> {
    const signal = AbortSignal.timeout(ms);
    try {
      return await this.#threads.run(task, { name, signal });
    } catch (error) {
      throw signal.aborted ? new TookTooLong(`The thread that reads MIDI took more than ${ms} ms.`) : error;
    }
  }
}

class TookTooLong extends Error {}

function isTimeout(error: unknown): boolean {
  return error instanceof UserError && error.code === 'midi.slow';
}
