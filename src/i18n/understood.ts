import type { Understanding } from '../request/words/understand.js';
import type { Language } from './language.js';

/** What was understood of a text, in the words of a language. */
export function understoodIn(
  { choices, vocabulary, result }: Language,
  { words, key }: Understanding,
): readonly string[] {
  const own: Readonly<Record<string, string>> = {
    ...choices.mood,
    ...choices.era,
    ...choices.composer,
    ...vocabulary,
  };
  return [...words.map((word) => own[word] ?? word), ...(key === undefined ? [] : [result.key(key)])];
}
