import { Locale, type LocalizationMap } from 'discord.js';
import { english } from '../../i18n/en/english.js';
import type { Language } from '../../i18n/language.js';
import { languageCodes, languages, type LanguageCode } from '../../i18n/languages.js';
import type { Named } from '../../i18n/options.js';

/** The Discord locales of each language; all others get English. */
const localesOf: Readonly<Record<LanguageCode, readonly Locale[]>> = {
  en: [],
  de: [Locale.German],
  fr: [Locale.French],
  es: [Locale.SpanishES, Locale.SpanishLATAM],
  ja: [Locale.Japanese],
  ru: [Locale.Russian],
};

interface LocalizedName {
  readonly name: string;
  readonly nameLocalizations: LocalizationMap;
}

/** A name in every language, for Discord to show. */
export function localizedName(nameIn: (language: Language) => string): LocalizedName {
  return { name: nameIn(english), nameLocalizations: localizations(nameIn) };
}

/** Name and description of a command or an option in every language, for Discord to show. */
export function localized(
  wordsIn: (language: Language) => Named,
): LocalizedName & { readonly description: string; readonly descriptionLocalizations: LocalizationMap } {
  return {
    ...localizedName((language) => wordsIn(language).name),
    description: wordsIn(english).description,
    descriptionLocalizations: localizations((language) => wordsIn(language).description),
  };
}

function localizations(textIn: (language: Language) => string): LocalizationMap {
  return Object.fromEntries(
    languageCodes.flatMap((code) => localesOf[code].map((locale) => [locale, textIn(languages[code])])),
  );
}
