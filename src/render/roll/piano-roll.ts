import { endSeconds, givenCount, noteCount, settingsAtStart, type Piece } from '../../music/piece.js';
import { titleIn } from '../../music/title.js';
import { drawable } from '../fonts.js';
import { palette, velocityColour } from '../palette.js';
import { keyIn, notesIn, type RollWords } from '../picture-words.js';
import { layOut, type Layout, type Row } from './piano-roll-layout.js';
import { averageWidths, element, renderPng, short, text, textWidth } from '../svg.js';
import { clock, timeStep } from '../time-axis.js';

export interface RollCaption {
  /** Name of the model that composed the piece. */
  readonly model: string;
  /** The random seed. */
  readonly seed: number;
  readonly words: RollWords;
}

/** CSS pixels; the picture has twice as many. The sizes of text are made for a phone, 400 pixels wide. */
const width = 960;
const margin = 32;
const titleSize = { largest: 38, smallest: 25 };
const textSize = 24;
const barNumberSize = 19;

const keyboardWidth = 22;
/** Pitch classes; 0 is C. */
const blackKeys: ReadonlySet<number> = new Set([1, 3, 6, 8, 10]);
const allKeys: ReadonlySet<number> = new Set(Array.from({ length: 12 }, (_, key) => key));

/**
 * Draws a piece as a piano roll: time from left to right, pitch upwards, velocity as colour; notes
 * that were given hollow on a lighter ground, new ones solid. Long pieces go over up to three rows.
 *
 * @returns a PNG, 1920 pixels wide and, with one, two or three rows, 1200 to 1804 high
 */
export function drawPianoRoll(piece: Piece, caption: RollCaption): Uint8Array {
  const { words } = caption;
  const layout = layOut(piece, { left: 120, right: width - margin, top: 152 });
  const height = layout.bottom + 66;
  return renderPng(
    element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height,
        'font-family': 'DejaVu Sans',
        'font-size': textSize,
      },
      element('defs', {}, velocityGradient()),
      element('rect', {
        ...{ x: 1, y: 1, width: width - 2, height: height - 2, rx: 26 },
        ...{ fill: palette.panel, stroke: palette.panelEdge, 'stroke-width': 2 },
      }),
      ...heading(piece, words),
      ...givenAndNew(piece, layout, words),
      ...layout.rows.flatMap((row) => drawRow(piece, layout, row)),
      ...footer(caption, words, layout.bottom + 40),
    ),
  );
}

function heading(piece: Piece, words: RollWords): string[] {
  const { key, tempoBpm } = settingsAtStart(piece);
  const room = width - 2 * margin;
  const title = titleIn(words.titles, { ...piece, title: drawable(piece.title) });
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

/** The legend of the two kinds of notes, over the place where the new ones begin. */
function givenAndNew(piece: Piece, layout: Layout, words: RollWords): string[] {
  const given = givenCount(piece);
  if (given === 0 || given === noteCount(piece)) return [];
  const baseline = layout.rows[0]!.top - 12;
  const sample = (x: number, label: string, hollow: boolean): string[] => [
    element('rect', {
      ...{ x: x + 1.5, y: baseline - 15, width: 27, height: 13, rx: 4, 'stroke-width': 3 },
      ...{ stroke: palette.text, fill: hollow ? palette.given : palette.text },
    }),
    text(label, { x: x + 39, y: baseline, fill: palette.text }),
  ];
  const room = (label: string): number => 39 + textSize * textWidth(label);
  const newBegins = layout.x(layout.rows[0]!, layout.givenUntilSeconds);
  const newAt = Math.min(
    layout.right - room(words.new),
    Math.max(layout.left + room(words.given) + 20, newBegins),
  );
  return [...sample(layout.left, words.given, true), ...sample(newAt, words.new, false)];
}

function drawRow(piece: Piece, layout: Layout, row: Row): string[] {
  const { left, right } = layout;
  const plot = { x: left, y: row.top, width: right - left, height: row.height };
  const given = givenCount(piece) === 0 ? left : Math.min(right, layout.x(row, layout.givenUntilSeconds));
  const border = { x1: given, x2: given, y1: row.top + layout.headroom, y2: row.top + row.height };
  return [
    element('rect', { ...plot, fill: palette.plot }),
    element('path', { d: keyBoxes(layout, row, blackKeys, left, right - left), fill: palette.blackKeyRow }),
    ...(given > left ? [element('rect', { ...plot, width: given - left, fill: palette.given })] : []),
    ...keyboard(layout, row),
    ...octaves(layout, row),
    ...bars(layout, row),
    ...seconds(piece, layout, row),
    ...(given > left && given < right
      ? [element('line', { ...border, stroke: palette.text, 'stroke-width': 2, 'stroke-dasharray': '7 5' })]
      : []),
    ...notes(layout, row),
    element('rect', { ...plot, rx: 3, fill: 'none', stroke: palette.octave, 'stroke-width': 1.5 }),
  ];
}

/** A strip of piano keys along the pitches, seen from the left end of the keyboard. */
function keyboard(layout: Layout, row: Row): string[] {
  const left = layout.left - keyboardWidth - 4;
  const blackLength = keyboardWidth * 0.62;
  const half = layout.semitone(row) / 2;
  let gaps = '';
  for (let pitch = Math.max(0, layout.lowest); pitch <= Math.min(127, layout.highest); pitch++) {
    const y = layout.y(row, pitch);
    // White keys meet below C and F, and at the tip of each black key.
    if (pitch % 12 === 0 || pitch % 12 === 5) gaps += `M${short(left)} ${short(y + half)}h${keyboardWidth}`;
    if (blackKeys.has(pitch % 12)) gaps += `M${short(left)} ${short(y)}h${keyboardWidth}`;
  }
  return [
    element('path', { d: keyBoxes(layout, row, allKeys, left, keyboardWidth), fill: palette.whiteKey }),
    element('path', { d: gaps, stroke: palette.blackKey, 'stroke-width': Math.min(1.2, half / 3) }),
    element('path', { d: keyBoxes(layout, row, blackKeys, left, blackLength), fill: palette.blackKey }),
  ];
}

/** Boxes as high as a semitone over the pitches of some classes (0 is C). */
function keyBoxes(layout: Layout, row: Row, classes: ReadonlySet<number>, x: number, length: number): string {
  let path = '';
  for (let pitch = Math.max(0, layout.lowest); pitch <= Math.min(127, layout.highest); pitch++) {
    if (!classes.has(pitch % 12)) continue;
    path += box(x, layout.y(row, pitch) - layout.semitone(row) / 2, length, layout.semitone(row));
  }
  return path;
}

/** A line at the lower edge of every C, and its name. */
function octaves(layout: Layout, row: Row): string[] {
  const lines: string[] = [];
  const names: string[] = [];
  let lastNamed = Infinity;
  for (let pitch = Math.ceil(Math.max(0, layout.lowest) / 12) * 12; pitch <= layout.highest; pitch += 12) {
    const y = layout.y(row, pitch);
    const edge = y + layout.semitone(row) / 2;
    lines.push(`M${short(layout.left)} ${short(edge)}H${short(layout.right)}`);
    // Names that would touch are left out.
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

function bars(layout: Layout, row: Row): string[] {
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

function seconds(piece: Piece, layout: Layout, row: Row): string[] {
  const pixelsPerSecond = (layout.right - layout.left) / (row.toSeconds - row.fromSeconds);
  const step = timeStep(86 / pixelsPerSecond);
  const total = layout.rows.at(-1)!.toSeconds;
  const lines: string[] = [];
  const labels: string[] = [];
  for (let i = Math.ceil(row.fromSeconds / step - 1e-6); i * step <= row.toSeconds; i++) {
    const x = layout.x(row, i * step);
    if (!piece.hasBars) lines.push(`M${short(x)} ${short(row.top)}v${short(row.height)}`);
    lines.push(`M${short(x)} ${short(row.top + row.height)}v7`);
    const label = total >= 60 ? clock(i * step) : `${short(i * step)} s`;
    // Near the right edge a label ends where it would otherwise have its middle.
    const anchor = x > layout.right - 30 ? 'end' : 'middle';
    const at = { x, y: row.top + row.height + 31, 'text-anchor': anchor };
    labels.push(text(label, { ...at, fill: palette.quietText }));
  }
  return [element('path', { d: lines.join(''), stroke: palette.grid, 'stroke-width': 1.5 }), ...labels];
}

/**
 * The notes of a row, of all tracks alike: soft ones first so that loud ones lie on top; one path for each
 * colour. Drums have no pitch to be drawn at.
 */
function notes(layout: Layout, row: Row): string[] {
  const thickness = Math.min(15, Math.max(4, layout.semitone(row) * 0.88));
  const edge = Math.min(2.6, thickness * 0.38);
  const solid = new Map<number, string>();
  const hollow = new Map<number, string>();
  for (const note of layout.notes) {
    const end = note.onsetSeconds + note.durationSeconds;
    if (end <= row.fromSeconds || note.onsetSeconds >= row.toSeconds) continue;
    const inset = note.isGiven ? edge / 2 : 0;
    const x = layout.x(row, note.onsetSeconds) + inset;
    // A sliver stays free before whatever follows on the same pitch.
    const length = Math.max(3, layout.x(row, end) - x - inset - 0.8);
    const y = layout.y(row, note.pitch) - thickness / 2 + inset;
    const path = roundedBox(x, y, length, thickness - 2 * inset, row);
    const group = note.isGiven ? hollow : solid;
    group.set(note.velocity, (group.get(note.velocity) ?? '') + path);
  }
  const bySoftness = (group: Map<number, string>): [number, string][] => [...group].sort(([a], [b]) => a - b);
  return [
    ...bySoftness(hollow).map(([velocity, d]) =>
      element('path', { d, fill: palette.plot, stroke: velocityColour(velocity), 'stroke-width': edge }),
    ),
    ...bySoftness(solid).map(([velocity, d]) => element('path', { d, fill: velocityColour(velocity) })),
  ];
}

function footer({ model, seed }: RollCaption, words: RollWords, baseline: number): string[] {
  const loud = textSize * textWidth(words.loud) + 12;
  const soft = textSize * textWidth(words.soft) + 12;
  const ramp = { x: width - margin - loud - 150, y: baseline - 17, width: 150, height: 18, rx: 5 };
  const source = `${model} · ${words.seed} ${seed}`;
  const size = Math.min(textSize, (ramp.x - soft - 20 - margin) / textWidth(source));
  return [
    text(source, { x: margin, y: baseline, 'font-size': size, fill: palette.quietText }),
    text(words.soft, { x: ramp.x - 12, y: baseline, 'text-anchor': 'end', fill: palette.text }),
    element('rect', { ...ramp, fill: 'url(#velocity)' }),
    text(words.loud, { x: width - margin, y: baseline, 'text-anchor': 'end', fill: palette.text }),
  ];
}

function velocityGradient(): string {
  const stops = [1, 32.5, 64, 95.5, 127].map((velocity, i) =>
    element('stop', { offset: i / 4, 'stop-color': velocityColour(velocity) }),
  );
  return element('linearGradient', { id: 'velocity' }, ...stops);
}

function box(x: number, y: number, length: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(length)}v${short(height)}h${short(-length)}z`;
}

/**
 * A box with round corners, cut off at the ends of a row. Cut by hand: an SVG clip path takes as long to draw as
 * everything else in the picture.
 */
function roundedBox(x: number, y: number, length: number, height: number, { left, right }: Row): string {
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

/** Bold text that is at most so wide, in units of its size. */
function shorten(value: string, most: number): string {
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
