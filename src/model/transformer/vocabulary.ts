/**
 * The constants of note tuples and tags, from `training/vocabulary.json`. A model depends on those it was
 * trained with, and stores them in its file.
 */
export interface Vocabulary {
  /** 100: a tick is 10 ms. */
  readonly ticksPerSecond: number;
  /** The classes of a position: instruments, and the marks `end` and `section`. */
  readonly classes: readonly string[];
  readonly velocitiesPerBin: number;
  /** 129 and 257 ascending ticks: bin b contains edges[b] … edges[b + 1] − 1. */
  readonly dtEdges: readonly number[];
  readonly durationEdges: readonly number[];
  /** Minimum margin over the second-best key for a key estimate to count. */
  readonly clearKeyMargin: number;
  /** Tags with named values. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly eraOfComposer: Readonly<Record<string, string>>;
  /** Tags with ascending thresholds between their grades. */
  readonly gradedTags: Readonly<Record<string, readonly number[]>>;
  /** Since version 2: recording sources, as a tag whose rows follow those of all others. */
  readonly sources?: readonly string[];
  /**
   * Since version 2: ascending thresholds for what is left, in notes or seconds, and for the ticks of a gap.
   */
  readonly countdownEdges?: readonly number[];
  readonly gapEdges?: readonly number[];
}

/** The five fields of a tuple, each predicted from the previous ones. */
export const fields = ['class', 'dt', 'pitch', 'velocity', 'duration'] as const;

/** Number of values of each field's prediction. */
export function fieldSizes(vocabulary: Vocabulary): readonly number[] {
  const { classes, velocitiesPerBin, dtEdges, durationEdges } = vocabulary;
  return [classes.length, dtEdges.length - 1, 128, 128 / velocitiesPerBin, durationEdges.length - 1];
}

/** The bin of an integer; values beyond the edges are in the first or last bin. */
export function binOf(ticks: number, edges: readonly number[]): number {
  return Math.min(Math.max(gradeOf(ticks, edges) - 1, 0), edges.length - 2);
}

/** Number of ascending thresholds that a value reaches. */
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
