/** The sum of numbers, added one after the other: the same numbers in the same order give the same bits. */
export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** @param values at least one */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The numbers from the lowest to the highest. */
export function ascending(values: readonly number[]): Float64Array {
  // An array of this type is sorted as numbers, not as strings.
  return Float64Array.from(values).sort();
}
