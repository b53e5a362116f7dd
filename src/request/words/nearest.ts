import { distance } from 'fastest-levenshtein';
import { phrasesOf, plain, termsOf, type SpokenLanguage } from './dictionary.js';
import { once } from './once.js';

/** All words with a meaning, normalised, in every language. */
const known = once((): readonly (readonly [phrase: string, name: string])[] =>
  (Object.keys(termsOf) as SpokenLanguage[]).flatMap((language) =>
    phrasesOf(language).flatMap(([phrase, entry]) =>
      'name' in entry ? [[plain(phrase), entry.name] as const] : [],
    ),
  ),
);

/**
 * Spelling suggestion for an unknown word: the concept or composer with the most similar word, in which at
 * most one letter in four differs; undefined if there is none.
 */
export function nearestTo(written: string): string | undefined {
  const word = plain(written);
  const once = word.replace(/(.)\1{2,}/gu, '$1');
  let best: { readonly name: string; readonly letters: number } | undefined;
  for (const [phrase, name] of known()) {
    const letters = Math.min(distance(word, phrase), distance(once, phrase));
    if (letters <= phrase.length / 4 + (once === word ? 0 : 1) && letters < (best?.letters ?? Infinity)) {
      best = { name, letters };
    }
  }
  return best?.name;
}
