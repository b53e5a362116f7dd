import { element, short, text } from '../render/svg.js';
import { evaluation as words } from '../i18n/en/evaluation.js';
import { quantile, standardDeviation } from './statistics.js';

/** CSS pixels. */
const [width, height] = [240, 118];
const plot = { left: 8, right: 232, top: 34, bottom: 92 };
const points = 96;
/** Height of the plot, as a multiple of the height of the real shape. */
const mostOfReal = 2.5;

/**
 * The distribution of a feature in real music, as a filled shape, and in a model's, as a line, with a tick at
 * each median. Colours are classes of the page: `real`, `model`, `axis`, `title`.
 */
export function densityPlot(title: string, real: readonly number[], model: readonly number[]): string {
  const all = [...real, ...model];
  const [low, high] = [quantile(all, 0.005), quantile(all, 0.995)];
  const span = high > low ? high - low : Math.max(Math.abs(high), 1) * 0.1;
  const range = { from: low - 0.04 * span, to: high + 0.04 * span };
  const curves = [real, model].map((values) => density(values, range)) as [number[], number[]];
  // The peak of a model that always does the same would flatten the shape of real music; it is cut off.
  const peak = Math.min(Math.max(...curves.flat()), mostOfReal * Math.max(...curves[0]));
  const x = (value: number): number =>
    plot.left + ((value - range.from) / (range.to - range.from)) * (plot.right - plot.left);
  const y = (value: number): number => plot.bottom - Math.min(value / peak, 1) * (plot.bottom - plot.top);
  const line = (curve: readonly number[]): string =>
    curve
      .map((value, i) => {
        const at = range.from + ((range.to - range.from) * i) / (points - 1);
        return `${i === 0 ? 'M' : 'L'}${short(x(at))} ${short(y(value))}`;
      })
      .join('');
  const median = (values: readonly number[], name: string): string =>
    element('path', { class: `${name} median`, d: `M${short(x(quantile(values, 0.5)))} ${plot.bottom}v6` });
  const label = (value: number, anchor: string, at: number): string =>
    text(readable(value), { class: 'axis', x: at, y: height - 6, 'text-anchor': anchor });
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': described(title, real, model) },
    text(title, { class: 'title', x: plot.left, y: 18 }),
    element('path', { class: 'real', d: `${line(curves[0])}L${plot.right} ${plot.bottom}H${plot.left}Z` }),
    element('path', { class: 'model', d: line(curves[1]) }),
    element('path', { class: 'axis', d: `M${plot.left} ${plot.bottom}H${plot.right}` }),
    median(real, 'real'),
    median(model, 'model'),
    label(range.from, 'start', plot.left),
    label(range.to, 'end', plot.right),
  );
}

function described(title: string, real: readonly number[], model: readonly number[]): string {
  const [a, b] = [real, model].map((values) => readable(quantile(values, 0.5))) as [string, string];
  return words.page.plot(title, b, a);
}

/** Gaussian kernel density at equidistant points of a range; a constant becomes a narrow bell. */
function density(values: readonly number[], { from, to }: { from: number; to: number }): number[] {
  const kernelWidth = Math.max(values.length ** -0.2 * standardDeviation(values), (to - from) / 60);
  return Array.from({ length: points }, (_, i) => {
    const at = from + ((to - from) * i) / (points - 1);
    const sum = values.reduce(
      (total, value) => total + Math.exp(-0.5 * ((at - value) / kernelWidth) ** 2),
      0,
    );
    return sum / (values.length * kernelWidth);
  });
}

function readable(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/^-(0(\.0+)?)$/, '$1');
}
