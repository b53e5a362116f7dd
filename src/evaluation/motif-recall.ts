import { intervalsOf } from '../music/figure.js';
import type { Note } from '../music/note.js';
import { onsetGroups } from './onset-groups.js';
import { mean } from './statistics.js';

/** How much of an opening recurs. */
export interface MotifRecall {
  /**
   * Share of the opening's distinct figures of five notes that recur in the continuation, in any
   * transposition.
   */
  readonly figures: number;
  /** The same for the highest notes only. */
  readonly topFigures: number;
  /** Whether any figure of eight notes of the opening recurs. */
  readonly long: boolean;
}

const figureNotes = 5;
const longFigureNotes = 8;

/** @param continuation what follows the opening; 300 notes, for comparable results */
export function motifRecall(opening: readonly Note[], continuation: readonly Note[]): MotifRecall {
  const [before, after] = [inOrder(opening), inOrder(continuation)];
  const top = (notes: readonly Note[]): number[] =>
    onsetGroups(notes).map((group) => Math.max(...group.map(({ pitch }) => pitch)));
  return {
    figures: shareAgain(before, after, figureNotes),
    topFigures: shareAgain(top(opening), top(continuation), figureNotes),
    long: shareAgain(before, after, longFigureNotes) > 0,
  };
}

/** The same for many pieces: means, and a share. */
export interface Recalls {
  readonly figures: number;
  readonly topFigures: number;
  readonly long: number;
}

/** @param recalls at least one */
export function recallsOf(recalls: readonly MotifRecall[]): Recalls {
  return {
    figures: mean(recalls.map(({ figures }) => figures)),
    topFigures: mean(recalls.map(({ topFigures }) => topFigures)),
    long: recalls.filter(({ long }) => long).length / recalls.length,
  };
}

/** Pitches ordered by onset, on a grid of 10 ms, then by pitch. */
function inOrder(notes: readonly Note[]): number[] {
  const tick = ({ onsetSeconds }: Note): number => Math.round(100 * onsetSeconds);
  return notes.toSorted((a, b) => tick(a) - tick(b) || a.pitch - b.pitch).map(({ pitch }) => pitch);
}

function shareAgain(before: readonly number[], after: readonly number[], notes: number): number {
  const [theirs, again] = [figuresOf(before, notes), figuresOf(after, notes)];
  if (theirs.size === 0) return 0;
  return [...theirs].filter((figure) => again.has(figure)).length / theirs.size;
}

function figuresOf(pitches: readonly number[], notes: number): Set<string> {
  const intervals = intervalsOf(pitches);
  return new Set(
    Array.from({ length: Math.max(intervals.length - notes + 2, 0) }, (_, i) =>
      intervals.subarray(i, i + notes - 1).join(),
    ),
  );
}
