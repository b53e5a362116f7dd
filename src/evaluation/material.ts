import { join } from 'node:path';
import type { Corpus, CorpusFile, TrainingMusic } from '../model/corpus.js';
import { readPerformance } from '../model/performance.js';
import { Random, shuffle } from '../model/random.js';
import type { NoteLengths } from '../music/midi/notes.js';
import type { Note } from '../music/note.js';
import { UserError } from '../errors/user-error.js';
import { excerptLength, excerptOf, type Excerpt } from './excerpt.js';

/** Performances to draw from, with their official split. */
export interface Library {
  readonly corpus: TrainingMusic;
  readonly performance: (file: CorpusFile, lengths: NoteLengths) => Promise<readonly Note[]>;
}

export function libraryOf(folder: string, corpus: Corpus, cacheFolder?: string): Library {
  return {
    corpus,
    performance: ({ name }, lengths) => readPerformance(join(folder, name), lengths, cacheFolder),
  };
}

/** Real music for one comparison. Reference and primers come from different splits, so they never overlap. */
export interface Material {
  /** The reference music: one excerpt per training piece. */
  readonly reference: readonly Excerpt[];
  /** The whole pieces that the reference is from. */
  readonly referencePieces: readonly (readonly Note[])[];
  /** The beginnings that a model continues, one per held-out piece. */
  readonly primers: readonly (readonly Note[])[];
  /** The real continuation of each primer. */
  readonly played: readonly Excerpt[];
}

export interface MaterialOptions {
  /** Number of excerpts, at most one per piece. */
  readonly count: number;
  /** Notes in a primer, and its length. */
  readonly primerNotes: number;
  readonly primerLengths: NoteLengths;
  /** Seeds the choice of pieces and excerpts. */
  readonly seed: number;
}

/**
 * Draws pieces and an excerpt of each; skips pieces that are too short.
 * @throws UserError when fewer than two pieces of a split are long enough.
 */
export async function drawMaterial(
  { corpus, performance }: Library,
  { count, primerNotes, primerLengths, seed }: MaterialOptions,
): Promise<Material> {
  const random = new Random(seed);
  const draw = async (files: readonly CorpusFile[], notes: number): Promise<Drawn[]> => {
    const drawn: Drawn[] = [];
    for (const file of inAnyOrder(files, random)) {
      if (drawn.length === count) break;
      const piece = await performance(file, 'pedal-extended');
      if (piece.length < notes) continue;
      const first = random.below(piece.length - notes + 1);
      drawn.push({ file, piece, part: piece.slice(first, first + notes) });
    }
    if (drawn.length < 2) {
      throw new UserError('evaluation.too-short', { pieces: files.length, notes });
    }
    return drawn;
  };
  const reference = await draw(corpus.training, excerptLength);
  const heldOut = await draw(corpus.validation, primerNotes + excerptLength);
  const primers = heldOut.map(async ({ file, part }) => {
    const heard = await performance(file, primerLengths);
    return heard.filter(({ onsetSeconds }) => onsetSeconds >= part[0]!.onsetSeconds).slice(0, primerNotes);
  });
  return {
    reference: reference.map(({ part }) => excerptOf(part)),
    referencePieces: reference.map(({ piece }) => piece),
    primers: await Promise.all(primers),
    played: heldOut.map(({ part }) => excerptOf(part.slice(primerNotes))),
  };
}

interface Drawn {
  readonly file: CorpusFile;
  readonly piece: readonly Note[];
  readonly part: readonly Note[];
}

function inAnyOrder<T>(values: readonly T[], random: Random): T[] {
  const order = Uint32Array.from(values.keys());
  shuffle(order, random);
  return [...order].map((at) => values[at]!);
}
