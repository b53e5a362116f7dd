import type { Vectors } from './frechet.js';

/** One split of a tree, or a leaf. */
type Tree =
  | { readonly feature: number; readonly threshold: number; readonly below: Tree; readonly above: Tree }
  | { readonly value: number };

export interface BoostingOptions {
  readonly rounds: number;
  readonly depth: number;
  readonly rate: number;
}

/**
 * Gradient-boosted trees for two classes (Friedman 2001, algorithm 5): each tree is fitted to the
 * residuals of the logistic loss by least squares, its leaves take one Newton step.
 */
export class BoostedTrees {
  readonly #trees: Tree[] = [];
  readonly #first: number;
  readonly #rate: number;
  /** By feature: the total reduction of the squared error by its splits. */
  readonly gains: Float64Array;

  /** @param isPositive one per row; both classes must occur. */
  constructor(rows: Vectors, isPositive: readonly boolean[], { rounds, depth, rate }: BoostingOptions) {
    const features = rows[0]!.length;
    const positive = isPositive.filter(Boolean).length;
    this.#first = Math.log(positive / (rows.length - positive));
    this.#rate = rate;
    this.gains = new Float64Array(features);
    const order = Array.from({ length: features }, (_, feature) =>
      Uint32Array.from(rows.keys()).sort((a, b) => rows[a]![feature]! - rows[b]![feature]!),
    );
    const scores = new Float64Array(rows.length).fill(this.#first);
    for (let round = 0; round < rounds; round++) {
      const residuals = scores.map((score, i) => (isPositive[i] === true ? 1 : 0) - logistic(score));
      const tree = grow({ rows, residuals, gains: this.gains }, order, depth);
      this.#trees.push(tree);
      rows.forEach((row, i) => (scores[i]! += rate * answer(tree, row)));
    }
  }

  /** Probability of the positive class. */
  predict(row: Float64Array): number {
    return logistic(this.#trees.reduce((score, tree) => score + this.#rate * answer(tree, row), this.#first));
  }
}

interface Problem {
  readonly rows: Vectors;
  /** Label − probability. */
  readonly residuals: Float64Array;
  readonly gains: Float64Array;
}

/** @param order the rows of this node, sorted by each feature */
function grow(problem: Problem, order: readonly Uint32Array[], depth: number): Tree {
  const members = order[0]!;
  const split = depth === 0 ? undefined : bestSplit(problem, order);
  if (split === undefined) return { value: newtonStep(members, problem.residuals) };
  const { feature, threshold, gain } = split;
  problem.gains[feature]! += gain;
  const isBelow = (row: number): boolean => problem.rows[row]![feature]! <= threshold;
  const below = order.map((sorted) => sorted.filter(isBelow));
  const above = order.map((sorted) => sorted.filter((row) => !isBelow(row)));
  return {
    feature,
    threshold,
    below: grow(problem, below, depth - 1),
    above: grow(problem, above, depth - 1),
  };
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
  /** Reduction of the squared error. */
  readonly gain: number;
}

function bestSplit({ rows, residuals }: Problem, order: readonly Uint32Array[]): Split | undefined {
  const total = order[0]!.reduce((sum, row) => sum + residuals[row]!, 0);
  const count = order[0]!.length;
  let best: Split | undefined;
  order.forEach((sorted, feature) => {
    let sum = 0;
    for (let i = 1; i < count; i++) {
      sum += residuals[sorted[i - 1]!]!;
      const [value, next] = [rows[sorted[i - 1]!]![feature]!, rows[sorted[i]!]![feature]!];
      if (value === next) continue;
      const gain = sum ** 2 / i + (total - sum) ** 2 / (count - i) - total ** 2 / count;
      if (gain > (best?.gain ?? 1e-12)) best = { feature, threshold: (value + next) / 2, gain };
    }
  });
  return best;
}

/** Σ residuals / Σ p (1 − p), where a residual r is y − p, so that p (1 − p) = |r| (1 − |r|). */
function newtonStep(members: Uint32Array, residuals: Float64Array): number {
  let [sum, curvature] = [0, 0];
  for (const row of members) {
    const residual = residuals[row]!;
    sum += residual;
    curvature += Math.abs(residual) * (1 - Math.abs(residual));
  }
  return curvature < 1e-12 ? 0 : sum / curvature;
}

function answer(tree: Tree, row: Float64Array): number {
  let at = tree;
  while ('feature' in at) at = row[at.feature]! <= at.threshold ? at.below : at.above;
  return at.value;
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}
