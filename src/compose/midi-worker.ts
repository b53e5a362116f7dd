import { lowerPriority } from '../threads/priority.js';
import type { Key } from '../music/theory/key.js';
import type { Change } from '../music/edit/change.js';
import { beginning } from '../music/keyboard.js';
import { beginningLimits, uploadLimits, type MidiLimits } from '../music/midi/limits.js';
import { keyboardContents, readMidi } from '../music/midi/read.js';
import { writeMidi } from '../music/midi/write.js';
import { withWritableTracks } from '../music/edit/merge-tracks.js';
import type { Piece } from '../music/piece.js';
import { separateRepeats } from '../music/edit/overlap.js';
import { changedFile, readRecorded, recordedTitle, type RecordedPiece } from '../request/recorded-piece.js';
import { planOfPiece } from '../plan/plan-of-piece.js';
import type { FileMusic } from '../request/request.js';
import { refusalOf, UserError, type Refusal } from '../errors/user-error.js';

export interface MidiTask {
  readonly bytes: Uint8Array;
  /** The user's file name. */
  readonly name: string;
}

export interface ChangeTask extends MidiTask {
  readonly change: Change;
}

/** A person's file as it can be played. */
export interface PlayableFile {
  /** All of it, with its title. */
  readonly piece: Piece;
  /** Written by this program, so that it can be trusted. */
  readonly midi: Uint8Array;
  /** Present if this program composed it. */
  readonly recorded?: RecordedPiece;
}

/**
 * The thread that reads users' MIDI files, so that a malicious file can harm only this thread. Each function
 * is one task.
 */
export interface MidiTasks {
  readOpening(task: MidiTask): FileMusic | Refusal;
  readPiece(task: MidiTask): FileMusic | Refusal;
  readRecord(task: MidiTask): RecordedPiece | Refusal;
  readWhole(task: MidiTask): PlayableFile | Refusal;
  change(task: ChangeTask): Uint8Array | Refusal;
}

lowerPriority('answer');

/** Resolves once the thread has started. */
export function ready(): void {}

export function readOpening(task: MidiTask): FileMusic | Refusal {
  return orRefusal(() => {
    const { namedAfter: _, ...opening } = musicOf(task, beginningLimits, true);
    return { ...opening, notes: beginning(opening) };
  });
}

export function readPiece(task: MidiTask): FileMusic | Refusal {
  return orRefusal(() => {
    const piece = musicOf(task, uploadLimits, false);
    return { ...piece, notes: separateRepeats(piece.notes) };
  });
}

export function readRecord({ bytes }: MidiTask): RecordedPiece | Refusal {
  return orRefusal(() => readRecorded(bytes));
}

export function readWhole({ bytes, name }: MidiTask): PlayableFile | Refusal {
  return orRefusal(() => {
    const { piece, texts } = readMidi(bytes);
    if (recordedTitle(texts) !== undefined) {
      const recorded = readRecorded(bytes);
      return { piece: recorded.piece, midi: bytes, recorded };
    }
    const whole = withWritableTracks({ ...piece, title: titleOf(piece, name) });
    return { piece: whole, midi: writeMidi(whole) };
  });
}

export function change({ bytes, change: wanted }: ChangeTask): Uint8Array | Refusal {
  return orRefusal(() => changedFile(bytes, wanted));
}

function musicOf({ bytes, name }: MidiTask, limits: MidiLimits, onlyBeginning: boolean): FileMusic {
  const contents = readMidi(bytes, limits);
  const { notes, title, texts, tempoBpm, timeSignature, key } = keyboardContents(contents);
  const song = planOfPiece(contents.piece, onlyBeginning);
  return {
    ...(recordedTitle(texts) ?? {
      title: titleOf({ title }, name),
    }),
    notes,
    tempoBpm,
    timeSignature,
    ...(key !== undefined && !isDefault(key) && { key }),
    ...(song !== undefined && { song }),
  };
}

/** The file's name if it states no title. */
function titleOf({ title }: Pick<Piece, 'title'>, name: string): string {
  return title === '' ? name.replace(/\.(midi?|kar|rmi|smf)$/i, '') : title;
}

/** Many programs write C major into every file, whatever its key. */
function isDefault({ tonic, scale }: Key): boolean {
  return tonic === 'C' && scale === 'major';
}

function orRefusal<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return refusalOf(error);
    throw error;
  }
}
