import { barLines } from '../../music/meter.js';
import { ascending } from '../../music/numbers.js';
import { endSeconds, heardNotes, type HeardNote, type Piece } from '../../music/piece.js';
import { secondsOf } from '../../music/tempo-map.js';

/** A time range of a piano roll and its area, in pixels. */
export interface Row {
  readonly index: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** The layout of a piano roll. */
export interface Layout {
  /** Notes of all tracks except drums, in onset order. */
  readonly notes: readonly HeardNote[];
  readonly rows: readonly Row[];
  readonly left: number;
  readonly right: number;
  /** Lower edge of the labels below the last row. */
  readonly bottom: number;
  /** The pitch range shown. */
  readonly lowest: number;
  readonly highest: number;
  /** Start of the first new note; Infinity if there is none. */
  readonly givenUntilSeconds: number;
  /** Start of each bar, in seconds, up to the end of the last row; empty for a piece without bars. */
  readonly barLines: readonly number[];
  /** Space for bar numbers at the top of each row. */
  readonly headroom: number;
  /** Space between each row and its labels. */
  readonly below: number;
  /** Horizontal position of a time, in pixels. */
  x(row: Row, seconds: number): number;
  /** Vertical centre of a pitch, in pixels. */
  y(row: Row, pitch: number): number;
  /** Distance between adjacent pitches, in pixels. */
  semitone(row: Row): number;
}

/** Height of each row with one, two and three rows. */
const rowHeights = [346, 225, 184] as const;
const labelHeight = 36;
const gap = 12;

/** Minimum length of a typical note, in pixels; if shorter, the piece uses more rows. */
const readableNote = 6;

const leastSemitones = 24;
const pitchMargin = 2;

/** The area of the plot, and the space above and below each row, in pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly above?: number;
  readonly below?: number;
}

export function layOut(piece: Piece, { left, right, top, above = 0, below = 0 }: PlotArea): Layout {
  const notes = heardNotes(piece);
  const end = Math.max(endSeconds(piece), 1);
  const count = rowCount(notes, end, right - left);
  const bars = piece.hasBars ? barsUntil(piece, 2 * end) : [];
  // In a piece with bars, rows break at bar lines, if its bars are equally long.
  const seconds = bars.find((line) => line > 0 && line >= end / count - 1e-6) ?? (end * 1.01) / count;
  const height = rowHeights[count - 1]!;
  const rows = Array.from({ length: Math.ceil(end / seconds - 1e-6) }, (_, index) => ({
    index,
    fromSeconds: index * seconds,
    toSeconds: (index + 1) * seconds,
    ...{ left, right, height, top: top + above + index * (above + height + below + labelHeight + gap) },
  }));
  const { lowest, highest } = pitchRange(notes);
  const headroom = piece.hasBars ? 24 : 0;
  const semitone = (row: Row): number => (row.height - headroom) / (highest - lowest + 1);
  return {
    notes,
    rows,
    left,
    right,
    bottom: rows.at(-1)!.top + height + below + labelHeight,
    lowest,
    highest,
    givenUntilSeconds: notes.find(({ isGiven }) => !isGiven)?.onsetSeconds ?? Infinity,
    barLines: bars,
    headroom,
    below,
    x: (row, moment) => left + ((moment - row.fromSeconds) / seconds) * (right - left),
    y: (row, pitch) => row.top + headroom + (highest - pitch + 0.5) * semitone(row),
    semitone,
  };
}

/** The bar lines up to the first one at or after a time. */
function barsUntil(piece: Piece, untilSeconds: number): readonly number[] {
  const secondsAt = secondsOf(piece);
  let ticks = piece.ticksPerQuarter;
  while (secondsAt(ticks) < untilSeconds) ticks *= 2;
  const lines = barLines(piece.meters, piece.ticksPerQuarter, ticks).map(secondsAt);
  return lines.slice(0, lines.findIndex((line) => line >= untilSeconds) + 1);
}

function rowCount(notes: readonly HeardNote[], endSeconds: number, pixels: number): 1 | 2 | 3 {
  const lengths = ascending(notes.map((note) => note.durationSeconds));
  const median = lengths[Math.floor(lengths.length / 2)] ?? endSeconds;
  const rows = (readableNote * endSeconds) / (pixels * median);
  return rows <= 1 ? 1 : rows <= 2 ? 2 : 3;
}

/** The range of the notes with a margin, at least two octaves. The margin can exceed MIDI's 0–127. */
function pitchRange(notes: readonly HeardNote[]): { lowest: number; highest: number } {
  if (notes.length === 0) return { lowest: 48, highest: 72 };
  let [lowest, highest] = [127, 0];
  for (const { pitch } of notes) {
    lowest = Math.min(lowest, pitch - pitchMargin);
    highest = Math.max(highest, pitch + pitchMargin);
  }
  const missing = Math.max(0, leastSemitones - (highest - lowest));
  return { lowest: lowest - Math.ceil(missing / 2), highest: highest + Math.floor(missing / 2) };
}
