import type { Vectors } from './frechet.js';
import { median } from './statistics.js';

/** Squared Euclidean distances within the union of two sets: the first `size` rows are the real ones. */
export class PooledDistances {
  readonly count: number;
  /** Row-major [count, count]. */
  readonly #squared: Float64Array;

  constructor(
    real: Vectors,
    other: Vectors,
    readonly size = real.length,
  ) {
    const all = [...real, ...other];
    const count = all.length;
    this.count = count;
    this.#squared = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const squared = squaredDistance(all[i]!, all[j]!);
        this.#squared[i * count + j] = squared;
        this.#squared[j * count + i] = squared;
      }
    }
  }

  #at(i: number, j: number): number {
    return this.#squared[i * this.count + j]!;
  }

  /**
   * Squared maximum mean discrepancy, unbiased, by the kernel exp(−d² / s) with s the median
   * positive squared distance (Gretton et al. 2012, lemma 6). May be a little below 0.
   */
  maximumMeanDiscrepancy(): number {
    const scale = median(this.#squared.filter((squared) => squared > 0));
    const sums = { withinReal: 0, withinOther: 0, between: 0 };
    for (let i = 0; i < this.count; i++) {
      for (let j = 0; j < i; j++) {
        const kernel = Math.exp(-this.#at(i, j) / scale);
        const [iIsReal, jIsReal] = [i < this.size, j < this.size];
        sums[iIsReal !== jIsReal ? 'between' : iIsReal ? 'withinReal' : 'withinOther'] += kernel;
      }
    }
    const [real, other] = [this.size, this.count - this.size];
    return (
      sums.withinReal / ((real * (real - 1)) / 2) +
      sums.withinOther / ((other * (other - 1)) / 2) -
      (2 * sums.between) / (real * other)
    );
  }

  /**
   * Share of items whose nearest neighbour is in their own set (Lopez-Paz & Oquab 2017, leave-one-out): 0.5
   * when nothing distinguishes the sets, 1 when everything does, below 0.5 when one copies the other.
   */
  nearestNeighbourAccuracy(): number {
    let right = 0;
    for (let i = 0; i < this.count; i++) {
      let nearest = -1;
      for (let j = 0; j < this.count; j++) {
        if (j !== i && (nearest < 0 || this.#at(i, j) < this.#at(i, nearest))) nearest = j;
      }
      if (i < this.size === nearest < this.size) right += 1;
    }
    return right / this.count;
  }
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
