import { palette, velocityColour } from '../palette.js';
import { panel } from '../panel.js';
import type { CurveWords } from '../picture-words.js';
import { renderPng } from '../raster.js';
import { element, short, text, textWidth, type Attributes } from '../svg.js';

export interface CurvePoint {
  /** Number of optimiser steps so far. */
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss?: number;
}

type Point = readonly [step: number, loss: number];

/** In CSS pixels; the image has twice the resolution. */
const [width, height] = [960, 600];
const plot = { left: 116, right: 770, top: 128, bottom: 520 };
const textSize = 24;
const labelHeight = 30;

const trainingColour = velocityColour(20);
const validationColour = velocityColour(112);

/**
 * Draws the losses of a training over its steps, on a logarithmic scale: the training loss as a solid line,
 * the validation loss dashed with a dot at each value and a ring at the lowest. Omits losses that are not
 * positive numbers.
 * @returns a PNG, 1920 × 1200 pixels
 */
export function drawTrainingCurve(points: readonly CurvePoint[], words: CurveWords): Uint8Array {
  const drawable = ([, loss]: Point): boolean => loss > 0 && loss < Infinity;
  const training = points.map(({ step, trainingLoss }): Point => [step, trainingLoss]).filter(drawable);
  const validation = points
    .map(({ step, validationLoss }): Point => [step, validationLoss ?? NaN])
    .filter(drawable);
  const scale = scaleOf([...training, ...validation]);
  const best = validation.reduce<Point | undefined>(
    (lowest, point) => (lowest === undefined || point[1] < lowest[1] ? point : lowest),
    undefined,
  );
  return renderPng(
    panel(
      { width, height, fontSize: textSize },
      text(words.title, {
        ...{ x: 32, y: 62, 'font-size': 34, 'font-weight': 'bold' },
        fill: palette.text,
      }),
      text(summary(best, words), { x: 32, y: 100, fill: palette.quietText }),
      ...axes(scale, words),
      ...trainingLine(training, scale),
      ...validationLine(validation, best, scale),
      ...names(training.at(-1), validation.at(-1), scale, words),
    ),
  );
}

function summary(best: Point | undefined, { locale, lossOverSteps, lowest, step }: CurveWords): string {
  if (best === undefined) return lossOverSteps;
  const digits = { minimumSignificantDigits: 4, maximumSignificantDigits: 4 };
  return `${lowest} ${best[1].toLocaleString(locale, digits)} · ${step} ${best[0].toLocaleString(locale)}`;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Scale {
  readonly losses: Range;
  readonly steps: Range;
  readonly x: (step: number) => number;
  readonly y: (loss: number) => number;
}

function scaleOf(points: readonly Point[]): Scale {
  const steps = span(points.map(([step]) => step)) ?? { from: 0, to: 1 };
  const range = span(points.map(([, loss]) => loss)) ?? { from: 0.1, to: 1 };
  const margin = Math.max(1.02, (range.to / range.from) ** 0.06);
  const losses = { from: range.from / margin, to: range.to * margin };
  const across = Math.max(1, steps.to - steps.from);
  const up = Math.log(losses.to / losses.from);
  return {
    steps,
    losses,
    x: (step) => plot.left + ((step - steps.from) / across) * (plot.right - plot.left),
    y: (loss) => plot.bottom - (Math.log(loss / losses.from) / up) * (plot.bottom - plot.top),
  };
}

function axes({ steps, losses, x, y }: Scale, words: CurveWords): string[] {
  // Over a small range a logarithmic scale is nearly linear, and linear ticks are easier to read.
  const lossTicks = losses.to / losses.from < 2 ? evenTicks(losses, 6) : decadeTicks(losses, 8);
  const stepTicks = evenTicks(steps, 5);
  const compact = new Intl.NumberFormat(words.locale, { notation: 'compact', maximumFractionDigits: 2 });
  const value = new Intl.NumberFormat(words.locale, { maximumSignificantDigits: 6 });
  const lines =
    lossTicks.map((loss) => `M${plot.left} ${short(y(loss))}H${plot.right}`).join('') +
    stepTicks.map((step) => `M${short(x(step))} ${plot.bottom}v7`).join('');
  return [
    element('rect', {
      ...{ x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top, rx: 3 },
      ...{ fill: palette.plot, stroke: palette.octave, 'stroke-width': 1.5 },
    }),
    element('path', { d: lines, stroke: palette.octave, 'stroke-width': 1.5 }),
    ...lossTicks.map((loss) =>
      text(value.format(loss), {
        x: plot.left - 12,
        y: y(loss) + 9,
        'text-anchor': 'end',
        fill: palette.quietText,
      }),
    ),
    ...stepTicks.map((step) =>
      text(compact.format(step), {
        ...{ x: x(step), y: plot.bottom + 32, 'text-anchor': 'middle', fill: palette.quietText },
      }),
    ),
    text(words.steps, { x: width - 32, y: plot.bottom + 32, 'text-anchor': 'end', fill: palette.quietText }),
  ];
}

function trainingLine(training: readonly Point[], scale: Scale): string[] {
  const last = training.slice(-1);
  return [
    element('path', { d: line(training, scale), fill: 'none', stroke: trainingColour, 'stroke-width': 3.5 }),
    ...last.map((end) => dot(end, scale, 5, { fill: trainingColour })),
  ];
}

function validationLine(validation: readonly Point[], best: Point | undefined, scale: Scale): string[] {
  // With many values, the dots would hide the line.
  const dots = validation.length > 60 ? validation.slice(-1) : validation;
  return [
    element('path', {
      ...{ d: line(validation, scale), fill: 'none' },
      ...{ stroke: validationColour, 'stroke-width': 3.5, 'stroke-dasharray': '10 6' },
    }),
    ...dots.map((point) => dot(point, scale, 5, { fill: validationColour })),
    ...(best === undefined
      ? []
      : [dot(best, scale, 11, { fill: 'none', stroke: palette.text, 'stroke-width': 2.5 })]),
  ];
}

/** Labels at the ends of the lines, without overlaps. */
function names(
  training: Point | undefined,
  validation: Point | undefined,
  scale: Scale,
  words: CurveWords,
): string[] {
  const at = (point: Point): number => scale.y(point[1]) + 9;
  const left = plot.right + 16;
  const name = (label: string, y: number, fill: string): string => {
    const size = Math.min(textSize, (width - 8 - left) / textWidth(label));
    return text(label, { x: left, y, 'font-size': size, fill });
  };
  if (training === undefined) return [];
  if (validation === undefined) return [name(words.training, at(training), trainingColour)];
  const middle = (at(training) + at(validation)) / 2;
  const apart = Math.max(labelHeight, Math.abs(at(training) - at(validation))) / 2;
  const trainingIsAbove = at(training) < at(validation) ? -1 : 1;
  return [
    name(words.training, middle + trainingIsAbove * apart, trainingColour),
    name(words.validation, middle - trainingIsAbove * apart, validationColour),
  ];
}

function dot([step, loss]: Point, { x, y }: Scale, r: number, style: Attributes): string {
  return element('circle', { cx: x(step), cy: y(loss), r, ...style });
}

function line(points: readonly Point[], { x, y }: Scale): string {
  return points
    .map(([step, loss], i) => `${i === 0 ? 'M' : 'L'}${short(x(step))} ${short(y(loss))}`)
    .join('');
}

/** At most this many round numbers in a range, spaced logarithmically. */
function decadeTicks({ from, to }: Range, most: number): number[] {
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) powers.push(power);
  const choices = digitsOfDecades.map((digits) =>
    powers
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((tick) => tick >= from && tick <= to),
  );
  return choices.find((ticks) => ticks.length <= most) ?? choices.at(-1)!;
}

const digitsOfDecades = [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5], [1, 3], [1]] as const;

/** At most this many multiples of 1, 2 or 5 times a power of ten in a range. */
function evenTicks({ from, to }: Range, most: number): number[] {
  if (from === to) return [from];
  const least = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => size >= least)!;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

function span(values: readonly number[]): Range | undefined {
  if (values.length === 0) return undefined;
  let [from, to] = [Infinity, -Infinity];
  for (const value of values) [from, to] = [Math.min(from, value), Math.max(to, value)];
  return { from, to };
}
