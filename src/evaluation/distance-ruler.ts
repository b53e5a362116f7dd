import { element, text } from '../render/svg.js';
import { evaluation as words } from '../i18n/en/evaluation.js';
import type { DistanceRow } from './evaluate.js';

/** CSS pixels. */
const width = 960;
const line = { left: 220, right: 880 };
const rowHeight = 26;

/**
 * The Fréchet distances of known music and of the model on one logarithmic scale, each with a bar for its
 * spread. Colours are classes of the page: `real`, `model`, `axis`, `title`.
 */
export function distanceRuler(rows: readonly DistanceRow[]): string {
  const values = rows.map(({ distances }) => Math.max(distances.fd26.mean, 0.01));
  const [from, to] = [Math.log(Math.min(1, ...values)), Math.log(1.2 * Math.max(...values))];
  const x = (value: number): number =>
    line.left + ((Math.log(Math.max(value, 0.01)) - from) / (to - from)) * (line.right - line.left);
  const bottom = rows.length * rowHeight + 16;
  const ticks = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((tick) => Math.log(tick) <= to);
  return element(
    'svg',
    { viewBox: `0 0 ${width} ${bottom + 30}`, role: 'img', 'aria-label': described(rows) },
    ...ticks.flatMap((tick) => [
      element('path', { class: 'axis', d: `M${x(tick).toFixed(1)} 8V${bottom}` }),
      text(String(tick), { class: 'axis', x: x(tick), y: bottom + 20, 'text-anchor': 'middle' }),
    ]),
    ...rows.flatMap(({ name, distances: { fd26 } }, i) => {
      const y = 24 + i * rowHeight;
      const kind = name === 'model' ? 'model' : 'known';
      return [
        element('path', { class: `${kind} bar`, d: `M${line.left} ${y}H${x(fd26.mean).toFixed(1)}` }),
        element('path', {
          class: `${kind} spread`,
          d: `M${x(fd26.mean - fd26.spread).toFixed(1)} ${y}H${x(fd26.mean + fd26.spread).toFixed(1)}`,
        }),
        element('circle', { class: `${kind} dot`, cx: x(fd26.mean), cy: y, r: kind === 'model' ? 7 : 5 }),
        text(words.music[name], {
          class: `title ${kind}`,
          x: line.left - 16,
          y: y + 5,
          'text-anchor': 'end',
        }),
        text(fd26.mean.toFixed(1), {
          class: `title ${kind}`,
          x: x(fd26.mean + fd26.spread) + 12,
          y: y + 5,
        }),
      ];
    }),
  );
}

function described(rows: readonly DistanceRow[]): string {
  const each = rows.map(({ name, distances }) => `${words.music[name]} ${distances.fd26.mean.toFixed(1)}`);
  return words.page.ruler(each);
}
