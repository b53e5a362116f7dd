import { scaleNames, tonics } from '../music/theory/key.js';
import { formatKey } from '../music/theory/scale.js';
import type { CurveWords, RollWords } from '../render/picture-words.js';
import { instruments as englishInstruments } from './en/instruments.js';
import type { Language } from './language.js';

const rollWords = new Map<Language, RollWords>();

/** What is written in a piano roll, in the words of a language; put together once. */
export function rollWordsIn(language: Language): RollWords {
  let words = rollWords.get(language);
  if (words === undefined) {
    words = rollWordsOf(language);
    rollWords.set(language, words);
  }
  return words;
}

function rollWordsOf(language: Language): RollWords {
  const { locale, titles, picture, result } = language;
  const keys = tonics.flatMap((tonic) =>
    [...scaleNames, 'minor' as const].map((scale) => ({ tonic, scale })),
  );
  return {
    ...picture.roll,
    locale,
    titles,
    keys: Object.fromEntries(keys.map((key) => [formatKey(key), result.key(key)])),
    instruments: instrumentsIn(language),
    seed: result.seed,
  };
}

/** Names of instruments in a language, by what they are and by their English names, which tracks have in files. */
export function instrumentsIn({ instruments }: Language): Readonly<Record<string, string>> {
  const byEnglishName = Object.entries(englishInstruments).map(
    ([key, name]) => [name, instruments[key as keyof typeof instruments]] as const,
  );
  return { ...instruments, ...Object.fromEntries(byEnglishName) };
}

/** What is written in the picture of a model's training, in the words of a language. */
export function curveWordsIn({ locale, picture }: Language, model: string): CurveWords {
  return { ...picture.curve, locale, title: picture.curve.title(model) };
}
