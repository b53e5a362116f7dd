import {
  japanesePhrases,
  latinDictionaries,
  plain,
  russianDictionary,
  type Dictionary,
  type Entry,
} from './dictionary.js';

/** A part of a text: words with their meaning, if known, or a break between clauses. */
export type Part =
  | { readonly kind: 'known'; readonly written: string; readonly entry: Entry }
  | { readonly kind: 'unknown'; readonly written: string }
  | { readonly kind: 'break' };

const token =
  /\d*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[\p{Letter}\p{Number}'’]+|[.,;:!?()、。，！？]/gu;
const isJapanese = /^\d*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isCyrillic = /^\p{Script=Cyrillic}/u;
const isWord = /^[\p{Letter}\p{Number}]/u;

/**
 * Splits a text into parts, each the longest known phrase. Words in the Latin script are read in the language
 * that knows most of them; words that it does not know can be from another.
 */
export function partsOf(text: string): readonly Part[] {
  const tokens = [...text.matchAll(token)].map(([written]) => written);
  const inRussian = stemmedIn(russianDictionary(), tokens);
  const inLatin = latinDictionaries()
    .map((dictionary) => stemmedIn(dictionary, tokens))
    .map((stemmed) => ({ ...stemmed, known: knownWords(stemmed) }))
    .toSorted((a, b) => b.known - a.known);
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length;) {
    const written = tokens[at]!;
    if (isJapanese.test(written)) {
      parts.push(...japanese(written));
      at++;
    } else if (!isWord.test(written)) {
      parts.push({ kind: 'break' });
      at++;
    } else {
      const found = phraseAt(at, isCyrillic.test(written) ? [inRussian] : [...inLatin, inRussian]);
      const end = at + (found?.length ?? 1);
      const words = tokens.slice(at, end).join(' ');
      parts.push(
        found ? { kind: 'known', written: words, entry: found.entry } : { kind: 'unknown', written: words },
      );
      at = end;
    }
  }
  return parts;
}

interface Found {
  readonly entry: Entry;
  /** Number of words. */
  readonly length: number;
}

/**
 * A text tokenised for a language: normalised words and their stems; anything that is not a word in its
 * script ends a phrase.
 */
interface Stemmed {
  readonly dictionary: Dictionary;
  readonly words: readonly (string | undefined)[];
  readonly stems: readonly (string | undefined)[];
}

function stemmedIn(dictionary: Dictionary, tokens: readonly string[]): Stemmed {
  const isSpaced = (written: string): boolean => isWord.test(written) && !isJapanese.test(written);
  const words = tokens.map((each) => (isSpaced(each) ? plain(each) : undefined));
  return { dictionary, words, stems: words.map((word) => word && dictionary.stem(word)) };
}

/**
 * The phrase at a position in the first language that knows one; modifiers are only read in the first
 * language.
 */
function phraseAt(at: number, languages: readonly Stemmed[]): Found | undefined {
  for (const [i, language] of languages.entries()) {
    const found = longest(language, at);
    if (found === undefined) continue;
    if (i === 0 || 'name' in found.entry || found.entry.modifier === 'filler') return found;
  }
  return undefined;
}

function longest({ dictionary, words, stems }: Stemmed, at: number): Found | undefined {
  const { entries, stemmed, maxWords } = dictionary;
  const next = words.indexOf(undefined, at);
  const end = Math.min(next < 0 ? words.length : next, at + maxWords);
  for (let to = end; to > at; to--) {
    const entry = entries.get(words.slice(at, to).join(' ')) ?? stemmed.get(stems.slice(at, to).join(' '));
    if (entry !== undefined) return { entry, length: to - at };
  }
  return undefined;
}

/** The number of words in a text that a language knows. */
function knownWords(language: Stemmed): number {
  let known = 0;
  for (let at = 0; at < language.stems.length;) {
    const { length } = longest(language, at) ?? { length: 0 };
    known += length;
    at += Math.max(length, 1);
  }
  return known;
}

/**
 * Japanese has no spaces: finds known phrases anywhere, and between them everything except the hiragana of
 * endings and particles.
 */
function japanese(text: string): readonly Part[] {
  const parts: Part[] = [];
  let unknown = '';
  const leaveUnknown = (): void => {
    for (const [written] of unknown.matchAll(
      /[\p{Script=Han}\p{Script=Katakana}ー]+\p{Script=Hiragana}*/gu,
    )) {
      parts.push({ kind: 'unknown', written });
    }
    unknown = '';
  };
  for (let at = 0; at < text.length;) {
    const found = japanesePhrases().find(([phrase]) => text.startsWith(phrase, at));
    if (found === undefined) {
      unknown += text.charAt(at++);
      continue;
    }
    leaveUnknown();
    const [written, entry] = found;
    parts.push({ kind: 'known', written, entry });
    at += written.length;
  }
  leaveUnknown();
  return parts;
}
