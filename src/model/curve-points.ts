import type { TrainableKind } from '../request/networks.js';
import { totalLoss } from './losses.js';
import type { CurvePoint } from './trainer.js';

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
