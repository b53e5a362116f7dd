import { gradeOf, type Vocabulary } from './vocabulary.js';

/** What is left of a piece after a note; unknown values are omitted. */
export interface Left {
  /** Notes that come after this one. */
  readonly notes?: number;
  /** From this note's onset to the end of the last note. */
  readonly seconds?: number;
}

/** Rows in the tables of told values: two countdowns, one for a gap, and one for notes after a gap. */
export function toldRows({ countdownEdges, gapEdges }: Vocabulary): number {
  if (countdownEdges === undefined || gapEdges === undefined) return 0;
  return 2 * countdownEdges.length + gapEdges.length + 1;
}

/** The rows that encode what is left, for a network of version 2; none for an earlier one. */
export function rowsOfLeft({ notes, seconds }: Left, { countdownEdges }: Vocabulary): readonly number[] {
  if (countdownEdges === undefined) return [];
  const row = (left: number): number => Math.max(gradeOf(Math.max(left, 0), countdownEdges) - 1, 0);
  return [
    ...(notes === undefined ? [] : [row(notes)]),
    ...(seconds === undefined ? [] : [countdownEdges.length + row(Math.floor(seconds))]),
  ];
}
