import { fromGerman, toGerman } from '../music/theory/chord-text.js';
import type { RawOptions } from '../request/options.js';
import type { Language } from './language.js';

/** In German, B natural is H and B flat is B. */
function isGerman({ locale }: Language): boolean {
  return locale === 'de';
}

/** Converts chords in the options from the spelling of a language to the international one. */
export function withReadChords(language: Language, options: RawOptions): RawOptions {
  const { chords } = options;
  return chords === undefined || !isGerman(language)
    ? options
    : { ...options, chords: fromGerman(String(chords)) };
}

/** Converts international chords to the spelling of a language. */
export function chordsIn(language: Language, chords: string): string {
  return isGerman(language) ? toGerman(chords) : chords;
}
