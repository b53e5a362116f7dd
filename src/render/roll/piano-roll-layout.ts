import { endOf, type Note } from '../../music/note.js';
import type { Piece } from '../../music/piece.js';

/** One stretch of time of a piano roll and the place where it is drawn, in pixels. */
export interface Row {
  readonly index: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** Where everything of a piano roll is. */
export interface Layout {
  readonly rows: readonly Row[];
  readonly left: number;
  readonly right: number;
  /** Lower edge of the labels under the last row. */
  readonly bottom: number;
  /** The pitches that are shown. */
  readonly lowest: number;
  readonly highest: number;
  /** Here the first new note begins; the end of the piece when there is none. */
  readonly givenUntilSeconds: number;
  readonly barSeconds: number;
  /** Space for bar numbers at the top of each row. */
  readonly headroom: number;
  /** Pixels of a moment. */
  x(row: Row, seconds: number): number;
  /** Pixels of the middle of a pitch. */
  y(row: Row, pitch: number): number;
  /** Pixels between two neighbouring pitches. */
  semitone(row: Row): number;
}

/** Heights of the rows, of one, of two and of three. */
const rowHeights = [346, 225, 184] as const;
const labelHeight = 36;
const gap = 12;

/** A note of usual length shall be at least this long, in pixels, or the piece goes over more rows. */
const readableNote = 6;

const leastSemitones = 24;
const pitchMargin = 2;

/** @param place where the plot may be, in pixels */
export function layOut(piece: Piece, place: { left: number; right: number; top: number }): Layout {
  const { left, right, top } = place;
  const barSeconds =
    ((60 / piece.tempoBpm) * 4 * piece.timeSignature.numerator) / piece.timeSignature.denominator;
  const end = Math.max(endOf(piece.notes), 1);
  const count = rowCount(piece.notes, end, right - left);
  // Rows of a metrical piece break at bar lines.
  const seconds = piece.metrical
    ? Math.ceil(end / count / barSeconds - 1e-6) * barSeconds
    : (end * 1.01) / count;
  const height = rowHeights[count - 1]!;
  const rows = Array.from({ length: Math.ceil(end / seconds - 1e-6) }, (_, index) => ({
    index,
    fromSeconds: index * seconds,
    toSeconds: (index + 1) * seconds,
    ...{ left, right, height, top: top + index * (height + labelHeight + gap) },
  }));
  const { lowest, highest } = pitchRange(piece.notes);
  const headroom = piece.metrical ? 24 : 0;
  const semitone = (row: Row): number => (row.height - headroom) / (highest - lowest + 1);
  return {
    rows,
    left,
    right,
    bottom: rows.at(-1)!.top + height + labelHeight,
    lowest,
    highest,
    givenUntilSeconds: piece.notes[piece.givenNotes]?.onsetSeconds ?? Infinity,
    barSeconds,
    headroom,
    x: (row, moment) => left + ((moment - row.fromSeconds) / seconds) * (right - left),
    y: (row, pitch) => row.top + headroom + (highest - pitch + 0.5) * semitone(row),
    semitone,
  };
}

function rowCount(notes: readonly Note[], endSeconds: number, pixels: number): 1 | 2 | 3 {
  const lengths = notes.map((note) => note.durationSeconds).sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? endSeconds;
  const rows = (readableNote * endSeconds) / (pixels * median);
  return rows <= 1 ? 1 : rows <= 2 ? 2 : 3;
}

/** The notes' own range with a margin, at least two octaves. The margin may go beyond MIDI's 0–127. */
function pitchRange(notes: readonly Note[]): { lowest: number; highest: number } {
  if (notes.length === 0) return { lowest: 48, highest: 72 };
  const pitches = notes.map((note) => note.pitch);
  const lowest = pitches.reduce((a, b) => Math.min(a, b)) - pitchMargin;
  const highest = pitches.reduce((a, b) => Math.max(a, b)) + pitchMargin;
  const missing = Math.max(0, leastSemitones - (highest - lowest));
  return { lowest: lowest - Math.ceil(missing / 2), highest: highest + Math.floor(missing / 2) };
}
