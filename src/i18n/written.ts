import { formatOptions } from '../request/option-text.js';
import {
  everydayOptions,
  optionNames,
  specOf,
  type OptionName,
  type RawOptions,
} from '../request/options.js';
import { plainName } from '../request/plain-name.js';
import { styleOf, styleWords, type StyleWord } from '../request/style.js';
import type { Language } from './language.js';
import { languageCodes, languages } from './languages.js';
import { chordsIn } from './chords.js';
import { choiceIn, type Named } from './options.js';

/** Formats options in a language: `notes:200 scale:dorian`. */
export function writeOptions(options: RawOptions, language: Language): string {
  const names: Readonly<Record<string, Named>> = language.options;
  return formatOptions(
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        names[name]?.name ?? name,
        typeof value === 'string'
          ? (name === 'chords' ? chordsIn(language, value) : value)
              .split(',')
              .map((word) => choiceIn(language.choices, name, word))
              .join(',')
          : value,
      ]),
    ),
  );
}

/** Formats a `/compose` command in a language; settings without an option of their own go into `more`. */
export function writeCommand(options: RawOptions, language: Language): string {
  const { name, options: own } = language.commands.compose;
  const [style, others] = styleOf(options);
  const given = Object.entries(others);
  const isEveryday = ([option]: readonly [string, unknown]): boolean =>
    everydayOptions.some((everyday) => everyday === option);
  const everyday = writeOptions(Object.fromEntries(given.filter(isEveryday)), language);
  const more = writeOptions(Object.fromEntries(given.filter((each) => !isEveryday(each))), language);
  const styleText = style.map((word) => styleWordIn(language, word)).join(',');
  return [
    `/${name}`,
    everyday,
    styleText && formatOptions({ [language.options.style.name]: styleText }),
    more && `${own.more.name}:${more}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A word of a style in a language. */
export function styleWordIn({ choices }: Language, { option, choice }: StyleWord): string {
  return choiceIn(choices, option, choice);
}

const all = languageCodes.map((code) => languages[code]);

/**
 * The names that people write for options of composition and delivery, in every language: maps to the English
 * name.
 */
export const writtenNames: ReadonlyMap<string, string> = new Map([
  ...all.flatMap(({ options, commands }) => {
    const { takes, voice, more } = commands.compose.options;
    const others = Object.entries({ takes, voice, more });
    return [
      ...optionNames.map((name) => [options[name].name, name] as const),
      ...others.map(([name, words]) => [words.name, name] as const),
    ];
  }),
  ...optionNames.flatMap((name) => (specOf(name).aliases ?? []).map((alias) => [alias, name] as const)),
]);

/** Options that only slash commands have, in every language. */
export const commandNames: ReadonlySet<string> = new Set(
  all.flatMap(({ commands }) => {
    const { preset, midi, private: isPrivate } = commands.compose.options;
    return [preset, midi, isPrivate].map(({ name }) => name);
  }),
);

/** The names that people may write for only some options, in any language. */
export function writtenNamesOf(names: readonly OptionName[]): ReadonlyMap<string, OptionName> {
  return new Map(
    [...writtenNames].flatMap(([written, name]) =>
      names.filter((each) => each === name).map((each) => [written, each] as const),
    ),
  );
}

const writtenChoices = new Map([
  ...all.flatMap(({ choices }) =>
    Object.entries(choices).flatMap(([option, words]) =>
      Object.entries<string>(words).map(
        ([choice, word]) => [`${option}:${plainName(word)}`, choice] as const,
      ),
    ),
  ),
  // Titles of openings, with and without their composers.
  ...all.flatMap(({ titles }) =>
    Object.entries(titles.openings).flatMap(([english, title]) =>
      [title, title.replace(/^.*?[,、：:] ?/u, '')].map(
        (written) => [`opening:${plainName(written)}`, english] as const,
      ),
    ),
  ),
]);

/** The English word or words for a choice in any language; anything else is returned unchanged. */
export function readChoice(option: string, written: string): string {
  const isSeveral = optionNames.some((name) => name === option && specOf(name).kind === 'several');
  if (!isSeveral) return readWord(option, written);
  return written
    .split(/[,，、]/)
    .map((word) => readWord(option, word))
    .join(',');
}

function readWord(option: string, written: string): string {
  return writtenChoices.get(`${option}:${plainName(written)}`) ?? written;
}

/** A style word written in any language; undefined if it is not one. */
export function readStyleWord(written: string): StyleWord | undefined {
  return styleWords.find(
    ({ option, choice }) => plainName(readChoice(option, written)) === plainName(choice),
  );
}
