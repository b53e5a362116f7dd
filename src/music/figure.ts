/**
 * A figure of n notes in any transposition: the n − 1 differences between consecutive pitches, in the order
 * of onset and pitch.
 */
export type Intervals = Int8Array;

/** Differences between consecutive pitches of a piece. */
export function intervalsOf(pitch: ArrayLike<number>): Intervals {
  const intervals = new Int8Array(Math.max(pitch.length - 1, 0));
  for (let i = 0; i < intervals.length; i++) intervals[i] = pitch[i + 1]! - pitch[i]!;
  return intervals;
}

/** Maximum period, in intervals, of repeated notes or a trill. */
const longestPeriod = 4;

/** Whether the intervals are a drone: one repeated note, or a cycle of two to four notes. */
export function isPeriodic(intervals: Intervals): boolean {
  for (let period = 1; period <= longestPeriod; period++) {
    let i = period;
    while (i < intervals.length && intervals[i] === intervals[i - period]) i++;
    if (i === intervals.length) return true;
  }
  return false;
}
