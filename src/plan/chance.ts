/** Seeded random numbers. */
export interface Chance {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
}

/** One of the values, drawn with probability proportional to its weight. At least one weight is above 0. */
export function weighted<T>(chance: Chance, values: readonly (readonly [value: T, weight: number])[]): T {
  let left = chance.uniform() * values.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of values) {
    left -= weight;
    if (left < 0) return value;
  }
  return values.at(-1)![0];
}

/** One of the values, drawn uniformly. There is at least one. */
export function oneOf<T>(chance: Chance, values: readonly T[]): T {
  return values[chance.below(values.length)]!;
}
