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
  /** What the figures are and how to read them. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    /** The row that all of this is about. */
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

/** All tables of an evaluation, in the order in which one reads them. */
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
      `${excerpts} excerpts of ${excerptNotes} notes, one a piece, against as many of the training split; ` +
      `the model goes on from ${primerNotes} notes of ${split} pieces, and “real music” is what was played there. ` +
      `Mean ± spread over ${seeds.length} seeds. FD₂₆ and MMD²: 0 is real. 1-NN and C2ST: 0.5 is real, 1 is told apart every time. Overlap: 1 is real.`,
    columns: ['', ...distanceColumns],
    rows: distances.map(({ name, distances: measured }) => ({
      cells: [name, ...distanceCells(measured)],
      ...(name === 'this model' && { isModel: true }),
    })),
  };
}

/** What is said of whole pieces, in the order of the columns; also of settings. */
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
    title: 'As pieces',
    note:
      `${pieces} pieces of 300 notes from the built-in openings, with nothing else asked, and a third as many of each length, beside held-out pieces, the same cut at random, and chance: another piece's notes, whose gaps come in any order. ` +
      'Held tonic close: nothing but the tonic triad over the tonic, for a second or more. Slowing: the last six gaps over those before. Last length: over the median length. Recall: share of the opening’s figures of five notes that come again in the next 300. ' +
      `FD₂₆ from the built-in openings: ${withSpread(fd26, 1)}. Pulse clarity of the last 500 of 2,000 notes over that of the first: ${lastingPulse?.toFixed(2) ?? '–'}.`,
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
    title: 'Like what was asked for',
    note: 'Share of pieces inside p10 to p90 of real music of the composer or the time, and of moods inside p1 to p99 of all music; “any” is the same of any real music. Mode: share of pieces in the mode of the mood.',
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
    note: 'Too little is as wrong as too much: the distance of the medians, in widths of the band that holds four fifths of real music.',
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
    note: `Share of figures, in any transposition, that the training music has. Held-out real music has some too; a match of ${longestAllowed} notes is a copy.`,
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
    title: 'Does it do as asked',
    note: 'Pieces composed through the product and read back from their files; obeyed means in every note; of tags, the very grade or the clear key of 128 new notes. ρ is Spearman’s correlation of what was asked and what came.',
    columns: ['', 'obeyed', 'ρ'],
    rows: adherence.map(({ control, requests, obeyed, correlation }) => ({
      cells: [control, `${obeyed} of ${requests}`, correlation?.toFixed(2) ?? ''],
    })),
  };
}

function costTable({ cost }: Evaluation): ReportTable {
  return {
    title: 'Cost',
    note: 'One thread of the machine at hand, one piece at a time.',
    columns: ['', ''],
    rows: [
      { cells: ['notes a second', Math.round(cost.notesPerSecond).toLocaleString('en')] },
      { cells: ['300 notes, median', `${cost.medianSeconds.toFixed(2)} s`] },
      { cells: ['300 notes, 95th percentile', `${cost.p95Seconds.toFixed(2)} s`] },
      {
        cells: [
          'memory at its highest',
          `${Math.round(cost.peakMebibytes)} MiB, of which Node ${Math.round(cost.bareMebibytes)} MiB`,
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
