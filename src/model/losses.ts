import { registry, type LossPart, type TrainableKind } from '../request/networks.js';

/** Mean losses over held-out music, by what is predicted. */
export type Losses = Readonly<Partial<Record<LossPart, number>>>;

/** The parts of the loss of a kind of network, in the order in which they are shown. */
export function lossPartsOf(kind: TrainableKind): readonly LossPart[] {
  return Object.keys(registry[kind].training.lossWeights) as LossPart[];
}

/** The weighted sum that training minimises; NaN if a part is missing. */
export function totalLoss(kind: TrainableKind, losses: Losses): number {
  const weights: Losses = registry[kind].training.lossWeights;
  return lossPartsOf(kind).reduce((sum, part) => sum + weights[part]! * (losses[part] ?? NaN), 0);
}
