import type { CorpusFile } from '../model/corpus.js';
import type { DataFile } from '../model/trainer.js';
import { UserError, type Refusal } from '../errors/user-error.js';
import { PatientThread, TookTooLong } from '../threads/patient-thread.js';
import type { ReadPiece } from './training-music-worker.js';
import type { NamedFile, RefusedFile } from './trainings.js';
import { isZip, type Unzipped } from './unzip.js';

export interface TrainingMusicReaderOptions {
  /**
   * A thread that reads a file, or unpacks a zip, for longer is replaced, and the limit doubles for the next.
   */
  readonly deadlineMs?: number;
  /** Called with the reason whenever a thread is replaced. */
  readonly onLost?: ((cause: unknown) => void) | undefined;
  /** Module that the thread runs. */
  readonly program?: URL;
}

/** The music of some files. */
export interface ReadMusic {
  readonly pieces: readonly CorpusFile[];
  /** The file of each piece. */
  readonly data: readonly DataFile[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Reads the music of a training in a separate thread, file by file: a thread that hangs or crashes on a file
 * is replaced, and only that file is lost.
 */
export class TrainingMusicReader {
  readonly #thread: PatientThread<NamedFile>;

  constructor({ deadlineMs = 15_000, onLost, program }: TrainingMusicReaderOptions = {}) {
    const worker = program ?? new URL('./training-music-worker.js', import.meta.url);
    this.#thread = new PatientThread(worker, { deadlineMs, maxMegabytes: 256, onLost });
  }

  /**
   * Skips unreadable files and duplicates, with the reason.
   * @param files MIDI files, and zips of them.
   * @throws UserError when a zip exceeds its limits; the signal's reason when it is aborted.
   */
  async read(
    files: AsyncIterable<NamedFile> | Iterable<NamedFile>,
    signal?: AbortSignal,
  ): Promise<ReadMusic> {
    const pieces: CorpusFile[] = [];
    const data: DataFile[] = [];
    const refused: RefusedFile[] = [];
    for await (const file of this.#unpacked(files, refused)) {
      signal?.throwIfAborted();
      const piece = await this.#run<ReadPiece>('readPiece', file);
      if ('code' in piece) {
        refused.push({ name: file.name, refusal: piece });
        continue;
      }
      const { sha256, sequence } = piece;
      const twin = data.find((other) => other.sha256 === sha256);
      if (twin !== undefined) {
        const refusal: Refusal = { code: 'training.same-file', details: { twin: twin.name } };
        refused.push({ name: file.name, refusal });
        continue;
      }
      pieces.push({ name: file.name, sequence });
      data.push({ name: file.name, sha256 });
    }
    return { pieces, data, refused };
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }

  async *#unpacked(
    files: AsyncIterable<NamedFile> | Iterable<NamedFile>,
    refused: RefusedFile[],
  ): AsyncGenerator<NamedFile, void, void> {
    for await (const file of files) {
      if (!isZip(file.bytes)) {
        yield file;
        continue;
      }
      const unzipped = await this.#run<Unzipped>('unzip', file);
      if ('code' in unzipped) throw UserError.from(unzipped);
      refused.push(...unzipped.refused);
      yield* unzipped.files;
    }
  }

  async #run<T extends ReadPiece | Unzipped>(
    name: 'readPiece' | 'unzip',
    file: NamedFile,
  ): Promise<T | Refusal> {
    try {
      return (await this.#thread.run(name, file)) as T | Refusal;
    } catch (error) {
      if (error instanceof TookTooLong) return { code: 'midi.slow', details: {} };
      return { code: 'training.unreadable', details: { isZip: name === 'unzip' } };
    }
  }
}
