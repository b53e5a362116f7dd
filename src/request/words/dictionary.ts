import { stemmer as englishStem } from '@orama/stemmers/english';
import { stemmer as frenchStem } from '@orama/stemmers/french';
import { stemmer as germanStem } from '@orama/stemmers/german';
import { stemmer as russianStem } from '@orama/stemmers/russian';
import { stemmer as spanishStem } from '@orama/stemmers/spanish';
import { composerNames, composers } from './composer-names.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { japanese } from './japanese.js';
import { once } from './once.js';
import { russian } from './russian.js';
import { spanish } from './spanish.js';
import type { Modifier, Terms } from './terms.js';

/** The meaning of a word or phrase: the name of a concept or composer, or a modifier. */
export type Entry = { readonly name: string } | { readonly modifier: Modifier };

/** The vocabulary of a language. */
export interface Dictionary {
  readonly stem: (word: string) => string;
  /** As listed, normalised, with single spaces. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** By stem, for other inflections. */
  readonly stemmed: ReadonlyMap<string, Entry>;
  /** Number of words in its longest phrase. */
  readonly maxWords: number;
}

/** The terms of each language, by its code. */
export const termsOf = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
  ru: russian,
} as const satisfies Readonly<Record<string, Terms>>;

export type SpokenLanguage = keyof typeof termsOf;

const stems = { en: englishStem, de: germanStem, fr: frenchStem, es: spanishStem, ru: russianStem };

/** Names of composers in each language. */
const composersIn: Readonly<Record<SpokenLanguage, Readonly<Record<string, string>>>> = {
  en: {
    ...Object.fromEntries(composers.map((name) => [name, name])),
    ...{ rachmaninoff: 'rachmaninoff, rachmaninov', tchaikovsky: 'tchaikovsky, tschaikowsky' },
    ...{ handel: 'handel, haendel', scriabin: 'scriabin, skryabin', mussorgsky: 'mussorgsky, moussorgsky' },
  },
  de: composerNames.german,
  fr: composerNames.french,
  es: composerNames.spanish,
  ja: composerNames.japanese,
  ru: Object.fromEntries(
    Object.entries(composerNames.russian).map(([composer, name]) => {
      const [stem, endings] = name.endsWith('ий')
        ? [name.slice(0, -'ий'.length), ['ий', 'ого', 'ому', 'им', 'ом']]
        : [name, ['', 'а', 'у', 'ом', 'е', 'ым']];
      return [composer, endings.map((ending) => stem + ending).join(', ')];
    }),
  ),
};

/** The phrases of a language, as written, with their meanings. */
export function phrasesOf(language: SpokenLanguage): readonly (readonly [phrase: string, entry: Entry])[] {
  const { concepts, modifiers } = termsOf[language];
  const split = (phrases: string): string[] => phrases.split(',').flatMap((phrase) => phrase.trim() || []);
  // Later entries win, so entries with a meaning come last.
  return [
    ...Object.entries(modifiers).flatMap(([modifier, phrases]) =>
      split(phrases).map((phrase) => [phrase, { modifier: modifier as Modifier }] as const),
    ),
    ...[...Object.entries(composersIn[language]), ...Object.entries(concepts)].flatMap(([name, phrases]) =>
      split(phrases).map((phrase) => [phrase, { name }] as const),
    ),
  ];
}

/** A word without case and accents, as people often type; but й is a separate letter. */
export function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/(?<!и)\p{Mark}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/^(?:[cdjlmnst]|qu)['’](?=.)/, '')
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '');
}

/** Matches the words of a language that uses spaces. */
export const spacedWord = /[\p{Letter}\p{Number}'’]+/gu;

function dictionary(language: keyof typeof stems): Dictionary {
  const stem = stems[language];
  const phrases = phrasesOf(language).map(
    ([phrase, entry]) => [[...phrase.matchAll(spacedWord)].map(([word]) => plain(word)), entry] as const,
  );
  return {
    stem,
    entries: new Map(phrases.map(([words, entry]) => [words.join(' '), entry])),
    stemmed: new Map(phrases.map(([words, entry]) => [words.map(stem).join(' '), entry])),
    maxWords: Math.max(...phrases.map(([words]) => words.length)),
  };
}

/** Languages in the Latin script; a text is in one of them. */
export const latinDictionaries = once(
  () => [dictionary('en'), dictionary('de'), dictionary('fr'), dictionary('es')] as const,
);
export const russianDictionary = once(() => dictionary('ru'));

/** The phrases of Japanese, the longest first, since some are prefixes of others. */
export const japanesePhrases = once(() => phrasesOf('ja').toSorted(([a], [b]) => b.length - a.length));
