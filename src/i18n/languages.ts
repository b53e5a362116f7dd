import { german } from './de/german.js';
import { english } from './en/english.js';
import { spanish } from './es/spanish.js';
import { french } from './fr/french.js';
import { japanese } from './ja/japanese.js';
import type { Language } from './language.js';
import { russian } from './ru/russian.js';

/** Every supported language, by its code. */
export const languages = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
  ru: russian,
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageCode = keyof typeof languages;
export const languageCodes = Object.keys(languages) as readonly LanguageCode[];

/** The name of each language in that language. */
export const ownNames: Readonly<Record<LanguageCode, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ru: 'Русский',
};

/**
 * The language of a locale, e.g. `es-419`; English if there is none for it.
 * @param locale as Discord names it
 */
export function languageFor(locale: string | undefined): Language {
  const code = languageCodes.find((candidate) => candidate === locale?.split('-')[0]);
  return code === undefined ? english : languages[code];
}
