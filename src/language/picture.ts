import type { Piece } from '../music/piece.js';
import type { CurveWords, RollWords } from '../render/picture-words.js';
import type { Language } from './english.js';

/** What is written in the piano roll of a piece, in the words of a language. */
export function rollWordsIn({ picture, result }: Language, { key, notes }: Piece): RollWords {
  return {
    ...picture.roll,
    ...(key !== undefined && { key: result.key(key) }),
    notes: result.notes(notes.length),
    seed: result.seed,
  };
}

/** What is written in the picture of a model's training, in the words of a language. */
export function curveWordsIn({ locale, picture }: Language, model: string): CurveWords {
  return { ...picture.curve, locale, title: picture.curve.title(model) };
}
