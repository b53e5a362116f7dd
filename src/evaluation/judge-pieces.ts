import { Random } from '../model/random.js';
import { networks } from '../request/networks.js';
import type { OnProgress, SamplingSettings } from '../model/model.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { excerptLength, excerptOf, type Excerpt } from './excerpt.js';
import { featuresOf } from './features.js';
import { distancesBetween } from './distances.js';
import { requestFrom, requestWithOpening } from './continue-primers.js';
import { drawMaterial, type Library } from './material.js';
import { mean, standardDeviation, type Measured } from './statistics.js';
import {
  chancePieces,
  cutPieces,
  medianPulse,
  pieceFigures,
  wholePiecesOf,
  type PieceFigures,
  type WholePiece,
} from './whole-pieces.js';

/** Whole pieces as people get them, from the built-in openings, compared with real ones. */
export interface PieceJudgement {
  readonly pieces: number;
  readonly rows: readonly { readonly name: PieceRow; readonly figures: PieceFigures }[];
  /** Distance of 256 new notes to real music, over the seeds. */
  readonly fd26: Measured;
  /** Pulse clarity of the last 500 of 2,000 notes, divided by that of the first 500. */
  readonly lastingPulse: number | undefined;
}

/**
 * By length: 300 notes, one minute, two minutes; 300 notes that continue held-out music; and real pieces for
 * comparison.
 */
export const pieceRows = ['notes', 'minute', 'twoMinutes', 'primers', 'real', 'cut', 'chance'] as const;
export type PieceRow = (typeof pieceRows)[number];

export interface PieceOptions {
  /** Pieces of 300 notes per seed; of each duration, a third as many. */
  readonly pieces: number;
  readonly seeds: readonly number[];
  readonly settings?: SamplingSettings;
  /** Called with the number of composed pieces. */
  readonly onProgress?: OnProgress;
}

const notes = 300;
const manyNotes = 2000;
const blockNotes = 500;
/** Pieces of this many notes, for all seeds together. */
const longPieces = 20;

/** How many pieces {@link judgePieces} composes. */
export function piecesInAll({ pieces, seeds }: PieceOptions): number {
  return seeds.length * (2 * pieces + 2 * Math.ceil(pieces / 3)) + Math.min(longPieces, pieces);
}

/** Evaluates the endings, the form and the pulse of a model's pieces. */
export async function judgePieces(
  model: EvaluatedModel,
  openings: ReadonlyMap<string, Opening>,
  library: Library,
  options: PieceOptions,
): Promise<PieceJudgement> {
  const { pieces, seeds, settings, onProgress } = options;
  let before = 0;
  const composeAll = async (requests: readonly CompositionRequest[]): Promise<readonly WholePiece[]> => {
    const composed = await model.composeAll(requests, settings, (done) => onProgress?.(before + done));
    before += requests.length;
    return composed;
  };
  const compose = (
    count: number,
    seed: number,
    wanted: { readonly notes?: number; readonly length?: number },
  ): Promise<readonly WholePiece[]> => composeAll(requestsFor(model, openings, count, seed, wanted));
  const [ofNotes, ofMinute, ofTwo, ofPrimers]: [WholePiece[], WholePiece[], WholePiece[], WholePiece[]] = [
    [],
    [],
    [],
    [],
  ];
  const fd26: number[] = [];
  for (const seed of seeds) {
    const composed = await compose(pieces, seed, { notes });
    ofNotes.push(...composed);
    ofMinute.push(...(await compose(Math.ceil(pieces / 3), seed, { length: 60 })));
    ofTwo.push(...(await compose(Math.ceil(pieces / 3), seed, { length: 120 })));
    const { primers, reference } = await drawMaterial(library, {
      count: composed.length,
      primerNotes: model.primerNotes,
      primerLengths: model.hears,
      seed,
    });
    const random = new Random(seed);
    ofPrimers.push(
      ...(await composeAll(primers.map((primer) => requestFrom(primer, notes, random.integer())))),
    );
    fd26.push(distanceTo(reference, composed, seed));
  }
  const long = await compose(Math.min(longPieces, pieces), seeds[0]!, { notes: manyNotes });
  const [first, last] = [
    medianPulse(long.map((piece) => piece.notes.slice(0, blockNotes))),
    medianPulse(long.map((piece) => piece.notes.slice(-blockNotes))),
  ];
  const performances = await Promise.all(
    library.corpus.validation.map((file) => library.performance(file, 'pedal-extended')),
  );
  const groups: Readonly<Record<PieceRow, readonly WholePiece[]>> = {
    notes: ofNotes,
    minute: ofMinute,
    twoMinutes: ofTwo,
    primers: ofPrimers,
    real: wholePiecesOf(performances),
    cut: cutPieces(performances, new Random(1)),
    chance: chancePieces(performances, new Random(1)),
  };
  return {
    pieces: ofNotes.length,
    rows: pieceRows
      .filter((name) => groups[name].length > 0)
      .map((name) => ({ name, figures: pieceFigures(groups[name]) })),
    fd26: { mean: mean(fd26), spread: standardDeviation(fd26) },
    lastingPulse: first === undefined || last === undefined ? undefined : last / first,
  };
}

/** The same for pieces of 300 notes only, used to choose settings. */
export async function judgeSettings(
  model: EvaluatedModel,
  openings: ReadonlyMap<string, Opening>,
  { pieces, seeds, settings }: PieceOptions,
): Promise<PieceFigures> {
  const composed: WholePiece[] = [];
  for (const seed of seeds) {
    composed.push(
      ...(await model.composeAll(requestsFor(model, openings, pieces, seed, { notes }), settings)),
    );
  }
  return pieceFigures(composed);
}

function requestsFor(
  { kind }: EvaluatedModel,
  openings: ReadonlyMap<string, Opening>,
  count: number,
  seed: number,
  wanted: { readonly notes?: number; readonly length?: number },
): ReturnType<typeof requestWithOpening>[] {
  const seeds = new Random(seed);
  return Array.from({ length: count }, () =>
    requestWithOpening(openings, networks[kind].hearsPerformances, seeds.integer(), wanted),
  );
}

/** Fréchet distance of the new notes, for pieces with enough of them, to excerpts of real music. */
function distanceTo(reference: readonly Excerpt[], composed: readonly WholePiece[], seed: number): number {
  const generated = composed
    .filter((piece) => piece.notes.length >= excerptLength)
    .map((piece) => featuresOf(excerptOf(piece.notes.slice(0, excerptLength))));
  return distancesBetween(reference.map(featuresOf), generated, seed).fd26;
}
