import { classifierTest } from './classifier-test.js';
import { featureNames, type FeatureName } from './features.js';
import { frechetDistance, type Vectors } from './frechet.js';
import { overlapArea } from './overlap-area.js';
import { PooledDistances } from './pooled-distances.js';
import { mean, standardDeviation } from './statistics.js';

/** Distances of a set of excerpts from a real one. */
export interface Distances {
  /** Fréchet distance of the feature vectors. */
  readonly fd26: number;
  /** The same without the three velocity features. */
  readonly fdWithoutVelocity: number;
  /** Squared maximum mean discrepancy. */
  readonly mmd2: number;
  /** Nearest-neighbour two-sample accuracy. */
  readonly nearestNeighbour: number;
  /** Classifier two-sample accuracy. */
  readonly classifier: number;
  /** Overlapping area, mean over the features. */
  readonly overlap: number;
  /** Importance of each feature to the classifier, 0 to 1; the sum is 1. */
  readonly importance: Readonly<Record<FeatureName, number>>;
}

/** z-scores are clipped to ±this. */
const mostDeviations = 8;

/**
 * Compares feature vectors with those of real music, all standardised by the mean and the deviation of the
 * real ones.
 * @param seed draws the folds of the classifier
 */
export function distancesBetween(real: Vectors, other: Vectors, seed: number): Distances {
  const scale = scaleOf(real);
  const [scaledReal, scaledOther] = [real.map(scale), other.map(scale)];
  const withoutVelocity = (vectors: Vectors): Vectors =>
    vectors.map((vector) => vector.filter((_, i) => !featureNames[i]!.startsWith('v_')));
  const pooled = new PooledDistances(scaledReal, scaledOther);
  const { accuracy, importance } = classifierTest(scaledReal, scaledOther, seed);
  const column = (vectors: Vectors, i: number): number[] => vectors.map((vector) => vector[i]!);
  return {
    fd26: frechetDistance(scaledReal, scaledOther),
    fdWithoutVelocity: frechetDistance(withoutVelocity(scaledReal), withoutVelocity(scaledOther)),
    mmd2: pooled.maximumMeanDiscrepancy(),
    nearestNeighbour: pooled.nearestNeighbourAccuracy(),
    classifier: accuracy,
    overlap: mean(featureNames.map((_, i) => overlapArea(column(real, i), column(other, i)))),
    importance: Object.fromEntries(featureNames.map((name, i) => [name, importance[i]!])) as Record<
      FeatureName,
      number
    >,
  };
}

/** z-scores by the real set; features that are equal in all real excerpts are only centred. */
function scaleOf(real: Vectors): (vector: Float64Array) => Float64Array {
  const columns = featureNames.map((_, i) => real.map((vector) => vector[i]!));
  const centres = columns.map(mean);
  const deviations = columns.map((values) => standardDeviation(values) || 1);
  return (vector) =>
    vector.map((value, i) =>
      Math.min(Math.max((value - centres[i]!) / deviations[i]!, -mostDeviations), mostDeviations),
    );
}
