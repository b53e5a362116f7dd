import { matching, type Suggestion } from '../bot/dispatch/suggestions.js';
import type { Language } from '../i18n/language.js';
import { choiceIn } from '../i18n/options.js';
import { readStyleWord, styleWordIn, writtenNamesOf } from '../i18n/written.js';
import { formatDuration } from '../request/duration.js';
import {
  everydayOptions,
  optionsIn,
  specOf,
  type OptionName,
  type OptionContext,
} from '../request/options.js';
import { styleWords, wordsOfStyle } from '../request/style.js';
import { moreOption } from './composition-options.js';
import { modelSuggestions } from './model-suggestions.js';
import type { BotServices } from './services.js';

/** Discord's limit on the name and the value of a suggestion. */
const maxLength = 100;

/**
 * Suggestions for a composition option.
 * @param server whose models are suggested
 */
export async function suggestionsFor(
  { requests, library }: Pick<BotServices, 'requests' | 'library'>,
  context: OptionContext,
  option: string,
  typed: string,
  server: string | null,
  language: Language,
): Promise<readonly (string | Suggestion)[]> {
  switch (option) {
    case 'model':
      return modelSuggestions(library, server, typed, language);
    case 'style':
      return styleSuggestions(typed, language);
    case moreOption:
      return moreSuggestions(typed, context, language, requests.openings);
    default:
      return [];
  }
}

/**
 * Completes the last word of a style; the words before it stay. If a mood has been chosen already, for
 * example, no other moods are suggested.
 */
export function styleSuggestions(typed: string, language: Language): readonly string[] {
  const words = wordsOfStyle(typed);
  const last = words.at(-1) ?? '';
  const chosen = words.slice(0, -1).filter((word) => word !== '');
  const taken = chosen.map((word) => readStyleWord(word)?.option);
  const left = styleWords.filter(({ option }) => !taken.includes(option));
  return matching(
    left.map((word) => styleWordIn(language, word)),
    last,
  )
    .map((word) => [...chosen, word].join(', '))
    .filter((text) => text.length <= maxLength);
}

/**
 * Completes the last setting of `more`: first its name, then its value; what precedes it stays.
 * @param openings titles of the built-in openings, by name
 */
export function moreSuggestions(
  typed: string,
  context: OptionContext,
  language: Language,
  openings: ReadonlyMap<string, string>,
): readonly Suggestion[] {
  const [, before = '', last = ''] = /^(.*\s|)(\S*)$/su.exec(typed) ?? [];
  const names = writtenNamesOf(optionsIn(context));
  const [, written, value = ''] = /^([\p{Letter}_-]+)[:=：](.*)$/u.exec(last) ?? [];
  const name = written === undefined ? undefined : names.get(written.toLowerCase());
  if (name === 'opening') return openingSuggestions(`${before}${written}:`, value, language, openings);
  if (name !== undefined) {
    return matching(valuesOf(name, value, language), value)
      .map((each) => `${before}${written}:${each}`)
      .filter((text) => text.length <= maxLength)
      .map((text) => ({ name: text, value: text }));
  }
  const given = [...before.matchAll(/([\p{Letter}_-]+)\s*[:=：]/gu)].map(([, each = '']) =>
    names.get(each.toLowerCase()),
  );
  const left = optionsIn(context).filter((each) => !everydayOptions.includes(each) && !given.includes(each));
  const words: Readonly<Record<OptionName, { name: string; description: string }>> = language.options;
  const own = new Map(left.map((each) => [words[each].name, words[each].description]));
  return matching([...own.keys()], last).flatMap((each) => {
    const text = `${before}${each}:`;
    if (text.length > maxLength) return [];
    const shown = `${text} ${own.get(each)}`;
    return [{ name: shown.length > maxLength ? `${shown.slice(0, maxLength - 1)}…` : shown, value: text }];
  });
}

/** Openings by their titles, which are still recognised if someone continues typing after one. */
function openingSuggestions(
  before: string,
  typed: string,
  { titles }: Language,
  openings: ReadonlyMap<string, string>,
): readonly Suggestion[] {
  const own: Readonly<Record<string, string>> = titles.openings;
  const named = new Map(
    [...openings].map(([name, title]) => [`${own[title] ?? title} ${name}`, { name, title }]),
  );
  return matching([...named.keys()], typed.replace(/["“”]/g, '')).flatMap((key) => {
    const { name, title } = named.get(key)!;
    const shown = `${before}"${own[title] ?? title}"`;
    const value = before + name;
    return shown.length > maxLength || value.length > maxLength ? [] : [{ name: shown, value }];
  });
}

/** Suggested values of an option, including a number that was typed if it is valid. */
export function valuesOf(name: OptionName, typed: string, language: Language): readonly string[] {
  const spec = specOf(name);
  switch (spec.kind) {
    case 'choice':
    case 'several':
      return spec.choices.map((choice) => choiceIn(language.choices, name, choice));
    case 'integer':
    case 'number': {
      const examples = (spec.examples ?? []).map(String);
      const fits = typed !== '' && Number(typed) >= spec.min && Number(typed) <= spec.max;
      return fits && !examples.includes(typed) ? [typed, ...examples] : examples;
    }
    case 'duration':
      return spec.examples.map(formatDuration);
    case 'notation':
      return spec.examples;
    case 'name':
    case 'text':
    case 'title':
    case 'words':
      return [];
  }
}
