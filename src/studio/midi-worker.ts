import type { Key } from '../music/key.js';
import { readMidi } from '../music/midi-read.js';
import type { Opening } from '../music/request.js';
import { UserError } from '../music/user-error.js';

export interface MidiTask {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** A {@link UserError} on its way through a worker's door, which classes do not pass. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** More notes than any opening uses; the rest of a long file need not travel. */
const openingMaterial = 500;

/** Many programs write C major into every file, whatever its key. */
function isDefault({ tonic, scale }: Key): boolean {
  return tonic === 'C' && scale === 'major';
}

/** The thread program that reads the MIDI files of users: whatever they hold, only it is at risk. */
export function readOpening({ bytes, name }: MidiTask): Opening | Refusal {
  try {
    const { notes, title, tempoBpm, timeSignature, key } = readMidi(bytes);
    return {
      title: title === '' ? name.replace(/\.midi?$/i, '') : title,
      notes: notes.slice(0, openingMaterial),
      tempoBpm,
      timeSignature,
      ...(key !== undefined && !isDefault(key) && { key }),
    };
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, message: error.message };
    throw error;
  }
}
