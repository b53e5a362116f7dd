import { evaluation as words } from '../i18n/en/evaluation.js';
import { degeneracies } from './degeneracy.js';
import { distanceNames, type DistanceName, type Evaluation } from './evaluate.js';
import { longestAllowed } from './memorisation.js';
import type { Measured } from './statistics.js';
import type { PieceFigures } from './whole-pieces.js';
import type { WishRow } from './wish-bands.js';

/** A table of the report, the same in the terminal, in Markdown and on the page. */
export interface ReportTable {
  readonly title: string;
  /** Explains the values and how to read them. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    /** The row of the evaluated model. */
    readonly isModel?: boolean;
  }[];
}

const distanceDigits: Readonly<Record<DistanceName, number>> = {
  fd26: 1,
  fdWithoutVelocity: 1,
  mmd2: 3,
  nearestNeighbour: 2,
  classifier: 2,
  overlap: 3,
};

/** All tables of an evaluation, in reading order. */
export function reportTables(evaluation: Evaluation): readonly ReportTable[] {
  return [
    distanceTable(evaluation),
    piecesTable(evaluation),
    wishesTable(evaluation),
    likelihoodTable(evaluation),
    structureTable(evaluation),
    degeneracyTable(evaluation),
    memorisationTable(evaluation),
    adherenceTable(evaluation),
    costTable(evaluation),
  ];
}

export const distanceColumns = distanceNames.map((name) => words.distances.columns[name]);

export function distanceCells(distances: Readonly<Record<DistanceName, Measured>>): string[] {
  return distanceNames.map((name) => withSpread(distances[name], distanceDigits[name]));
}

function distanceTable({
  distances,
  seeds,
  excerpts,
  excerptNotes,
  primerNotes,
  split,
}: Evaluation): ReportTable {
  return {
    title: words.distances.title,
    note: words.distances.note(excerpts, excerptNotes, primerNotes, split, seeds.length),
    columns: ['', ...distanceColumns],
    rows: distances.map(({ name, distances: measured }) => ({
      cells: [words.music[name], ...distanceCells(measured)],
      ...(name === 'model' && { isModel: true }),
    })),
  };
}

/** Columns for measures of whole pieces; also used by the sweep. */
export const pieceColumns = Object.values(words.pieces.columns);

export function pieceCells({
  tonicBass,
  heldTonicClose,
  slowing,
  lastLength,
  recall,
  recallInAll,
  pulse,
}: PieceFigures): string[] {
  return [
    tonicBass.toFixed(2),
    heldTonicClose.toFixed(2),
    slowing.toFixed(2),
    lastLength.toFixed(1),
    recall.figures.toFixed(3),
    recall.topFigures.toFixed(3),
    recall.long.toFixed(2),
    recallInAll.figures.toFixed(3),
    recallInAll.long.toFixed(2),
    pulse?.toFixed(2) ?? '',
  ];
}

function piecesTable({ pieces: { pieces, rows, fd26, lastingPulse } }: Evaluation): ReportTable {
  return {
    title: words.pieces.title,
    note: words.pieces.note(pieces, withSpread(fd26, 1), lastingPulse?.toFixed(2) ?? '–'),
    columns: ['', ...pieceColumns],
    rows: rows.map(({ name, figures }) => ({
      cells: [words.pieces.rows[name], ...pieceCells(figures)],
      ...(name === 'notes' && { isModel: true }),
    })),
  };
}

function wishesTable({ wishes }: Evaluation): ReportTable {
  const cells = (shares: WishRow['inside']): string[] =>
    [shares.density, shares.polyphony, shares.loudness].map((share) => share.toFixed(2));
  const { density, polyphony, loudness } = words.wishes.columns;
  const columns = [density, polyphony, loudness];
  return {
    title: words.wishes.title,
    note: words.wishes.note,
    columns: [
      '',
      ...columns,
      ...columns.map(words.wishes.any),
      ...columns.map(words.wishes.spread),
      words.wishes.mode,
    ],
    rows: wishes.map(({ wish, inside, chance, spread, mode }) => ({
      cells: [
        wish,
        ...cells(inside),
        ...cells(chance),
        ...(spread === undefined ? ['', '', ''] : cells(spread)),
        mode?.toFixed(2) ?? '',
      ],
    })),
  };
}

function likelihoodTable({ likelihood }: Evaluation): ReportTable {
  return {
    title: words.likelihood.title,
    note: words.likelihood.notes[likelihood.measure](
      likelihood.count.toLocaleString('en'),
      likelihood.weights ?? {},
    ),
    columns: ['', ...likelihood.columns.map((name) => words.likelihood.columns[name])],
    rows: likelihood.rows.map(({ name, values }, i) => ({
      cells: [words.likelihood.rows[name], ...values.map((value) => value?.toFixed(4) ?? '')],
      ...(i === 0 && { isModel: true }),
    })),
  };
}

function structureTable({ features }: Evaluation): ReportTable {
  return {
    title: words.structure.title,
    note: words.structure.note,
    columns: ['', ...words.structure.columns],
    rows: (['rep8', 'ss_mid'] as const).map((name) => {
      const { real, music, deviation } = features[name];
      return {
        cells: [
          words.features[name],
          music.median.toFixed(3),
          real.median.toFixed(3),
          words.range(real.p10.toFixed(3), real.p90.toFixed(3)),
          deviation?.toFixed(2) ?? '–',
        ],
      };
    }),
  };
}

function degeneracyTable({ degeneracy }: Evaluation): ReportTable {
  return {
    title: words.faults.title,
    note: words.faults.note,
    columns: ['', words.model, words.real],
    rows: degeneracies.map((name) => ({
      cells: [words.faults.rows[name], percent(degeneracy.model[name]), percent(degeneracy.real[name])],
    })),
  };
}

function memorisationTable({ memorisation: { model, real } }: Evaluation): ReportTable {
  return {
    title: words.copies.title,
    note: words.copies.note(longestAllowed),
    columns: ['', words.model, words.real],
    rows: [
      ...model.figures.flatMap(({ notes, found, foundNotPeriodic }, i) => [
        { cells: [words.copies.figures(notes), percent(found, 2), percent(real.figures[i]!.found, 2)] },
        {
          cells: [
            words.copies.notPeriodic(notes),
            percent(foundNotPeriodic, 2),
            percent(real.figures[i]!.foundNotPeriodic, 2),
          ],
        },
      ]),
      { cells: [words.copies.longest, matchLength(model.longest), matchLength(real.longest)] },
    ],
  };
}

function matchLength(notes: number): string {
  return notes === 0 ? words.copies.short : String(notes);
}

function adherenceTable({ adherence }: Evaluation): ReportTable {
  return {
    title: words.adherence.title,
    note: words.adherence.note,
    columns: ['', ...words.adherence.columns],
    rows: adherence.map(({ control, isTag, requests, obeyed, correlation }) => ({
      cells: [
        isTag ? words.adherence.tag(control) : control === 'all' ? words.adherence.all : control,
        words.adherence.followed(obeyed, requests),
        correlation?.toFixed(2) ?? '',
      ],
    })),
  };
}

function costTable({ cost }: Evaluation): ReportTable {
  return {
    title: words.cost.title,
    note: words.cost.note,
    columns: ['', ''],
    rows: [
      { cells: [words.cost.rows.speed, Math.round(cost.notesPerSecond).toLocaleString('en')] },
      { cells: [words.cost.rows.median, `${cost.medianSeconds.toFixed(2)} s`] },
      { cells: [words.cost.rows.slowest, `${cost.p95Seconds.toFixed(2)} s`] },
      {
        cells: [
          words.cost.rows.memory,
          words.cost.memory(Math.round(cost.peakMebibytes), Math.round(cost.bareMebibytes)),
        ],
      },
    ],
  };
}

function withSpread({ mean, spread }: Measured, digits: number): string {
  return `${mean.toFixed(digits)} ± ${spread.toFixed(digits)}`;
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}
