import { evaluation } from '../../i18n/en/evaluation.js';
import { measures, type Measure, type Row } from './measures.js';
import { longestAllowed, type Memorisation } from '../memorisation.js';
import type { SongEvaluation } from './evaluate-songs.js';
import type { StyleEvaluation } from './evaluate-style.js';

const words = evaluation.songs;

/** A target for one measure. */
export interface Bar {
  readonly name: keyof typeof words.bars;
  readonly value: number | undefined;
  readonly bar: string;
  readonly holds: boolean;
}

/** Maximum loss, in nats per note. */
const mostNats: Readonly<Partial<Record<SongEvaluation['style'], number>>> = {
  pop: 4.25,
  band: 3.7,
  drums: 1.75,
  lied: 3.2,
  quartet: 3.4,
  chorale: 2.45,
  choir: 2.95,
  chamber: 3.2,
  piano: 3.5,
};

/** Measures whose median has to be between the 10th and the 90th percentile of real music. */
const within = [
  'groove',
  'barEntropy',
  'likenessBack8',
  'equalBars',
  'notesPerBar',
] as const satisfies readonly Measure[];

/** The targets for songs of a style, and whether they are met. */
export function barsReached({ style, rows, nats, distances, copies }: SongEvaluation): readonly Bar[] {
  const { composed, real, swapped } = rows;
  const bars: Bar[] = [];
  const add = (
    name: Bar['name'],
    value: number | undefined,
    bar: string,
    holds: (value: number) => boolean,
  ): void => {
    bars.push({ name, value, bar, holds: value !== undefined && Number.isFinite(value) && holds(value) });
  };
  const most = mostNats[style];
  if (most !== undefined) add('nats', nats.bare, `≤ ${most}`, (value) => value <= most);
  const byChords = nats.pitch.withoutChords - nats.pitch.told;
  if (style === 'pop') add('savedByChords', byChords, '≥ 0.22', (value) => value >= 0.22);
  add('savedByKey', nats.pitch.wrongKey - nats.pitch.told, '≥ 0.05', (v) => v >= 0.05);
  const { before, bothSides } = nats.gap.bare;
  add('savedBySides', before - bothSides, '≥ 0.2', (v) => v >= 0.2);
  if (distances !== undefined) {
    const { composed: own, real: floor, swapped: parted, shuffled: mixed } = distances;
    const most = Math.min(...[2 * floor, parted / 3, mixed / 3].filter(Number.isFinite));
    add('frechet', own, `≤ ${most.toFixed(1)}`, (value) => value <= most);
  }
  for (const name of within) {
    const spread = real[name];
    if (spread === undefined) continue;
    const { low, high } = spread;
    add(
      `${name}Median`,
      composed[name]?.median,
      evaluation.range(low.toFixed(2), high.toFixed(2)),
      (v) => low <= v && v <= high,
    );
  }
  const melody = composed.melodyOnChords?.mean;
  const ofReal = real.melodyOnChords?.mean;
  const ofSwapped = swapped.melodyOnChords?.mean;
  if (ofReal !== undefined && ofSwapped !== undefined) {
    const above = style === 'quartet' ? 0.15 : 0.2;
    add('melodyOnChords', melody, `≥ ${(0.95 * ofReal).toFixed(3)}`, (value) => value >= 0.95 * ofReal);
    add('melodyAboveSwapped', melody && melody - ofSwapped, `≥ ${above}`, (value) => value >= above);
  }
  const requested = rows.withChords;
  add('rootHeard', requested.rootHeard?.mean, '≥ 0.88', (v) => v >= 0.88);
  add('inChord', requested.inChord?.mean, '≥ 0.93', (v) => v >= 0.93);
  const like = real.likenessBack8?.mean;
  if (like !== undefined) {
    add('likenessBack8', composed.likenessBack8?.mean, `≥ ${like.toFixed(3)}`, (v) => v >= like);
  }
  add('inKey', composed.inKey?.mean, '≥ 0.95', (value) => value >= 0.95);
  return copies === undefined ? bars : [...bars, copyBar(copies.composed)];
}

/** The report in Markdown. */
export function songReport(evaluations: readonly SongEvaluation[], model: string): string {
  return evaluations
    .map((evaluation) => {
      const { style, pieces, seeds, rows, nats, distances, copies } = evaluation;
      const names = Object.keys(measures) as Measure[];
      const reached = barsReached(evaluation);
      return [
        `### ${style}`,
        '',
        words.composed(model, pieces, seeds),
        '',
        table(
          ['', ...names.map((name) => words.measures[name]), words.bars.frechet],
          (Object.keys(rows) as (keyof typeof rows)[]).map((name) => [
            words.rows[name],
            ...names.map((each) => shown(rows[name], each)),
            shownDistance(name === 'withChords' ? undefined : distances?.[name]),
          ]),
        ),
        '',
        words.nats(nats),
        '',
        ...(copies === undefined ? [] : [copiesOf(copies), '']),
        table(
          words.columns,
          reached.map(({ name, value, bar, holds }) => [
            words.bars[name],
            value?.toFixed(3) ?? '',
            bar,
            holds ? words.yes : words.no,
          ]),
        ),
      ].join('\n');
    })
    .join('\n\n');
}

/** Share of a melody's time on the chords of its own song, less that on those of another. */
const leastFit = 0.2;

/** The targets for requested songs of a style, and whether they are met. */
export function styleBars({ pieces, rows, kept, copies }: StyleEvaluation): readonly Bar[] {
  const fit = (rows.composed.melodyOnChords?.mean ?? NaN) - (rows.swapped.melodyOnChords?.mean ?? NaN);
  return [
    { name: 'melodyAboveSwapped', value: fit, bar: `≥ ${leastFit}`, holds: fit >= leastFit },
    { name: 'kept', value: kept, bar: String(pieces), holds: kept === pieces },
    ...(copies === undefined ? [] : [copyBar(copies)]),
  ];
}

function copyBar({ longest }: Memorisation): Bar {
  return {
    name: 'longestCopy',
    value: longest,
    bar: `< ${longestAllowed}`,
    holds: longest < longestAllowed,
  };
}

/** The report on requested songs in Markdown: a row for each style. */
export function stylesReport(evaluations: readonly StyleEvaluation[], model: string): string {
  const rows = evaluations.map((evaluation) => {
    const { style, pieces, rows, kept, copies } = evaluation;
    const unmet = styleBars(evaluation).filter(({ holds }) => !holds);
    return [
      style,
      shown(rows.composed, 'melodyOnChords'),
      shown(rows.swapped, 'melodyOnChords'),
      shown(rows.composed, 'melodyRepeats'),
      shown(rows.composed, 'rootHeard'),
      shown(rows.composed, 'inChord'),
      `${kept} / ${pieces}`,
      copies === undefined ? '' : String(copies.longest),
      unmet.length === 0 ? words.yes : unmet.map(({ name }) => words.bars[name]).join(', '),
    ];
  });
  return [words.requested(model, leastFit), '', table(words.styleColumns, rows)].join('\n');
}

/** Share of figures that training music has, part by part. */
function copiesOf({ composed, real }: NonNullable<SongEvaluation['copies']>): string {
  const shares = ({ figures }: Memorisation): string =>
    figures
      .map(({ notes, foundNotPeriodic }) => words.share((100 * foundNotPeriodic).toFixed(2), notes))
      .join(', ');
  const longest = (music: Memorisation): string =>
    music.longest === 0 ? evaluation.copies.short : String(music.longest);
  return words.copies(
    { shares: shares(composed), longest: longest(composed) },
    { shares: shares(real), longest: longest(real) },
  );
}

function shownDistance(distance = NaN): string {
  return Number.isFinite(distance) ? distance.toFixed(1) : '';
}

function shown(row: Row, name: Measure): string {
  return row[name]?.mean.toFixed(3) ?? '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
