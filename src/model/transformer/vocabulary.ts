/**
 * The constants of the note tuple and of the tags, as `training/vocabulary.json` gives them. A
 * model is tied to those it was trained with, and its file holds them.
 */
export interface Vocabulary {
  /** 100: a tick is 10 ms. */
  readonly ticksPerSecond: number;
  /** What a position may be: instruments, and the marks `end` and `section`. */
  readonly classes: readonly string[];
  readonly velocitiesPerBin: number;
  /** 129 and 257 ascending ticks: bin b holds edges[b] … edges[b + 1] − 1. */
  readonly dtEdges: readonly number[];
  readonly durationEdges: readonly number[];
  /** A key estimate counts from this margin over the second best on. */
  readonly clearKeyMargin: number;
  /** Tags with named values. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly eraOfComposer: Readonly<Record<string, string>>;
  /** Tags with ascending limits between their grades. */
  readonly gradedTags: Readonly<Record<string, readonly number[]>>;
  /** Of version 2: where performances were recorded, as a tag whose rows follow those of all others. */
  readonly sources?: readonly string[];
  /** Of version 2: ascending limits of what is left, in notes or seconds, and of the ticks of a gap. */
  readonly countdownEdges?: readonly number[];
  readonly gapEdges?: readonly number[];
}

/** The five fields of a tuple, each predicted from those before it. */
export const fields = ['class', 'dt', 'pitch', 'velocity', 'duration'] as const;

/** How many values each field's prediction chooses from. */
export function fieldSizes(vocabulary: Vocabulary): readonly number[] {
  const { classes, velocitiesPerBin, dtEdges, durationEdges } = vocabulary;
  return [classes.length, dtEdges.length - 1, 128, 128 / velocitiesPerBin, durationEdges.length - 1];
}

/** The bin of an integer; what lies beyond the edges falls in the first or last bin. */
export function binOf(ticks: number, edges: readonly number[]): number {
  return Math.min(Math.max(gradeOf(ticks, edges) - 1, 0), edges.length - 2);
}

/** How many of the ascending limits are not above the value. */
export function gradeOf(value: number, limits: readonly number[]): number {
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The integer in the middle of a bin, the lower of two. */
export function middleOf(bin: number, edges: readonly number[]): number {
  return Math.floor((edges[bin]! + edges[bin + 1]! - 1) / 2);
}
