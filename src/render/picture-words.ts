import type { Piece } from '../music/piece.js';
import { formatKey } from '../music/scale.js';

/** What is written in a piano roll, in some language. */
export interface RollWords {
  /** The piece's key, if it has one. */
  readonly key?: string;
  /** How many notes there are. */
  readonly notes: string;
  /** The notes that were given, and those that were composed. */
  readonly given: string;
  readonly new: string;
  /** The ends of the scale of loudness. */
  readonly soft: string;
  readonly loud: string;
  /** Before the random seed. */
  readonly seed: string;
}

/** Those in English that are the same for every piece. */
export const englishRoll: Pick<RollWords, 'given' | 'new' | 'soft' | 'loud'> = {
  ...{ given: 'given', new: 'new', soft: 'soft', loud: 'loud' },
};

/** What is written in the piano roll of a piece, in English. */
export function rollWordsInEnglish({ key, notes }: Piece): RollWords {
  return {
    ...englishRoll,
    ...(key !== undefined && { key: formatKey(key) }),
    notes: `${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`,
    seed: 'seed',
  };
}

/** What is written in the picture of a training, in some language. */
export interface CurveWords {
  /** In which numbers are written, as `Intl` names it. */
  readonly locale: string;
  readonly title: string;
  /** What is drawn, where no value is the lowest. */
  readonly lossOverSteps: string;
  /** Before the lowest validation loss, and before its step. */
  readonly lowest: string;
  readonly step: string;
  /** Names of the horizontal axis and of the lines. */
  readonly steps: string;
  readonly training: string;
  readonly validation: string;
}

/** Those in English. */
export const englishCurve = {
  /** @param model name of what is trained */
  title: (model: string): string => `Training of ${model}`,
  lossOverSteps: 'Loss over optimiser steps',
  lowest: 'Lowest validation loss',
  step: 'step',
  steps: 'steps',
  training: 'training',
  validation: 'validation',
};

/**
 * What is written in the picture of a training, in English.
 * @param model name of what is trained
 */
export function curveWordsInEnglish(model: string): CurveWords {
  return { ...englishCurve, locale: 'en', title: englishCurve.title(model) };
}
