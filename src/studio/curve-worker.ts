import { giveWay } from '../model/service/give-way.js';
import type { CurveWords } from '../render/picture-words.js';
import { drawTrainingCurve, type CurvePoint } from '../render/training-curve.js';

export interface CurveTask {
  readonly points: readonly CurvePoint[];
  readonly words: CurveWords;
}

giveWay('piece');

/** The thread program that draws the curve of a training, as a PNG. */
export function drawCurve({ points, words }: CurveTask): Uint8Array {
  return drawTrainingCurve(points, words);
}
