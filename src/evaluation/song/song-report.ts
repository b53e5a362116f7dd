import { measures, type Measure, type Row } from './measures.js';
import { longestAllowed, type Memorisation } from '../memorisation.js';
import type { GapNats, SongEvaluation } from './evaluate-songs.js';

/** A target for one measure. */
export interface Bar {
  readonly name: string;
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
const within: readonly Measure[] = [
  'groove',
  'entropy of a bar',
  'likeness 8 back',
  'equal bars',
  'notes a bar',
];

/** The targets for songs of a style, and whether they are met. */
export function barsReached({ style, rows, nats, distances, copies }: SongEvaluation): readonly Bar[] {
  const { composed, real, swapped } = rows;
  const bars: Bar[] = [];
  const add = (
    name: string,
    value: number | undefined,
    bar: string,
    holds: (value: number) => boolean,
  ): void => {
    bars.push({ name, value, bar, holds: value !== undefined && Number.isFinite(value) && holds(value) });
  };
  const most = mostNats[style];
  if (most !== undefined) add('nats a note', nats.bare, `≤ ${most}`, (value) => value <= most);
  const byChords = nats.pitch.withoutChords - nats.pitch.told;
  if (style === 'pop') add('nats of pitch that chords save', byChords, '≥ 0.22', (value) => value >= 0.22);
  add(
    'nats of pitch that the right key saves',
    nats.pitch.wrongKey - nats.pitch.told,
    '≥ 0.05',
    (v) => v >= 0.05,
  );
  const { before, bothSides } = nats.gap.bare;
  add('nats that both sides of a gap save', before - bothSides, '≥ 0.2', (v) => v >= 0.2);
  if (distances !== undefined) {
    const { composed: own, real: floor, swapped: parted, shuffled: mixed } = distances;
    const most = Math.min(...[2 * floor, parted / 3, mixed / 3].filter(Number.isFinite));
    add('Fréchet distance', own, `≤ ${most.toFixed(1)}`, (value) => value <= most);
  }
  for (const name of within) {
    const spread = real[name];
    if (spread === undefined) continue;
    const { low, high } = spread;
    add(
      `${name}, median`,
      composed[name]?.median,
      `${low.toFixed(2)} to ${high.toFixed(2)}`,
      (v) => low <= v && v <= high,
    );
  }
  const melody = composed['melody on chords']?.mean;
  const ofReal = real['melody on chords']?.mean;
  const ofSwapped = swapped['melody on chords']?.mean;
  if (ofReal !== undefined && ofSwapped !== undefined) {
    const above = style === 'quartet' ? 0.15 : 0.2;
    add('melody on chords', melody, `≥ ${(0.95 * ofReal).toFixed(3)}`, (value) => value >= 0.95 * ofReal);
    add(
      'melody on chords, above swapped',
      melody && melody - ofSwapped,
      `≥ ${above}`,
      (value) => value >= above,
    );
  }
  const requested = rows['with chords'];
  add('asked root heard, with chords', requested['asked root heard']?.mean, '≥ 0.88', (v) => v >= 0.88);
  add('in asked chord, with chords', requested['in asked chord']?.mean, '≥ 0.93', (v) => v >= 0.93);
  const like = real['likeness 8 back']?.mean;
  if (like !== undefined) {
    add(
      'likeness 8 back, with the plan',
      composed['likeness 8 back']?.mean,
      `≥ ${like.toFixed(3)}`,
      (v) => v >= like,
    );
  }
  add('in key', composed['in key']?.mean, '≥ 0.95', (value) => value >= 0.95);
  if (copies !== undefined) {
    const { longest } = copies.composed;
    add('longest copy, notes', longest, `< ${longestAllowed}`, (notes) => notes < longestAllowed);
  }
  return bars;
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
        `Composed by ${model} over the plans of ${pieces} held-out songs (key, meter, chords, sections and parts of their first 32 bars), ${seeds} times each, and once with these chords as requested ones. Means.`,
        '',
        table(
          ['', ...names, 'Fréchet distance'],
          (Object.keys(rows) as (keyof typeof rows)[]).map((name) => [
            name,
            ...names.map((each) => shown(rows[name], each)),
            shownDistance(name === 'with chords' ? undefined : distances?.[name]),
          ]),
        ),
        '',
        `Nats per note without velocity, over ${nats.notes.toLocaleString('en')} notes: ${nats.bare.toFixed(2)} given style and meter, ${nats.told.toFixed(2)} given the whole plan. For pitch alone: ${nats.pitch.told.toFixed(2)} given the plan, ${nats.pitch.withoutChords.toFixed(2)} without its chords, ${nats.pitch.wrongKey.toFixed(2)} with a wrong key. For a gap of four bars, given eight bars on both sides or only those before: ${gapText(nats.gap.bare)} given style and meter, ${gapText(nats.gap.told)} given the whole plan.`,
        '',
        ...(copies === undefined ? [] : [copiesOf(copies), '']),
        table(
          ['measure', 'value', 'goal', 'met'],
          reached.map(({ name, value, bar, holds }) => [
            name,
            value?.toFixed(3) ?? '',
            bar,
            holds ? 'yes' : 'no',
          ]),
        ),
      ].join('\n');
    })
    .join('\n\n');
}

/** Share of figures that training music has, part by part. */
function copiesOf({ composed, real }: NonNullable<SongEvaluation['copies']>): string {
  const shares = ({ figures }: Memorisation): string =>
    figures
      .map(({ notes, foundNotPeriodic }) => `${(100 * foundNotPeriodic).toFixed(2)} % of ${notes} notes`)
      .join(', ');
  const longest = (music: Memorisation): string => (music.longest === 0 ? 'under 16' : String(music.longest));
  return `Figures of single parts that the training music also has, in any transposition: ${shares(composed)} (held-out music: ${shares(real)}). Longest match: ${longest(composed)} notes (held-out music: ${longest(real)}).`;
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

function gapText({ bothSides, before }: GapNats): string {
  return `${bothSides.toFixed(2)} or ${before.toFixed(2)}`;
}
