import { registry, type LossPart, type TrainableKind } from '../request/networks.js';

/** Mean losses over held-out music, by what is predicted. */
export type Losses = Readonly<Partial<Record<LossPart, number>>>;

/** One validation. */
export interface CurvePoint {
  readonly step: number;
  readonly epoch: number;
  /** Weighted mean since the last point; at step 0 over as many training windows as are validated. */
  readonly trainingLoss: number;
  readonly validation: Losses;
}

/** The parts of the loss of a kind of network, in the order in which they are shown. */
export function lossPartsOf(kind: TrainableKind): readonly LossPart[] {
  return Object.keys(registry[kind].training.lossWeights) as LossPart[];
}

/** The weighted sum that training minimises; NaN if a part is missing. */
export function totalLoss(kind: TrainableKind, losses: Losses): number {
  const weights: Losses = registry[kind].training.lossWeights;
  return lossPartsOf(kind).reduce((sum, part) => sum + weights[part]! * (losses[part] ?? NaN), 0);
}

/** A point of a learning curve, as it is drawn. */
export interface DrawnPoint {
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number;
}

/** The learning curve of a training of this kind of network, for drawing. */
export function pointsOf(kind: TrainableKind, curve: readonly CurvePoint[]): DrawnPoint[] {
  return curve.map(({ step, trainingLoss, validation }) => ({
    step,
    trainingLoss,
    validationLoss: totalLoss(kind, validation),
  }));
}
