import type { Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import { ascending } from '../music/numbers.js';
import {
  endSeconds,
  givenCount,
  heardNotes,
  noteCount,
  settingsAtStart,
  type Piece,
} from '../music/piece.js';

/** Upper bounds of perceived speed, in onsets per second; beyond the last one it is very fast. */
const speeds = [
  [0.8, 'very slow'],
  [1.8, 'slow'],
  [3, 'moderate'],
  [5, 'moderately fast'],
  [8, 'fast'],
] as const;

/** Upper bounds of loudness, in MIDI velocity; beyond the last one it is very loud. */
const loudnesses = [
  [32, 'very soft'],
  [52, 'soft'],
  [72, 'moderately loud'],
  [100, 'loud'],
] as const;

/**
 * Onsets this close, in seconds, form one chord, as with human fingers. Not a multiple of the Transformer's
 * 10 ms ticks, so that rounding to a MIDI file's ticks never decides.
 */
const chordSeconds = 0.032;

export type Speed = (typeof speeds)[number][1] | 'very fast';
export type Loudness = (typeof loudnesses)[number][1] | 'very loud';
export type Register = 'low to high' | 'mostly low' | 'mostly middle' | 'mostly high';

/** The content of an alt text. */
export interface Sound {
  readonly notes: number;
  /** Number of given notes, if some were given and some were not. */
  readonly given?: number;
  readonly key?: Key;
  readonly seconds: number;
  /** Undefined if all notes are simultaneous. */
  readonly speed?: Speed;
  readonly register: Register;
  /** The softest and the loudest level. */
  readonly loudness: readonly [softest: Loudness, loudest: Loudness];
}

/**
 * Describes a piece. Speed is the number of onsets (a chord is one) per second between the first and the
 * last; register and loudness are those of the middle four fifths of the notes, so that a few outliers do not
 * count. Drums only count as notes.
 * @returns undefined for a piece without pitched notes
 */
export function soundOf(piece: Piece): Sound | undefined {
  const notes = heardNotes(piece);
  if (notes.length === 0) return undefined;
  const count = noteCount(piece);
  const given = givenCount(piece);
  const { key } = settingsAtStart(piece);
  const pace = speed(notes);
  return {
    notes: count,
    ...(given > 0 && given < count && { given }),
    ...(key !== undefined && { key }),
    seconds: endSeconds(piece),
    ...(pace !== undefined && { speed: pace }),
    register: register(notes),
    loudness: loudness(notes),
  };
}

/** Undefined if all notes are simultaneous. */
function speed(notes: readonly Note[]): Speed | undefined {
  let moments = 0;
  let latest = -Infinity;
  for (const { onsetSeconds } of notes) {
    if (onsetSeconds - latest <= chordSeconds) continue;
    moments++;
    latest = onsetSeconds;
  }
  const seconds = latest - notes[0]!.onsetSeconds;
  return moments < 2 ? undefined : word((moments - 1) / seconds, speeds, 'very fast');
}

/** Registers of a piano: low below C3, high from C6. */
function register(notes: readonly Note[]): Register {
  const { low, high } = middle(notes.map((note) => note.pitch));
  if (high - low >= 40) return 'low to high';
  const centre = (low + high) / 2;
  if (centre < 48) return 'mostly low';
  return centre < 84 ? 'mostly middle' : 'mostly high';
}

function loudness(notes: readonly Note[]): Sound['loudness'] {
  const { low, high } = middle(notes.map((note) => note.velocity));
  return [word(low, loudnesses, 'very loud'), word(high, loudnesses, 'very loud')];
}

/** The 10th and the 90th percentile. */
function middle(values: readonly number[]): { low: number; high: number } {
  const sorted = ascending(values);
  const last = sorted.length - 1;
  return { low: sorted[Math.round(0.1 * last)]!, high: sorted[Math.round(0.9 * last)]! };
}

function word<Word, Beyond>(
  value: number,
  borders: readonly (readonly [number, Word])[],
  beyond: Beyond,
): Word | Beyond {
  return borders.find(([border]) => value < border)?.[1] ?? beyond;
}
