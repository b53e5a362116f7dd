import { givenCount, heardNotes, noteCount, type HeardNote, type Piece } from '../../music/piece.js';
import { secondsOf } from '../../music/tempo-map.js';
import { symbolOf } from '../../music/theory/chord.js';
import { isMuted, type Track } from '../../music/track.js';
import { drawable } from '../fonts.js';
import { drumsColour, palette, partColours } from '../palette.js';
import { panel } from '../panel.js';
import { partIn, sectionIn, type RollWords } from '../picture-words.js';
import { renderPng } from '../raster.js';
import { averageWidths, element, short, text, textWidth, type Attributes } from '../svg.js';
import { layOut, type Layout, type Row } from './piano-roll-layout.js';
import type { RollCaption } from './piano-roll.js';
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
  shorten,
  textSize,
  width,
} from './roll-elements.js';

/** A track with its colour and note shape. */
interface Part {
  readonly track: Track;
  readonly name: string;
  readonly colour: string;
  readonly shape: Shape;
}

/** Shapes of notes that are distinguishable even at a height of four pixels, and in greyscale. */
const shapes = ['solid', 'hollow', 'pointed', 'cored', 'thin'] as const;
type Shape = (typeof shapes)[number];

const legendLine = 34;
const sampleWidth = 40;
const labelSize = 22;
/** Height of the drum lane under each row, including its gap. */
const laneHeight = 92;
const laneGap = 6;

/**
 * Draws a piece with several parts: time from left to right, pitch upwards, each part in a colour and a shape
 * that the legend names, soft notes fainter; sections and chords along the top, drums in a separate lane.
 * Muted parts are only in the legend. Long pieces use up to three rows.
 * @returns a PNG, 1920 pixels wide
 */
export function drawPartsRoll(piece: Piece, caption: RollCaption): Uint8Array {
  const { words } = caption;
  const parts = piece.tracks.map((track, i): Part => ({
    track,
    name: partIn(words, track),
    colour: track.isDrums ? drumsColour : partColours[i % partColours.length]!,
    shape: shapes[i % shapes.length]!,
  }));
  const legend = legendOf(parts, 142);
  const drums = parts.filter(({ track }) => track.isDrums);
  const labels = [piece.sections ?? [], piece.chords ?? []].filter((list) => list.length > 0).length;
  const layout = layOut(piece, {
    ...{ left: 120, right: width - margin, top: legend.bottom + 6 },
    above: labels * 28,
    below: drums.length > 0 ? laneGap + laneHeight : 0,
  });
  const height = layout.bottom + 66;
  const pitched = parts.filter(({ track }) => !track.isDrums);
  return renderPng(
    panel(
      { width, height, fontSize: textSize },
      ...heading(piece, words),
      ...legend.elements,
      ...layout.rows.flatMap((row) => [
        ...sectionsAndChords(piece, layout, row, words),
        ...drawRow(piece, pitched, layout, row),
        ...(drums.length > 0 ? drumLane(piece, drums, layout, row) : []),
      ]),
      ...footer(piece, caption, layout.bottom + 40),
    ),
  );
}

/** The legend of all parts, in as many lines as necessary. */
function legendOf(parts: readonly Part[], top: number): { elements: string[]; bottom: number } {
  const elements: string[] = [];
  let x = margin;
  let y = top;
  for (const { track, name, colour, shape } of parts) {
    const label = shorten(name, 16);
    const room = sampleWidth + 10 + textSize * textWidth(label) + 26;
    if (x > margin && x + room > width - margin + 26) {
      x = margin;
      y += legendLine;
    }
    const silent = isMuted(track);
    const sample = { left: x, right: x + sampleWidth, y: y - 8, thickness: 14 };
    elements.push(
      element(
        'g',
        faintness(silent ? 0.4 : 1),
        ...(track.isDrums
          ? [drumMark(x + sampleWidth / 2, y - 8, 8, colour)]
          : [shaped(shape, sample, colour)]),
        text(label, {
          ...{ x: x + sampleWidth + 10, y, fill: palette.text },
          'text-decoration': silent ? 'line-through' : undefined,
        }),
      ),
    );
    x += room;
  }
  return { elements, bottom: y + 14 };
}

/** The names of sections, above those of chords, where there is space. */
function sectionsAndChords(piece: Piece, layout: Layout, row: Row, words: RollWords): string[] {
  const secondsAt = secondsOf(piece);
  const { sections = [], chords = [] } = piece;
  const line = (
    changes: readonly { readonly tick: number; readonly label: string }[],
    y: number,
    look: { readonly 'font-size': number; readonly fill: string; readonly 'font-weight'?: string },
  ): string[] => {
    let free = layout.left - 1;
    return changes.flatMap(({ tick, label }, i) => {
      const start = secondsAt(tick);
      const end = i + 1 < changes.length ? secondsAt(changes[i + 1]!.tick) : Infinity;
      // Labels of what started in the previous row are repeated at the start of this one.
      if (end <= row.fromSeconds + 1e-6 || start >= row.toSeconds - 1e-6) return [];
      const x = Math.max(layout.left, layout.x(row, start));
      const length =
        look['font-size'] * textWidth(label, look['font-weight'] ? averageWidths.bold : undefined);
      if (label === '' || x < free || x + length > layout.right + 8) return [];
      free = x + length + 8;
      return [text(label, { x: x + 5, y, ...look })];
    });
  };
  const chordLine = chords.length > 0 ? 28 : 0;
  const borders = sections
    .map(({ tick }) => secondsAt(tick))
    .filter((start) => start > row.fromSeconds + 1e-6 && start < row.toSeconds - 1e-6)
    .map((start) => `M${short(layout.x(row, start))} ${short(row.top - chordLine - 24)}V${short(row.top)}`);
  return [
    ...(borders.length > 0
      ? [element('path', { d: borders.join(''), stroke: palette.octave, 'stroke-width': 1.5 })]
      : []),
    ...line(
      sections.map(({ tick, name }) => ({ tick, label: shorten(drawable(sectionIn(words, name)), 14) })),
      row.top - chordLine - 7,
      { 'font-size': labelSize, fill: palette.text, 'font-weight': 'bold' },
    ),
    ...line(
      chords.map(({ tick, chord }) => ({
        tick,
        label: chord === undefined ? '' : withSigns(symbolOf(chord)),
      })),
      row.top - 7,
      { 'font-size': labelSize, fill: palette.quietText },
    ),
  ];
}

/** `F#m/Bb` with typographic accidentals. */
function withSigns(symbol: string): string {
  return drawable(symbol.replaceAll(/([A-H])#/g, '$1♯').replaceAll(/([A-H])b/g, '$1♭'));
}

function drawRow(piece: Piece, parts: readonly Part[], layout: Layout, row: Row): string[] {
  const { left, right } = layout;
  const plot = { x: left, y: row.top, width: right - left, height: row.height };
  return [
    element('rect', { ...plot, fill: palette.plot }),
    element('path', { d: keyBoxes(layout, row, blackKeys, left, right - left), fill: palette.blackKeyRow }),
    ...keyboard(layout, row),
    ...octaves(layout, row),
    ...bars(layout, row),
    ...seconds(piece, layout, row),
    // The melody is the first part in most pieces; drawn last, it is on top.
    ...parts.toReversed().flatMap((part) => notesOf(piece, part, layout, row)),
    element('rect', { ...plot, rx: 3, fill: 'none', stroke: palette.octave, 'stroke-width': 1.5 }),
  ];
}

/** Soft notes and given notes are fainter; one group for each opacity. */
function notesOf(piece: Piece, { track, colour, shape }: Part, layout: Layout, row: Row): string[] {
  if (isMuted(track)) return [];
  const thickness = Math.min(15, Math.max(5, layout.semitone(row) * 0.88));
  const groups = new Map<number, string[]>();
  for (const note of heardNotes({ ...piece, tracks: [track] })) {
    const end = note.onsetSeconds + note.durationSeconds;
    if (end <= row.fromSeconds || note.onsetSeconds >= row.toSeconds) continue;
    const left = Math.max(layout.left, layout.x(row, note.onsetSeconds));
    const right = Math.min(layout.right, Math.max(left + 3, layout.x(row, end) - 0.8));
    const drawn = shaped(shape, { left, right, y: layout.y(row, note.pitch), thickness }, colour);
    const opacity = opacityOf(note);
    groups.set(opacity, [...(groups.get(opacity) ?? []), drawn]);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([opacity, drawn]) => element('g', faintness(opacity), ...drawn));
}

/** Of single shapes: a group that is faint as a whole cannot be drawn in strips. */
function faintness(opacity: number): Attributes {
  return { 'fill-opacity': opacity, 'stroke-opacity': opacity };
}

function opacityOf({ velocity, isGiven }: HeardNote): number {
  const loudness = Math.min(4, Math.ceil(velocity / 26));
  return (isGiven ? 0.5 : 1) * (0.55 + 0.1125 * loudness);
}

/** Clipped to its row before it is shaped. */
function box(x: number, y: number, length: number, height: number): string {
  return roundedBox(x, y, length, height, { left: -Infinity, right: Infinity });
}

interface Bar {
  readonly left: number;
  readonly right: number;
  /** The vertical centre. */
  readonly y: number;
  readonly thickness: number;
}

/** A note in a given shape. */
function shaped(shape: Shape, { left, right, y, thickness }: Bar, colour: string): string {
  const length = right - left;
  const edge = Math.min(2.6, thickness * 0.34);
  switch (shape) {
    case 'solid':
      return element('path', { d: box(left, y - thickness / 2, length, thickness), fill: colour });
    case 'hollow':
      return element('path', {
        d: box(left + edge / 2, y - (thickness - edge) / 2, Math.max(2, length - edge), thickness - edge),
        ...{ fill: palette.plot, stroke: colour, 'stroke-width': edge },
      });
    case 'pointed': {
      const tip = Math.min(thickness * 0.9, length);
      const d = `M${short(left)} ${short(y - thickness / 2)}h${short(length - tip)}l${short(tip)} ${short(thickness / 2)}l${short(-tip)} ${short(thickness / 2)}h${short(tip - length)}z`;
      return element('path', { d, fill: colour });
    }
    case 'cored': {
      const core = box(left + 1, y - thickness * 0.15, Math.max(1, length - 2), thickness * 0.3);
      return element('path', {
        d: box(left, y - thickness / 2, length, thickness) + core,
        ...{ fill: colour, 'fill-rule': 'evenodd' },
      });
    }
    case 'thin':
      return element('path', {
        d:
          box(left, y - thickness / 2, Math.min(length, 4), thickness) +
          box(left, y - thickness / 5, length, thickness * 0.4),
        fill: colour,
      });
  }
}

/** Drums from high to low: the rows of the lane, by General MIDI's percussion map. */
const drumRows: readonly (readonly [
  name: 'cymbals' | 'toms' | 'snare' | 'kick',
  pitches: ReadonlySet<number>,
])[] = [
  ['cymbals', new Set([42, 44, 46, 49, 51, 52, 53, 55, 57, 59, 69, 70, 80, 81, 82])],
  [
    'toms',
    new Set([41, 43, 45, 47, 48, 50, 60, 61, 62, 63, 64, 65, 66, 67, 68, 71, 72, 73, 74, 75, 76, 77, 78, 79]),
  ],
  ['snare', new Set([37, 38, 39, 40, 54, 56, 58])],
  ['kick', new Set([35, 36])],
];

function drumLane(piece: Piece, parts: readonly Part[], layout: Layout, row: Row): string[] {
  const { left, right } = layout;
  const top = row.top + row.height + laneGap;
  const rowHeight = laneHeight / drumRows.length;
  const secondsAt = secondsOf(piece);
  const lines = drumRows
    .slice(1)
    .map((_, i) => `M${short(left)} ${short(top + (i + 1) * rowHeight)}H${short(right)}`)
    .join('');
  const barsHere = layout.barLines
    .filter((line) => line > row.fromSeconds && line < row.toSeconds - 1e-6)
    .map((line) => `M${short(layout.x(row, line))} ${short(top)}v${laneHeight}`)
    .join('');
  const marks = parts.flatMap(({ track, colour }) =>
    isMuted(track)
      ? []
      : track.notes.flatMap(({ startTick, pitch, velocity }) => {
          const start = secondsAt(startTick);
          if (start < row.fromSeconds - 1e-6 || start >= row.toSeconds - 1e-6) return [];
          const found = drumRows.findIndex(([, pitches]) => pitches.has(pitch));
          const line = found < 0 ? 1 : found;
          const size = 4 + 4 * (velocity / 127);
          return [drumMark(layout.x(row, start) + 3, top + (line + 0.5) * rowHeight, size, colour)];
        }),
  );
  return [
    element('rect', { x: left, y: top, width: right - left, height: laneHeight, fill: palette.plot }),
    element('path', { d: lines + barsHere, stroke: palette.grid, 'stroke-width': 1.5 }),
    ...drumRows.map(([name], i) => drumSign(name, layout.left - 26, top + (i + 0.5) * rowHeight)),
    ...marks,
    element('rect', {
      ...{ x: left, y: top, width: right - left, height: laneHeight, rx: 3 },
      ...{ fill: 'none', stroke: palette.octave, 'stroke-width': 1.5 },
    }),
  ];
}

/** A diamond, a shape that pitched notes do not have. */
function drumMark(x: number, y: number, size: number, colour: string): string {
  const [r, d] = [short(size), short(-size)];
  return element('path', {
    d: `M${short(x)} ${short(y - size)}l${r} ${r}l${d} ${r}l${d} ${d}z`,
    fill: colour,
  });
}

/**
 * A symbol for a row of the lane, without words: a cymbal, a small drum, a snare with its wires, a large
 * drum.
 */
function drumSign(name: (typeof drumRows)[number][0], x: number, y: number): string {
  const stroke = { stroke: palette.quietText, 'stroke-width': 2, fill: 'none' };
  switch (name) {
    case 'cymbals':
      return element('path', {
        d: `M${x - 10} ${short(y - 5)}l20 10M${x - 10} ${short(y + 5)}l20 -10`,
        ...stroke,
      });
    case 'toms':
      return element('rect', { x: x - 6, y: y - 6, width: 12, height: 12, rx: 3, ...stroke });
    case 'snare':
      return element('path', {
        d: `M${x - 10} ${short(y - 4)}h20v8h-20zM${x - 10} ${short(y)}h20`,
        ...stroke,
      });
    case 'kick':
      return element('circle', { cx: x, cy: y, r: 8, ...stroke });
  }
}

function footer(piece: Piece, { model, seed, words }: RollCaption, baseline: number): string[] {
  const given = givenCount(piece);
  const isMixed = given > 0 && given < noteCount(piece);
  const kinds = isMixed ? [words.given, words.new] : [words.soft, words.loud];
  const legend = kinds.map((word, i) => ({
    word,
    opacity: isMixed ? (i === 0 ? 0.5 : 1) : i === 0 ? 0.66 : 1,
  }));
  let x = width - margin;
  const samples = legend.toReversed().flatMap(({ word, opacity }) => {
    const at = x - textSize * textWidth(word);
    x = at - 62;
    return [
      element('rect', {
        x: at - 40,
        y: baseline - 15,
        width: 30,
        height: 13,
        rx: 4,
        fill: palette.text,
        'fill-opacity': opacity,
      }),
      text(word, { x: at, y: baseline, fill: palette.text }),
    ];
  });
  const source = `${model} · ${words.seed} ${seed}`;
  const size = Math.min(textSize, (x - margin) / textWidth(source));
  return [text(source, { x: margin, y: baseline, 'font-size': size, fill: palette.quietText }), ...samples];
}
