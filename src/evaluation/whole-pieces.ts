import type { Random } from '../model/random.js';
import type { Note } from '../music/note.js';
import { endingsOf, type Endings } from './ending.js';
import { motifRecall, recallsOf, type Recalls } from './motif-recall.js';
import { pulseClarity } from './pulse-clarity.js';
import { median } from './statistics.js';

/** A piece and its opening. */
export interface WholePiece {
  readonly opening: readonly Note[];
  /** The notes after the opening. */
  readonly notes: readonly Note[];
}

/** Measures of whole pieces. */
export interface PieceFigures extends Endings {
  /** In the 300 notes after the opening. */
  readonly recall: Recalls;
  /** In the whole piece after it: a long piece returns to its theme later. */
  readonly recallInAll: Recalls;
  /** Median; undefined if every piece is too short or sparse. */
  readonly pulse: number | undefined;
}

/** Notes of an opening, and the notes after it in which it may recur. */
export const openingNotes = 25;
const recallNotes = 300;

/** @param pieces at least one, each with notes */
export function pieceFigures(pieces: readonly WholePiece[]): PieceFigures {
  return {
    ...endingsOf(pieces.map(({ opening, notes }) => [...opening, ...notes])),
    recall: recallsIn(pieces, recallNotes),
    recallInAll: recallsIn(pieces, Infinity),
    pulse: medianPulse(pieces.map(({ notes }) => notes)),
  };
}

function recallsIn(pieces: readonly WholePiece[], count: number): Recalls {
  return recallsOf(
    pieces.map(({ opening, notes }) => motifRecall(opening.slice(0, openingNotes), notes.slice(0, count))),
  );
}

/** Median pulse clarity; undefined if no piece has one. */
export function medianPulse(pieces: readonly (readonly Note[])[]): number | undefined {
  const clarities = pieces.flatMap((notes) => pulseClarity(notes) ?? []);
  return clarities.length === 0 ? undefined : median(clarities);
}

/** Splits real music into an opening and the rest. */
export function wholePiecesOf(performances: readonly (readonly Note[])[]): readonly WholePiece[] {
  return longEnough(performances).map((notes) => ({
    opening: notes.slice(0, openingNotes),
    notes: notes.slice(openingNotes),
  }));
}

/** Real music, cut off at a random place. */
export function cutPieces(performances: readonly (readonly Note[])[], random: Random): readonly WholePiece[] {
  return longEnough(performances).map((notes) => {
    const end = openingNotes + recallNotes / 2 + random.below(notes.length - openingNotes - recallNotes / 2);
    return { opening: notes.slice(0, openingNotes), notes: notes.slice(openingNotes, end) };
  });
}

/**
 * Chance level: the opening of one piece and the rest of another, whose times to the next note are shuffled.
 */
export function chancePieces(
  performances: readonly (readonly Note[])[],
  random: Random,
): readonly WholePiece[] {
  const pieces = longEnough(performances);
  return pieces.map((notes, i) => {
    const other = pieces[(i + 1) % pieces.length]!;
    const end = openingNotes + recallNotes + random.below(other.length - openingNotes - recallNotes + 1);
    const rest = other.slice(end - recallNotes, end);
    const gaps = rest.slice(1).map(({ onsetSeconds }, at) => onsetSeconds - rest[at]!.onsetSeconds);
    for (let at = gaps.length - 1; at > 0; at--) {
      const to = random.below(at + 1);
      [gaps[at], gaps[to]] = [gaps[to]!, gaps[at]!];
    }
    let onsetSeconds = rest[0]!.onsetSeconds;
    const permuted = rest.map((note, at) => ({
      ...note,
      onsetSeconds: at === 0 ? onsetSeconds : (onsetSeconds += gaps[at - 1]!),
    }));
    return { opening: notes.slice(0, openingNotes), notes: permuted };
  });
}

function longEnough(performances: readonly (readonly Note[])[]): readonly (readonly Note[])[] {
  return performances.filter(({ length }) => length >= openingNotes + recallNotes);
}
