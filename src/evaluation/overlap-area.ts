import { standardDeviation } from './statistics.js';

const points = 512;
const mostExcerpts = 150;

/**
 * Overlapping area (Yang & Lerch 2020, mgeval): the overlap of two densities, of the distances among the real
 * values and of those between real and other ones. Gaussian kernels of Scott's width (1992), on 512 points
 * from 0 to the largest distance; each density has an area of 1.
 * @returns 0 to 1
 */
export function overlapArea(real: readonly number[], other: readonly number[]): number {
  const [a, b] = [real.slice(0, mostExcerpts), other.slice(0, mostExcerpts)];
  const within = new Float64Array((a.length * (a.length - 1)) / 2);
  const between = new Float64Array(a.length * b.length);
  let pairs = 0;
  a.forEach((value, i) => {
    for (let j = 0; j < i; j++) within[pairs++] = Math.abs(value - a[j]!);
    for (let j = 0; j < b.length; j++) between[i * b.length + j] = Math.abs(value - b[j]!);
  });
  const largest = Math.max(largestOf(within), largestOf(between));
  if (largest === 0) return 1;
  const spacing = largest / (points - 1);
  const [p, q] = [density(within, spacing), density(between, spacing)];
  return p.reduce((area, value, i) => area + Math.min(value, q[i]!), 0);
}

/**
 * Kernel density at 0, spacing, 2 spacing …, with a sum of 1. Each value is first distributed to the two
 * neighbouring points, so that kernels are added once per point, not once per value.
 */
function density(values: Float64Array, spacing: number): Float64Array {
  const counts = new Float64Array(points);
  for (const value of values) {
    const place = value / spacing;
    const below = Math.min(Math.floor(place), points - 2);
    counts[below]! += below + 1 - place;
    counts[below + 1]! += place - below;
  }
  // Equal values have no width; the spacing is used instead.
  const width = Math.max(values.length ** -0.2 * standardDeviation(values), spacing) / spacing;
  const kernel = Float64Array.from({ length: points }, (_, i) => Math.exp(-0.5 * (i / width) ** 2));
  const sums = counts.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < points; j++) sum += counts[j]! * kernel[Math.abs(i - j)]!;
    return sum;
  });
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => value / total);
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
