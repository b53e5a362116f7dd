import { isSongWord } from '../../../src/request/words/song-words.js';
import { characterOf } from '../../../src/request/character.js';
import { parseOptions } from '../../../src/request/parse-options.js';
import { termsOf } from '../../../src/request/words/dictionary.js';
import type { Concept } from '../../../src/request/words/meanings.js';

/** Phrases, and what a listener would expect. */
export interface Sentence {
  readonly language: string;
  readonly text: string;
  /**
   * Space-separated conditions: `mode=minor`, `mode!=minor`, `tempo<.4` and so on for amounts; `all` if no
   * unknown word may be left; `tells=jazz` for a word that must be named as unknown.
   */
  readonly expected: string;
}

/** The conditions that a text does not fulfil. */
export function missed({ text, expected }: Sentence): readonly string[] {
  const { settings } = parseOptions({ text }, 1);
  const { meter, key, untaught = [], ignored = [] } = settings.text ?? {};
  const read: Readonly<Record<string, unknown>> = {
    ...settings,
    ...settings.text,
    ...characterOf(settings),
    key: key?.tonic,
    meter: meter && `${meter.numerator}/${meter.denominator}`,
  };
  // For a song, its parts tell what it follows.
  const ofSong = (settings.text?.words ?? []).filter(isSongWord);
  const names = [...untaught, ...ofSong].flatMap((name) =>
    Object.values(termsOf).map((terms) => terms.concepts[name as Concept]),
  );
  const told = [...ignored, ...names].map((word) => word.toLowerCase());
  return expected.split(' ').filter((part) => {
    if (part === 'all') return settings.text === undefined || told.length > 0;
    const [, path = '', sign = '', wanted = ''] = /^([a-z.]+)(!?=|<|>)(.+)$/u.exec(part) ?? [];
    if (path === 'tells') return !told.some((word) => word.includes(wanted));
    const value = path
      .split('.')
      .reduce<unknown>((from, name) => (from as Record<string, unknown> | undefined)?.[name], read);
    switch (sign) {
      case '=':
        return String(value) !== wanted;
      case '!=':
        // An unspecified value may stay unset.
        return value === undefined || value === wanted;
      case '<':
        return !(typeof value === 'number' && value < Number(wanted));
      default:
        return !(typeof value === 'number' && value > Number(wanted));
    }
  });
}
