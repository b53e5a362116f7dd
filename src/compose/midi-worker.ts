import { giveWay } from '../threads/give-way.js';
import type { Key } from '../music/theory/key.js';
import { readMidi } from '../music/midi/read.js';
import { separateRepeats } from '../music/edit/overlap.js';
import { readRecorded, recordedTitle, type RecordedPiece } from '../request/record.js';
import type { Opening } from '../request/request.js';
import { refusalOf, UserError, type Refusal } from '../errors/user-error.js';

export interface MidiTask {
  readonly bytes: Uint8Array;
  /** File name as the user gave it. */
  readonly name: string;
}

/**
 * The thread program that reads the MIDI files of users: whatever they hold, only it is at risk.
 * Each function is one task.
 */
export interface MidiTasks {
  readOpening(task: MidiTask): Opening | Refusal;
  readPiece(task: MidiTask): Opening | Refusal;
  readRecord(task: MidiTask): RecordedPiece | Refusal;
}

giveWay('answer');

/** More notes than an opening uses, however many sound at once; the rest of a long file need not travel. */
const openingMaterial = 200;

export function readOpening(task: MidiTask): Opening | Refusal {
  return orRefusal(() => {
    const { namedAfter: _, ...opening } = openingOf(task);
    return { ...opening, notes: opening.notes.slice(0, openingMaterial) };
  });
}

export function readPiece(task: MidiTask): Opening | Refusal {
  return orRefusal(() => {
    const piece = openingOf(task);
    return { ...piece, notes: separateRepeats(piece.notes) };
  });
}

export function readRecord({ bytes }: MidiTask): RecordedPiece | Refusal {
  return orRefusal(() => readRecorded(bytes));
}

function openingOf({ bytes, name }: MidiTask): Opening {
  const { notes, title, texts, tempoBpm, timeSignature, key } = readMidi(bytes);
  return {
    ...(recordedTitle(texts) ?? { title: title === '' ? name.replace(/\.midi?$/i, '') : title }),
    notes,
    tempoBpm,
    timeSignature,
    ...(key !== undefined && !isDefault(key) && { key }),
  };
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
