import { Random, shuffle } from '../model/random.js';
import { BoostedTrees } from './boosted-trees.js';
import type { Vectors } from './frechet.js';

/** Settings of the classifier two-sample test. */
const boosting = { rounds: 80, depth: 3, rate: 0.1 } as const;
const folds = 5;

export interface ClassifierTest {
  /** Share of rows classified correctly by trees fitted to the other folds; 0.5 is chance. */
  readonly accuracy: number;
  /** By feature: its share of the trees' gain, that is, what distinguishes the second set. */
  readonly importance: Float64Array;
}

/**
 * Classifier two-sample test (Lopez-Paz & Oquab 2017) with boosted trees; the seed draws the stratified
 * folds.
 */
export function classifierTest(real: Vectors, other: Vectors, seed: number): ClassifierTest {
  const random = new Random(seed);
  const rows = [...inFolds(real, random, true), ...inFolds(other, random, false)];
  const importance = new Float64Array(real[0]!.length);
  let right = 0;
  for (let fold = 0; fold < folds; fold++) {
    const training = rows.filter((row) => row.fold !== fold);
    const trees = new BoostedTrees(
      training.map(({ vector }) => vector),
      training.map(({ isReal }) => isReal),
      boosting,
    );
    const gain = trees.gains.reduce((sum, each) => sum + each, 0);
    if (gain > 0) trees.gains.forEach((each, i) => (importance[i]! += each / gain / folds));
    for (const { fold: own, vector, isReal } of rows) {
      if (own === fold && trees.predict(vector) > 0.5 === isReal) right += 1;
    }
  }
  return { accuracy: right / rows.length, importance };
}

interface Row {
  readonly vector: Float64Array;
  readonly isReal: boolean;
  readonly fold: number;
}

function inFolds(vectors: Vectors, random: Random, isReal: boolean): Row[] {
  const order = Uint32Array.from(vectors.keys());
  shuffle(order, random);
  return [...order].map((at, place) => ({ vector: vectors[at]!, isReal, fold: place % folds }));
}
