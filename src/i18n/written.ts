import { formatOptions } from '../request/option-text.js';
import type { RawOptions } from '../request/options.js';
import type { Language } from './language.js';
import { languageCodes, languages } from './languages.js';
import { choiceWords, type Named } from './options.js';

/** Options as one writes them in a language: `notes:200 scale:dorian`. */
export function writeOptions(options: RawOptions, language: Language): string {
  const names: Readonly<Record<string, Named>> = language.options;
  const choices = choiceWords(language.choices);
  return formatOptions(
    Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        names[name]?.name ?? name,
        (typeof value === 'string' ? choices[name]?.[value] : undefined) ?? value,
      ]),
    ),
  );
}

/** `/compose` with options, in a language. */
export function writeCommand(options: RawOptions, language: Language): string {
  return `/${language.commands.compose.name} ${writeOptions(options, language)}`;
}

const all = languageCodes.map((code) => languages[code]);

/** What people write for the options of a composition and its delivery, in every language: to the English name. */
export const writtenNames: ReadonlyMap<string, string> = new Map(
  all.flatMap(({ options, commands }) => {
    const { takes, voice } = commands.compose.options;
    return Object.entries({ ...options, takes, voice }).map(([name, own]) => [own.name, name] as const);
  }),
);

const writtenChoices = new Map(
  all.flatMap(({ choices }) =>
    Object.entries(choiceWords(choices)).flatMap(([option, words]) =>
      Object.entries(words).map(([choice, word]) => [`${option}:${word.toLowerCase()}`, choice] as const),
    ),
  ),
);

/** The English word for what somebody chose in any language; anything else as it is. */
export function readChoice(option: string, written: string): string {
  return writtenChoices.get(`${option}:${written.trim().toLowerCase()}`) ?? written;
}
