import { sha256 } from '../model/model-manifest.js';
import { lowerPriority } from '../threads/priority.js';
import { toSequence, type Sequence } from '../model/sequence.js';
import { corpusLimits } from '../music/midi/limits.js';
import { readKeyboard } from '../music/midi/read.js';
import { refusalOf, UserError, type Refusal } from '../errors/user-error.js';
import type { NamedFile } from './trainings.js';
import { unzipMidi, type Unzipped } from './unzip.js';

/** The data that training uses from a MIDI file. */
export interface ReadPiece {
  /** Digest of the file's bytes. */
  readonly sha256: string;
  readonly sequence: Sequence;
}

lowerPriority('answer');

/** Resolves once the thread has started. */
export function ready(): void {}

/** The thread that reads the music of a training, so that a malicious file can harm only this thread. */
export function readPiece({ bytes }: NamedFile): Promise<ReadPiece | Refusal> {
  return orRefusal(() => ({
    sha256: sha256(bytes),
    sequence: toSequence(readKeyboard(bytes, corpusLimits).notes),
  }));
}

export function unzip({ bytes }: NamedFile): Promise<Unzipped | Refusal> {
  return orRefusal(() => unzipMidi(bytes));
}

async function orRefusal<T>(work: () => T | Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return refusalOf(error);
    throw error;
  }
}
