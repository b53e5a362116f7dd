import { scaleNames, tonics } from '../music/theory/key.js';
import { formatKey } from '../music/theory/scale.js';
import type { CurveWords, PictureWords, RollWords } from '../render/picture-words.js';
import type { Language } from './language.js';

/** What is written in a piano roll, in the words of a language. */
export function rollWordsIn({ locale, titles, picture, result }: Language): RollWords {
  const keys = tonics.flatMap((tonic) =>
    [...scaleNames, 'minor' as const].map((scale) => ({ tonic, scale })),
  );
  return {
    ...picture.roll,
    locale,
    titles,
    keys: Object.fromEntries(keys.map((key) => [formatKey(key), result.key(key)])),
    seed: result.seed,
  };
}

/** What is written in the picture of a model's training, in the words of a language. */
export function curveWordsIn({ locale, picture }: Language, model: string): CurveWords {
  return { ...picture.curve, locale, title: picture.curve.title(model) };
}

export function pictureWordsIn(language: Language): PictureWords {
  return { roll: rollWordsIn(language), curve: (model) => curveWordsIn(language, model) };
}
