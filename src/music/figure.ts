/**
 * A figure of n notes, whatever its transposition: the n − 1 differences of pitches that follow
 * each other, in the order of onset and pitch.
 */
export type Intervals = Int8Array;

/** Differences of the pitches of a piece, in the order of its notes. */
export function intervalsOf(pitch: ArrayLike<number>): Intervals {
  return Int8Array.from({ length: Math.max(pitch.length - 1, 0) }, (_, i) => pitch[i + 1]! - pitch[i]!);
}

/** Longest period, in intervals, of what counts as a repeated note or a trill. */
const longestPeriod = 4;

/** Whether the intervals are a drone: one note, or two to four in turn, over and over. */
export function isPeriodic(intervals: Intervals): boolean {
  for (let period = 1; period <= longestPeriod; period++) {
    let i = period;
    while (i < intervals.length && intervals[i] === intervals[i - period]) i++;
    if (i === intervals.length) return true;
  }
  return false;
}
