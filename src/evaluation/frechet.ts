import { eigen, sandwich, squareRoot, trace, type SymmetricMatrix } from './symmetric-matrix.js';
import { mean } from './statistics.js';

/** One vector per row, all of the same length. */
export type Vectors = readonly Float64Array[];

/**
 * Fréchet distance of the normal distributions with the means and covariances of two sets: ‖μa − μb‖² + Tr(Σa
 * + Σb − 2 (Σa Σb)^½) (Dowson & Landau 1982; for music: arXiv 2412.07948). (Σa Σb)^½ has the trace of the
 * symmetric (Σa^½ Σb Σa^½)^½. Larger for smaller sets: compare only distances of sets of equal sizes.
 * @param a at least two
 */
export function frechetDistance(a: Vectors, b: Vectors): number {
  const [meanA, meanB] = [columnMeans(a), columnMeans(b)];
  const [covarianceA, covarianceB] = [covariance(a, meanA), covariance(b, meanB)];
  const shift = meanA.reduce((sum, value, i) => sum + (value - meanB[i]!) ** 2, 0);
  const overlap = eigen(sandwich(squareRoot(covarianceA), covarianceB)).values.reduce(
    (sum, value) => sum + Math.sqrt(Math.max(value, 0)),
    0,
  );
  return shift + trace(covarianceA) + trace(covarianceB) - 2 * overlap;
}

function columnMeans(vectors: Vectors): Float64Array {
  return vectors[0]!.map((_, column) => mean(vectors.map((vector) => vector[column]!)));
}

/** Unbiased (divided by count − 1). */
function covariance(vectors: Vectors, means: Float64Array): SymmetricMatrix {
  const n = means.length;
  const values = new Float64Array(n * n);
  for (const vector of vectors) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        values[i * n + j]! += (vector[i]! - means[i]!) * (vector[j]! - means[j]!);
      }
    }
  }
  return { n, values: values.map((sum) => sum / (vectors.length - 1)) };
}
