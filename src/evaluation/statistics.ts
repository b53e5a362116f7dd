/** One series of numbers; functions of two need equal lengths. */

type Series = ArrayLike<number>;

/** A measure over several seeds. */
export interface Measured {
  readonly mean: number;
  /** Standard deviation over the seeds. */
  readonly spread: number;
}

/** @param values at least one */
export function mean(values: Series): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Population standard deviation (divided by n). */
export function standardDeviation(values: Series): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return Math.sqrt(squares / values.length);
}

/** Linear interpolation between the two nearest ranks (Hyndman & Fan 1996, type 7). */
export function quantile(values: Series, fraction: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = fraction * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

export function median(values: Series): number {
  return quantile(values, 0.5);
}

/** In bits, of counts that need not be normalised; 0 if empty. */
export function entropy(counts: Series): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let bits = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = counts[i]! / total;
    if (share > 0) bits -= share * Math.log2(share);
  }
  return bits;
}

/** Pearson's correlation; undefined when a series is constant. */
export function correlation(a: Series, b: Series): number | undefined {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [fromA, fromB] = [a[i]! - meanA, b[i]! - meanB];
    product += fromA * fromB;
    squareA += fromA ** 2;
    squareB += fromB ** 2;
  }
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : undefined;
}

/** Spearman's rank correlation; ties share their mean rank. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | undefined {
  return correlation(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}
