import { weightedLoss } from '../model/lstm/architecture.js';
import type { CurvePoint } from '../model/lstm/training/training.js';
import type { CurvePoint as DrawnPoint } from '../render/curve/training-curve.js';

/** The learning curve of a training, for drawing. */
export function pointsOf(curve: readonly CurvePoint[]): DrawnPoint[] {
  return curve.map(({ step, trainingLoss, validation }) => ({
    step,
    trainingLoss,
    validationLoss: weightedLoss(validation),
  }));
}
