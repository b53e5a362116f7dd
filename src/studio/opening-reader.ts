import { Piscina } from 'piscina';
import type { Opening } from '../music/request.js';
import { UserError } from '../music/user-error.js';
import type { MidiTask, Refusal } from './midi-worker.js';

export interface OpeningReaderOptions {
  /** A file that takes longer, waiting for the thread included, is refused. */
  readonly deadlineMs?: number;
  /** The program of the thread. */
  readonly program?: URL;
}

/**
 * Reads the MIDI files of users in a thread of its own: one that hangs or dies of a file is
 * replaced, and costs nothing but that file.
 */
export class OpeningReader {
  readonly #threads: Piscina<MidiTask, Opening | Refusal>;
  readonly #deadlineMs: number;

  constructor({ deadlineMs = 5000, program }: OpeningReaderOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#threads = new Piscina<MidiTask, Opening | Refusal>({
      filename: (program ?? new URL('./midi-worker.js', import.meta.url)).href,
      name: 'readOpening',
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    });
  }

  /**
   * @param name file name as the user gave it: the title when the file has none.
   * @throws UserError when the bytes are not usable MIDI, or reading them failed.
   */
  async read(bytes: Uint8Array, name: string): Promise<Opening> {
    const signal = AbortSignal.timeout(this.#deadlineMs);
    const answer = await this.#threads.run({ bytes, name }, { signal }).catch((error: unknown) => {
      throw new UserError(
        'midi.unreadable',
        'This MIDI file could not be read; send a shorter or simpler one.',
        { cause: error },
      );
    });
    if ('code' in answer) throw new UserError(answer.code, answer.message);
    return answer;
  }

  async close(): Promise<void> {
    await this.#threads.destroy();
  }
}
