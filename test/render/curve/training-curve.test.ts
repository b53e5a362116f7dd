import { english } from '../../../src/i18n/en/english.js';
import { describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../../src/i18n/languages.js';
import { curveWordsIn } from '../../../src/i18n/picture.js';
import { velocityColour } from '../../../src/render/palette.js';
import { drawTrainingCurve, type CurvePoint } from '../../../src/render/curve/training-curve.js';
import { alike, Picture } from '../picture.js';

const words = curveWordsIn(english, 'lstm');
const [trainingColour, validationColour] = [velocityColour(20), velocityColour(112)];

/** Number of pixels of a colour inside the axes, in each column. */
function columns(points: readonly CurvePoint[], colour: string): number[] {
  const picture = new Picture(drawTrainingCurve(points, words));
  const counts: number[] = [];
  for (let x = 118; x < 768; x++) {
    let count = 0;
    for (let y = 130; y < 518; y++) if (alike(picture.colour(x, y), colour)) count++;
    counts.push(count);
  }
  return counts;
}

const points = Array.from({ length: 30 }, (_, i) => ({
  step: 1000 * (i + 1),
  trainingLoss: 0.4 + Math.exp(-i / 5),
  validationLoss: 0.5 + Math.exp(-i / 5),
}));

describe('drawTrainingCurve', () => {
  it('is a picture of 1920 × 1200 with title, axes and names as text', () => {
    const picture = new Picture(drawTrainingCurve(points, curveWordsIn(english, '<lstm> & more')));
    expect([picture.width, picture.height]).toEqual([960, 600]);
    expect(picture.lightPixels(32, 30, 900, 72)).toBeGreaterThan(800);
    expect(picture.lightPixels(40, 128, 104, 520)).toBeGreaterThan(200);
    expect(picture.lightPixels(110, 525, 930, 560)).toBeGreaterThan(200);
    expect(picture.lightPixels(786, 128, 930, 520)).toBeGreaterThan(200);
  });

  it.each(languageCodes)('has its words within the panel in the language %s', (code) => {
    const picture = new Picture(drawTrainingCurve(points, curveWordsIn(languages[code], 'lstm')));
    expect(picture.lightPixels(786, 128, 930, 520)).toBeGreaterThan(200);
    expect(picture.lightPixels(953, 30, 959, 570)).toBe(0);
  });

  it('draws training as a solid line and validation as a dashed one', () => {
    const training = columns(
      points.map(({ step, trainingLoss }) => ({ step, trainingLoss })),
      trainingColour,
    );
    expect(training.every((count) => count > 0)).toBe(true);
    const many = Array.from({ length: 200 }, (_, i) => ({ step: i, trainingLoss: 0.1, validationLoss: 1 }));
    const validation = columns(many, validationColour);
    const gaps = validation.filter((count) => count === 0).length / validation.length;
    expect(gaps).toBeGreaterThan(0.2);
    expect(gaps).toBeLessThan(0.6);
  });

  it('is logarithmic: equal ratios are equally far apart', () => {
    const flat = (loss: number): CurvePoint[] =>
      [1, 2].map((step) => ({ step, trainingLoss: loss, validationLoss: step === 1 ? 100 : 0.01 }));
    const height = (loss: number): number => {
      const picture = new Picture(drawTrainingCurve(flat(loss), words));
      for (let y = 130; y < 518; y += 0.5) if (alike(picture.colour(400, y), trainingColour)) return y;
      throw new Error('no line');
    };
    expect(Math.abs(height(0.1) - height(1) - (height(1) - height(10)))).toBeLessThanOrEqual(1);
  });

  it.each<[string, CurvePoint[]]>([
    ['no point', []],
    ['one point', [{ step: 5, trainingLoss: 1 }]],
    ['equal losses', [1, 2, 3].map((step) => ({ step, trainingLoss: 0.5, validationLoss: 0.5 }))],
    ['losses that are no numbers', [{ step: 1, trainingLoss: NaN, validationLoss: Infinity }]],
    ['many decades', [1e-9, 1, 1e9].map((trainingLoss, step) => ({ step, trainingLoss }))],
    [
      'thousands of points',
      Array.from({ length: 5000 }, (_, step) => ({ step, trainingLoss: 1 + (step % 7) })),
    ],
  ])('draws %s', (_, some) => {
    const picture = new Picture(drawTrainingCurve(some, words));
    expect(picture.lightPixels(32, 30, 900, 72)).toBeGreaterThan(300);
    expect(picture.opacity(400, 300)).toBe(255);
  });
});
