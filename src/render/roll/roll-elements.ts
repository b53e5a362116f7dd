import { endSeconds, noteCount, settingsAtStart, type Piece } from '../../music/piece.js';
import { titleIn } from '../../music/title.js';
import { drawable } from '../fonts.js';
import { palette } from '../palette.js';
import { keyIn, notesIn, type RollWords } from '../picture-words.js';
import { averageWidths, element, short, text, textWidth } from '../svg.js';
import { clock, timeStep } from '../time-axis.js';
import type { Layout, Row } from './piano-roll-layout.js';

/** In CSS pixels; the image has twice the resolution. Text sizes are chosen for a phone, 400 pixels wide. */
export const width = 960;
export const margin = 32;
const titleSize = { largest: 38, smallest: 25 };
export const textSize = 24;
const barNumberSize = 19;

export const keyboardWidth = 22;
/** Pitch classes; 0 is C. */
export const blackKeys: ReadonlySet<number> = new Set([1, 3, 6, 8, 10]);
const allKeys: ReadonlySet<number> = new Set(Array(12).keys());

export function heading(piece: Piece, words: RollWords): string[] {
  const { key, tempoBpm } = settingsAtStart(piece);
  const room = width - 2 * margin;
  const { wish, ...titles } = words.titles;
  const wished = drawable(wish?.text ?? '');
  const title = titleIn(
    { ...titles, ...(wish !== undefined && wished !== '' && { wish: { ...wish, text: wished } }) },
    { ...piece, title: drawable(piece.title) },
  );
  const shown = shorten(title, room / titleSize.smallest);
  const facts = [
    ...(key === undefined ? [] : [keyIn(words, key)]),
    ...(piece.hasBars ? [`♩ = ${Math.round(tempoBpm)}`] : []),
    notesIn(words, noteCount(piece)),
    clock(endSeconds(piece)),
  ];
  const size = Math.min(titleSize.largest, room / textWidth(shown, averageWidths.bold));
  return [
    text(shown, { x: margin, y: 62, 'font-size': size, 'font-weight': 'bold', fill: palette.text }),
    text(facts.join(' · '), { x: margin, y: 100, fill: palette.quietText }),
  ];
}

/** Piano keys along the pitch axis, seen from the left end of the keyboard. */
export function keyboard(layout: Layout, row: Row): string[] {
  const left = layout.left - keyboardWidth - 4;
  const blackLength = keyboardWidth * 0.62;
  const half = layout.semitone(row) / 2;
  let gaps = '';
  for (let pitch = Math.max(0, layout.lowest); pitch <= Math.min(127, layout.highest); pitch++) {
    const y = layout.y(row, pitch);
    // White keys meet below C and F, and at the centre of each black key.
    if (pitch % 12 === 0 || pitch % 12 === 5) gaps += `M${short(left)} ${short(y + half)}h${keyboardWidth}`;
    if (blackKeys.has(pitch % 12)) gaps += `M${short(left)} ${short(y)}h${keyboardWidth}`;
  }
  return [
    element('path', { d: keyBoxes(layout, row, allKeys, left, keyboardWidth), fill: palette.whiteKey }),
    element('path', { d: gaps, stroke: palette.blackKey, 'stroke-width': Math.min(1.2, half / 3) }),
    element('path', { d: keyBoxes(layout, row, blackKeys, left, blackLength), fill: palette.blackKey }),
  ];
}

/** Horizontal bands over the pitches of some classes (0 is C). */
export function keyBoxes(
  layout: Layout,
  row: Row,
  classes: ReadonlySet<number>,
  x: number,
  length: number,
): string {
  let path = '';
  for (let pitch = Math.max(0, layout.lowest); pitch <= Math.min(127, layout.highest); pitch++) {
    if (!classes.has(pitch % 12)) continue;
    path += box(x, layout.y(row, pitch) - layout.semitone(row) / 2, length, layout.semitone(row));
  }
  return path;
}

/** A line below every C, and its label. */
export function octaves(layout: Layout, row: Row): string[] {
  const lines: string[] = [];
  const names: string[] = [];
  let lastNamed = Infinity;
  for (let pitch = Math.ceil(Math.max(0, layout.lowest) / 12) * 12; pitch <= layout.highest; pitch += 12) {
    const y = layout.y(row, pitch);
    const edge = y + layout.semitone(row) / 2;
    lines.push(`M${short(layout.left)} ${short(edge)}H${short(layout.right)}`);
    // Skips labels that would overlap.
    if (lastNamed - y < textSize) continue;
    lastNamed = y;
    const at = {
      x: layout.left - keyboardWidth - 14,
      y: Math.min(row.top + row.height, Math.max(row.top + 18, y + 9)),
    };
    names.push(
      text(`C${pitch / 12 - 1}`.replace('-', '−'), { ...at, 'text-anchor': 'end', fill: palette.quietText }),
    );
  }
  return [element('path', { d: lines.join(''), stroke: palette.octave, 'stroke-width': 1.5 }), ...names];
}

export function bars(layout: Layout, row: Row): string[] {
  const inRow = layout.barLines
    .map((seconds, bar) => ({ seconds, bar }))
    .filter(({ seconds }) => seconds >= row.fromSeconds - 1e-6 && seconds < row.toSeconds - 1e-6);
  if (inRow.length === 0) return [];
  const barWidth = layout.x(row, row.fromSeconds + layout.barLines[1]!) - layout.left;
  let every = 1;
  while (every * barWidth < 64) every *= 2;
  const lines: string[] = [];
  const numbers: string[] = [];
  for (const { seconds, bar } of inRow) {
    const x = layout.x(row, seconds);
    const numbered = bar % every === 0;
    if (numbered || barWidth > 7) lines.push(`M${short(x)} ${short(row.top)}v${short(row.height)}`);
    if (!numbered) continue;
    const at = { x: x + 5, y: row.top + barNumberSize };
    numbers.push(text(String(bar + 1), { ...at, 'font-size': barNumberSize, fill: palette.quietText }));
  }
  return [element('path', { d: lines.join(''), stroke: palette.octave, 'stroke-width': 1.5 }), ...numbers];
}

export function seconds(piece: Piece, layout: Layout, row: Row): string[] {
  const pixelsPerSecond = (layout.right - layout.left) / (row.toSeconds - row.fromSeconds);
  const step = timeStep(86 / pixelsPerSecond);
  const total = layout.rows.at(-1)!.toSeconds;
  const lines: string[] = [];
  const labels: string[] = [];
  for (let i = Math.ceil(row.fromSeconds / step - 1e-6); i * step <= row.toSeconds; i++) {
    const x = layout.x(row, i * step);
    if (!piece.hasBars) lines.push(`M${short(x)} ${short(row.top)}v${short(row.height)}`);
    lines.push(`M${short(x)} ${short(row.top + row.height + layout.below)}v7`);
    const label = total >= 60 ? clock(i * step) : `${short(i * step)} s`;
    // Near the right edge, a label is right-aligned instead of centred.
    const anchor = x > layout.right - 30 ? 'end' : 'middle';
    const at = { x, y: row.top + row.height + layout.below + 31, 'text-anchor': anchor };
    labels.push(text(label, { ...at, fill: palette.quietText }));
  }
  return [element('path', { d: lines.join(''), stroke: palette.grid, 'stroke-width': 1.5 }), ...labels];
}

function box(x: number, y: number, length: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(length)}v${short(height)}h${short(-length)}z`;
}

/**
 * A rectangle with rounded corners, clipped to its row. Clipped by hand: an SVG clip path takes as long to
 * draw as everything else in the picture.
 */
export function roundedBox(
  x: number,
  y: number,
  length: number,
  height: number,
  { left, right }: Pick<Row, 'left' | 'right'>,
): string {
  const from = Math.max(x, left);
  const to = Math.min(x + length, right);
  const round = Math.min(4, height / 2, length / 2);
  const [start, end] = [from > x ? 0 : round, to < x + length ? 0 : round];
  const arc = (r: number, dx: number, dy: number): string =>
    `a${short(r)} ${short(r)} 0 0 1 ${short(dx * r)} ${short(dy * r)}`;
  const across = short(Math.max(0, to - from - start - end));
  const down = (r: number): string => short(height - 2 * r);
  return `M${short(from + start)} ${short(y)}h${across}${arc(end, 1, 1)}v${down(end)}${arc(end, -1, 1)}h-${across}${arc(start, -1, -1)}v-${down(start)}${arc(start, 1, -1)}z`;
}

/** Truncates bold text to a maximum width, in multiples of its size. */
export function shorten(value: string, most: number): string {
  const { bold } = averageWidths;
  if (textWidth(value, bold) <= most) return value;
  let room = most - textWidth('…', bold);
  let kept = '';
  for (const character of value) {
    room -= textWidth(character, bold);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
