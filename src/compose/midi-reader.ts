import type { Piscina } from 'piscina';
import type { RecordedPiece } from '../request/record.js';
import type { Opening } from '../request/request.js';
import { UserError, type Refusal } from '../errors/user-error.js';
import { createThreadPool } from '../threads/thread-pool.js';
import type { MidiTask, MidiTasks } from './midi-worker.js';

export interface MidiReaderOptions {
  /** A file that takes longer, waiting for the thread included, is refused. */
  readonly deadlineMs?: number;
  /** The program of the thread. */
  readonly program?: URL;
}

/**
 * Reads the MIDI files of users in a thread of its own: one that hangs or dies of a file is
 * replaced, and costs nothing but that file. Every method throws a UserError when the bytes
 * are not usable MIDI, or reading them failed.
 */
export class MidiReader {
  readonly #threads: Piscina<MidiTask>;
  readonly #deadlineMs: number;

  constructor({ deadlineMs = 5000, program }: MidiReaderOptions = {}) {
    this.#deadlineMs = deadlineMs;
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

  /** All the music, to go on from its end. */
  piece(bytes: Uint8Array, name: string): Promise<Opening> {
    return this.#read('readPiece', { bytes, name });
  }

  /** A composition of this program, from its own file. */
  recorded(bytes: Uint8Array): Promise<RecordedPiece> {
    return this.#read('readRecord', { bytes, name: '' });
  }

  async close(): Promise<void> {
    await this.#threads.destroy();
  }

  async #read<Name extends keyof MidiTasks>(
    name: Name,
    task: MidiTask,
  ): Promise<Exclude<ReturnType<MidiTasks[Name]>, Refusal>> {
    const signal = AbortSignal.timeout(this.#deadlineMs);
    const run = this.#threads.run(task, { name, signal }) as Promise<ReturnType<MidiTasks[Name]>>;
    const answer = await run.catch((error: unknown) => {
      throw new UserError('midi.unreadable', { cause: error });
    });
    if ('code' in answer) throw UserError.from(answer);
    return answer as Exclude<ReturnType<MidiTasks[Name]>, Refusal>;
  }
}
