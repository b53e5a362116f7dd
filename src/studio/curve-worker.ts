import { drawTrainingCurve, type CurvePoint } from '../render/training-curve.js';

export interface CurveTask {
  readonly points: readonly CurvePoint[];
  readonly title: string;
}

/** The thread program that draws the curve of a training, as a PNG. */
export function drawCurve({ points, title }: CurveTask): Uint8Array {
  return drawTrainingCurve(points, title);
}
