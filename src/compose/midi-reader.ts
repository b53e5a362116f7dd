import type { Change } from '../music/edit/change.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import type { FileMusic } from '../request/request.js';
import { UserError, type Refusal } from '../errors/user-error.js';
import { PatientThread, TookTooLong } from '../threads/patient-thread.js';
import type { MidiTask, MidiTasks, PlayableFile } from './midi-worker.js';

export interface MidiReaderOptions {
  /** A thread that reads one file for longer is replaced, and the limit doubles for the next. */
  readonly deadlineMs?: number;
  /** How long a thread may take to start. */
  readonly startWithinMs?: number;
  /** Called with the reason whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
  /** Module that the thread runs. */
  readonly program?: URL;
}

/**
 * Reads users' MIDI files in a separate thread, one at a time: a thread that hangs or crashes on a file is
 * replaced, and only that file is lost. Every method throws a UserError when the bytes are not usable MIDI,
 * or reading them failed.
 */
export class MidiReader {
  readonly #thread: PatientThread<MidiTask>;

  constructor({ deadlineMs = 5000, startWithinMs, onLost, program }: MidiReaderOptions = {}) {
    const worker = program ?? new URL('./midi-worker.js', import.meta.url);
    this.#thread = new PatientThread(worker, { deadlineMs, startWithinMs, maxMegabytes: 128, onLost });
  }

  /**
   * The music to start from.
   * @param name the user's file name; the title if the file has none.
   */
  opening(bytes: Uint8Array, name: string): Promise<FileMusic> {
    return this.#read('readOpening', { bytes, name });
  }

  /** All the music, to continue from its end. */
  piece(bytes: Uint8Array, name: string): Promise<FileMusic> {
    return this.#read('readPiece', { bytes, name });
  }

  /** All the music, to play it. */
  whole(bytes: Uint8Array, name: string): Promise<PlayableFile> {
    return this.#read('readWhole', { bytes, name });
  }

  /** A composition of this program, read from its MIDI file. */
  recorded(bytes: Uint8Array): Promise<RecordedPiece> {
    return this.#read('readRecord', { bytes, name: '' });
  }

  /**
   * The MIDI file of a composition with one change.
   * @throws UserError also when there is no such part, or the change would mute every part
   */
  changed(bytes: Uint8Array, change: Change): Promise<Uint8Array> {
    return this.#read('change', { bytes, name: '', change });
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  async #read<Name extends keyof MidiTasks>(
    name: Name,
    task: Parameters<MidiTasks[Name]>[0],
  ): Promise<Exclude<ReturnType<MidiTasks[Name]>, Refusal>> {
    const answer = await this.#answer(name, task);
    if ('code' in answer) throw UserError.from(answer);
    return answer as Exclude<ReturnType<MidiTasks[Name]>, Refusal>;
  }

  async #answer<Name extends keyof MidiTasks>(
    name: Name,
    task: Parameters<MidiTasks[Name]>[0],
  ): Promise<ReturnType<MidiTasks[Name]>> {
    try {
      return (await this.#thread.run(name, task)) as ReturnType<MidiTasks[Name]>;
    } catch (error) {
      const code = error instanceof TookTooLong ? 'midi.slow' : 'midi.unreadable';
      throw new UserError(code, { cause: error });
    }
  }
}
