import { tonics, type Key, type KeyScale } from '../../music/theory/key.js';
import { parseScale, parseTonic } from '../../music/theory/scale.js';

/** Names of keys in a language, in semitones above C; matching ignores case. */
interface KeyWords {
  readonly tonics: Readonly<Record<string, number>>;
  /** Accidentals before and after the tonic. */
  readonly before?: Readonly<Record<string, number>>;
  readonly after?: Readonly<Record<string, number>>;
  readonly modes: Readonly<Record<string, KeyScale>>;
}

const german: KeyWords = {
  tonics: { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 10, h: 11 },
  after: { is: 1, es: -1, s: -1 },
  modes: { dur: 'major', moll: 'minor' },
};

const frenchAndSpanish: KeyWords = {
  tonics: { do: 0, ut: 0, re: 2, ré: 2, mi: 4, fa: 5, sol: 7, la: 9, si: 11 },
  after: { dièse: 1, diese: 1, sostenido: 1, '#': 1, '♯': 1, bémol: -1, bemol: -1, '♭': -1 },
  modes: {
    ...{ majeur: 'major', 'mineur naturel': 'natural-minor', mineur: 'minor' },
    ...{ mayor: 'major', 'menor natural': 'natural-minor', menor: 'minor' },
  },
};

const russian: KeyWords = {
  tonics: { до: 0, ре: 2, ми: 4, фа: 5, соль: 7, ля: 9, си: 11 },
  after: { диез: 1, бемоль: -1 },
  modes: { мажор: 'major', минор: 'minor' },
};

const japanese: KeyWords = {
  tonics: { ハ: 0, ニ: 2, ホ: 4, ヘ: 5, ト: 7, イ: 9, ロ: 11 },
  before: { 嬰: 1, 変: -1 },
  modes: { 長調: 'major', 短調: 'minor' },
};

/** A pattern for keys, and the meaning of its groups. */
interface KeyPattern {
  readonly pattern: RegExp;
  readonly read: (parts: readonly (string | undefined)[]) => Key;
}

const english: KeyPattern = {
  pattern:
    /\b([a-g])(?:\s?(#|♯|b(?=[\s-])|♭)|[\s-](sharp|flat))?[\s-]((?:natural|harmonic|melodic)[\s-]minor|(?:major|minor)[\s-]pentatonic|major|minor|dorian|phrygian|lydian|mixolydian|locrian|blues)\b/i,
  read: ([letter = '', sign = '', word = '', scale = '']) => ({
    tonic: parseTonic(letter + ({ sharp: '#', flat: 'b' }[word] ?? sign)),
    // `minor` is parsed as natural minor, but people who just say minor mean minor in general.
    scale: scale === 'minor' ? 'minor' : parseScale(scale),
  }),
};

const patterns: readonly KeyPattern[] = [
  english,
  ...[german, frenchAndSpanish, russian, japanese].map(patternOf),
];

function patternOf({ tonics: names, before = {}, after = {}, modes }: KeyWords): KeyPattern {
  const oneOf = (words: object): string => `(${Object.keys(words).join('|') || '(?!)'})`;
  // Japanese has no spaces; elsewhere a mode can have an ending: `ре миноре`.
  const letter = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}]`;
  return {
    pattern: new RegExp(
      `(?<!${letter})${oneOf(before)}?${oneOf(names)}[\\s-]?${oneOf(after)}?[\\s-]*${oneOf(modes)}${letter}{0,2}(?!${letter})`,
      'iu',
    ),
    read: ([sign = '', tonic = '', otherSign = '', mode = '']) => {
      const semitones = (names[tonic] ?? 0) + (before[sign] ?? 0) + (after[otherSign] ?? 0);
      return { tonic: tonics[(semitones + 12) % 12]!, scale: modes[mode]! };
    },
  };
}

/** The first key named in a text, in any of the languages, and the rest of the text. */
export function findKey(text: string): { readonly key?: Key; readonly rest: string } {
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const parts = match.slice(1).map((part: string | undefined) => part?.toLowerCase());
    return { key: read(parts), rest: text.replace(match[0], ' ') };
  }
  return { rest: text };
}
