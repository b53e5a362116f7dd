import { givenCount, noteCount, type HeardNote, type Piece } from '../../music/piece.js';
import { palette, velocityColour, velocityStops } from '../palette.js';
import { panel } from '../panel.js';
import type { RollWords } from '../picture-words.js';
import { renderPng } from '../raster.js';
import { element, text, textWidth } from '../svg.js';
import { layOut, type Layout, type Row } from './piano-roll-layout.js';
import {
  bars,
  blackKeys,
  heading,
  keyboard,
  keyBoxes,
  margin,
  octaves,
  roundedBox,
  seconds,
  textSize,
  width,
} from './roll-elements.js';

export interface RollCaption {
  /** Name of the model that composed the piece. */
  readonly model: string;
  /** The random seed. */
  readonly seed: number;
  readonly words: RollWords;
}

/**
 * Draws a piece as a piano roll: time from left to right, pitch upwards, velocity as colour; given notes
 * hollow on a lighter background, new ones solid. Long pieces use up to three rows.
 * @returns a PNG, 1920 pixels wide and, with one, two or three rows, 1200 to 1804 high
 */
export function drawPianoRoll(piece: Piece, caption: RollCaption): Uint8Array {
  const { words } = caption;
  const layout = layOut(piece, { left: 120, right: width - margin, top: 152 });
  const height = layout.bottom + 66;
  return renderPng(
    panel(
      { width, height, fontSize: textSize },
      element('defs', {}, velocityGradient),
      ...heading(piece, words),
      ...givenAndNew(piece, layout, words),
      ...layout.rows.flatMap((row) => drawRow(piece, layout, row)),
      ...footer(caption, words, layout.bottom + 40),
    ),
  );
}

/** The legend of given and new notes, above the boundary between them. */
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

/**
 * The notes of a row, from all tracks: soft ones first, so that loud ones are on top; one path for each
 * colour. Drums are omitted, because they have no pitch.
 */
function notes(layout: Layout, row: Row): string[] {
  const thickness = Math.min(15, Math.max(4, layout.semitone(row) * 0.88));
  const edge = Math.min(2.6, thickness * 0.38);
  const solid = new Map<number, string>();
  const hollow = new Map<number, string>();
  for (const note of layout.notes.toSorted(bySoftness)) {
    const end = note.onsetSeconds + note.durationSeconds;
    if (end <= row.fromSeconds || note.onsetSeconds >= row.toSeconds) continue;
    const inset = note.isGiven ? edge / 2 : 0;
    const x = layout.x(row, note.onsetSeconds) + inset;
    // Leaves a small gap before the next note of the same pitch.
    const length = Math.max(3, layout.x(row, end) - x - inset - 0.8);
    const y = layout.y(row, note.pitch) - thickness / 2 + inset;
    const path = roundedBox(x, y, length, thickness - 2 * inset, row);
    const group = note.isGiven ? hollow : solid;
    group.set(note.velocity, (group.get(note.velocity) ?? '') + path);
  }
  const paths: string[] = [];
  for (const [velocity, d] of hollow) {
    const stroke = velocityColour(velocity);
    paths.push(element('path', { d, fill: palette.plot, stroke, 'stroke-width': edge }));
  }
  for (const [velocity, d] of solid) paths.push(element('path', { d, fill: velocityColour(velocity) }));
  return paths;
}

function bySoftness(a: HeardNote, b: HeardNote): number {
  return a.velocity - b.velocity;
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

const velocityGradient = element(
  'linearGradient',
  { id: 'velocity' },
  ...velocityStops.map((colour, i) =>
    element('stop', { offset: i / (velocityStops.length - 1), 'stop-color': colour }),
  ),
);
