import { UserError } from '../errors/user-error.js';
import { twice } from './option-text.js';
import { optionSpecs, type RawOptions } from './options.js';
import { plainName } from './plain-name.js';

/** The options that a style can set. */
export type StyleOption = (typeof optionSpecs.style.of)[number];

/** One word of a style, in English, and the option that it is a choice of. */
export interface StyleWord {
  readonly option: StyleOption;
  readonly choice: string;
}

/** All words of styles, the most characteristic first. */
export const styleWords: readonly StyleWord[] = optionSpecs.style.of.flatMap((option) =>
  optionSpecs[option].choices.map((choice) => ({ option, choice })),
);

/** Separator of words: a comma of any language. */
const between = /\s*[,，、]\s*/;

/** The words of a style, as written. */
export function wordsOfStyle(written: string): readonly string[] {
  return written.split(between).map((word) => word.trim());
}

/** The English word; undefined if it is not one. */
export function englishStyleWord(written: string): StyleWord | undefined {
  const wanted = plainName(written);
  return styleWords.find(({ choice }) => plainName(choice) === wanted);
}

/**
 * Splits a style into the options that it sets.
 * @param read looks up a word
 * @throws UserError for an unknown word, and for two composers, periods, genres or ensembles
 */
export function parseStyle(
  written: string,
  read: (word: string) => StyleWord | undefined = englishStyleWord,
): RawOptions {
  const values = new Map<StyleOption, string>();
  for (const word of wordsOfStyle(written).filter((each) => each !== '')) {
    const known = read(word);
    if (known === undefined) throw unknown(word);
    const { option, choice } = known;
    const before = values.get(option);
    if (before !== undefined && optionSpecs[option].kind !== 'several') throw twice(option);
    values.set(option, before === undefined ? choice : `${before},${choice}`);
  }
  return Object.fromEntries(values);
}

/** Splits options into the words of a style and all others. */
export function styleOf(options: RawOptions): readonly [words: readonly StyleWord[], others: RawOptions] {
  const isOfStyle = (name: string): name is StyleOption =>
    optionSpecs.style.of.some((option) => option === name);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const words = given.flatMap(([name, value]) =>
    isOfStyle(name)
      ? String(value)
          .split(',')
          .map((choice) => ({ option: name, choice }))
      : [],
  );
  return [words, Object.fromEntries(given.filter(([name]) => !isOfStyle(name)))];
}

function unknown(word: string): UserError {
  const choices = styleWords.map(({ choice }) => choice);
  const given = word.slice(0, 40);
  return new UserError('options.style', {
    problem: 'choice',
    option: 'style',
    choices,
    given,
  });
}
