import { degeneracies, degeneracyTitles } from './degeneracy.js';
import { distanceNames, type DistanceName, type Evaluation } from './evaluate.js';
import { featureTitles } from './features.js';
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

const distanceTitles: Readonly<Record<DistanceName, string>> = {
  fd26: 'FD₂₆',
  fdWithoutVelocity: 'without velocity',
  mmd2: 'MMD²',
  nearestNeighbour: '1-NN',
  classifier: 'C2ST',
  overlap: 'overlap',
};

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

export const distanceColumns = distanceNames.map((name) => distanceTitles[name]);

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
    title: 'Distance to real music',
    note:
      `${excerpts} excerpts of ${excerptNotes} notes, one per piece, compared with as many from the training split. ` +
      `The model continues the first ${primerNotes} notes of each ${split} piece; “real music” is how the piece itself continues. ` +
      `Mean ± spread over ${seeds.length} seeds. For FD₂₆ and MMD², real music scores 0. For 1-NN and C2ST, 0.5 means indistinguishable from real music and 1 always told apart. For overlap, real music scores 1.`,
    columns: ['', ...distanceColumns],
    rows: distances.map(({ name, distances: measured }) => ({
      cells: [name, ...distanceCells(measured)],
      ...(name === 'this model' && { isModel: true }),
    })),
  };
}

/** Columns for measures of whole pieces; also used by the sweep. */
export const pieceColumns = [
  'bass on the tonic',
  'held tonic close',
  'slowing',
  'last length',
  'recall',
  'of the top line',
  '8-note recall',
  'pulse clarity',
] as const;

export function pieceCells({
  tonicBass,
  heldTonicClose,
  slowing,
  lastLength,
  recall,
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
    pulse?.toFixed(2) ?? '',
  ];
}

function piecesTable({ pieces: { pieces, rows, fd26, lastingPulse } }: Evaluation): ReportTable {
  return {
    title: 'Whole pieces',
    note:
      `${pieces} pieces of 300 notes that continue the built-in openings with default options, and a third as many of each other length, next to held-out pieces, the same pieces cut at random, and chance: the notes of another piece with their gaps shuffled. ` +
      'Held tonic close: only the tonic triad, over the tonic, for at least a second. Slowing: the last six gaps divided by those before. Last length: divided by the median length. Recall: share of the opening’s five-note figures that return in the next 300 notes. ' +
      `FD₂₆ from the built-in openings: ${withSpread(fd26, 1)}. Pulse clarity of the last 500 of 2,000 notes divided by that of the first 500: ${lastingPulse?.toFixed(2) ?? '–'}.`,
    columns: ['', ...pieceColumns],
    rows: rows.map(({ name, figures }) => ({
      cells: [name, ...pieceCells(figures)],
      ...(name === '300 notes' && { isModel: true }),
    })),
  };
}

function wishesTable({ wishes }: Evaluation): ReportTable {
  const cells = (shares: WishRow['inside']): string[] =>
    [shares.density, shares.polyphony, shares.loudness].map((share) => share.toFixed(2));
  return {
    title: 'Does it follow wishes',
    note: 'Share of pieces within the range of real music by that composer or of that era (10th to 90th percentile), or, for moods, of all music (1st to 99th). “any” is the same share for any real music. Mode: share of pieces in the mood’s mode.',
    columns: [
      '',
      'density',
      'polyphony',
      'loudness',
      'any: density',
      'any: polyphony',
      'any: loudness',
      'mode',
    ],
    rows: wishes.map(({ wish, inside, chance, mode }) => ({
      cells: [wish, ...cells(inside), ...cells(chance), mode?.toFixed(2) ?? ''],
    })),
  };
}

function likelihoodTable({ likelihood }: Evaluation): ReportTable {
  return {
    title: 'Likelihood of held-out music',
    note: likelihood.caption,
    columns: ['', ...likelihood.columns],
    rows: likelihood.rows.map(({ name, values }, i) => ({
      cells: [name, ...values.map((value) => value?.toFixed(4) ?? '')],
      ...(i === 0 && { isModel: true }),
    })),
  };
}

function structureTable({ features }: Evaluation): ReportTable {
  return {
    title: 'Structure',
    note: 'Distance between the medians, as a fraction of the range that covers the middle 80 % of real music. Too little is as wrong as too much.',
    columns: ['', 'model, median', 'real, median', 'real band', 'distance'],
    rows: (['rep8', 'ss_mid'] as const).map((name) => {
      const { real, music, deviation } = features[name];
      return {
        cells: [
          featureTitles[name],
          music.median.toFixed(3),
          real.median.toFixed(3),
          `${real.p10.toFixed(3)} to ${real.p90.toFixed(3)}`,
          deviation?.toFixed(2) ?? '–',
        ],
      };
    }),
  };
}

function degeneracyTable({ degeneracy }: Evaluation): ReportTable {
  return {
    title: 'Faults',
    note: 'Share of excerpts.',
    columns: ['', 'model', 'real'],
    rows: degeneracies.map((name) => ({
      cells: [degeneracyTitles[name], percent(degeneracy.model[name]), percent(degeneracy.real[name])],
    })),
  };
}

function memorisationTable({ memorisation: { model, real } }: Evaluation): ReportTable {
  return {
    title: 'Copies of the training music',
    note: `Share of figures that also occur in the training music, in any transposition. Held-out real music shares some too; a match of ${longestAllowed} notes counts as a copy.`,
    columns: ['', 'model', 'real'],
    rows: [
      ...model.figures.flatMap(({ notes, found, foundNotPeriodic }, i) => [
        { cells: [`${notes} notes`, percent(found, 2), percent(real.figures[i]!.found, 2)] },
        {
          cells: [
            `${notes} notes, no repeated note or trill`,
            percent(foundNotPeriodic, 2),
            percent(real.figures[i]!.foundNotPeriodic, 2),
          ],
        },
      ]),
      { cells: ['longest match, notes', matchLength(model.longest), matchLength(real.longest)] },
    ],
  };
}

function matchLength(notes: number): string {
  return notes === 0 ? 'under 16' : String(notes);
}

function adherenceTable({ adherence }: Evaluation): ReportTable {
  return {
    title: 'Does it follow the options',
    note: 'Measured on finished MIDI files. An option counts as followed if every note follows it; a tag, if 128 new notes have exactly the requested grade or clearly the requested key. ρ is Spearman’s correlation between requested and measured values.',
    columns: ['', 'followed', 'ρ'],
    rows: adherence.map(({ control, requests, obeyed, correlation }) => ({
      cells: [control, `${obeyed} of ${requests}`, correlation?.toFixed(2) ?? ''],
    })),
  };
}

function costTable({ cost }: Evaluation): ReportTable {
  return {
    title: 'Cost',
    note: 'On one thread, one piece at a time.',
    columns: ['', ''],
    rows: [
      { cells: ['notes a second', Math.round(cost.notesPerSecond).toLocaleString('en')] },
      { cells: ['300 notes, median', `${cost.medianSeconds.toFixed(2)} s`] },
      { cells: ['300 notes, 95th percentile', `${cost.p95Seconds.toFixed(2)} s`] },
      {
        cells: [
          'peak memory',
          `${Math.round(cost.peakMebibytes)} MiB, including ${Math.round(cost.bareMebibytes)} MiB for Node itself`,
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
