import type { Note } from '../music/note.js';
import type { Piece } from '../music/piece.js';
import { formatKey } from '../music/scale.js';
import { clock } from './time-axis.js';

/** Upper borders, in struck moments a second, of how fast a piece feels; beyond the last it is very fast. */
const speeds = [
  [0.8, 'very slow'],
  [1.8, 'slow'],
  [3, 'moderate'],
  [5, 'moderately fast'],
  [8, 'fast'],
] as const;

/** Upper borders, in MIDI velocity, of loudness; beyond the last it is very loud. */
const loudnesses = [
  [32, 'very soft'],
  [52, 'soft'],
  [72, 'moderately loud'],
  [100, 'loud'],
] as const;

/** Notes whose onsets are this close, in seconds, are one chord: fingers are no closer together. */
const chordSeconds = 0.03;

/**
 * A piece in words, for people who cannot hear or see it: how many notes, key, length, speed,
 * register and loudness. Speed is the number of moments at which something is struck (a chord is
 * one) in each second between the first and the last of them; register and loudness are those of
 * the middle four fifths of the notes, so that a few strays do not count.
 */
export function describePiece(piece: Piece): string {
  const { notes, key, givenNotes } = piece;
  const count = `${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`;
  if (notes.length === 0) return `A piece without notes.`;
  const given = Math.min(givenNotes, notes.length);
  const end = notes.reduce((latest, note) => Math.max(latest, note.onsetSeconds + note.durationSeconds), 0);
  return [
    given > 0 && given < notes.length ? `${count} (the first ${given} given)` : count,
    ...(key === undefined ? [] : [formatKey(key)]),
    clock(end),
    ...speed(notes),
    register(notes),
    loudness(notes),
  ].join(', ');
}

/** Nothing where all is struck at once. */
function speed(notes: readonly Note[]): string[] {
  let moments = 0;
  let latest = -Infinity;
  for (const { onsetSeconds } of notes) {
    if (onsetSeconds - latest <= chordSeconds) continue;
    moments++;
    latest = onsetSeconds;
  }
  const seconds = latest - notes[0]!.onsetSeconds;
  return moments < 2 ? [] : [word((moments - 1) / seconds, speeds, 'very fast')];
}

/** Registers of a piano: below C3 low, from C6 high. */
function register(notes: readonly Note[]): string {
  const { low, high } = middle(notes.map((note) => note.pitch));
  if (high - low >= 40) return 'from low to high';
  const centre = (low + high) / 2;
  if (centre < 48) return 'mostly low register';
  return centre < 84 ? 'mostly middle register' : 'mostly high register';
}

function loudness(notes: readonly Note[]): string {
  const { low, high } = middle(notes.map((note) => note.velocity));
  const [softest, loudest] = [low, high].map((velocity) => word(velocity, loudnesses, 'very loud'));
  return softest === loudest ? softest! : `${softest!} to ${loudest!}`;
}

/** The first and the ninth tenth of some values. */
function middle(values: readonly number[]): { low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return { low: sorted[Math.round(0.1 * last)]!, high: sorted[Math.round(0.9 * last)]! };
}

function word(value: number, borders: readonly (readonly [number, string])[], beyond: string): string {
  return borders.find(([border]) => value < border)?.[1] ?? beyond;
}
