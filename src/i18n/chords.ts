import { fromGerman, toGerman } from '../music/theory/chord-text.js';
import type { RawOptions } from '../request/options.js';
import type { Language } from './language.js';

/** In German, B natural is H and B flat is B. */
function isGerman({ locale }: Language): boolean {
  return locale === 'de';
}

/** Options with the chords of somebody who reads a language in the international spelling. */
export function withReadChords(language: Language, options: RawOptions): RawOptions {
  const { chords } = options;
  return chords === undefined || !isGerman(language)
    ? options
    : { ...options, chords: fromGerman(String(chords)) };
}

/** International chords as people who read a language write them. */
export function chordsIn(language: Language, chords: string): string {
  return isGerman(language) ? toGerman(chords) : chords;
}
