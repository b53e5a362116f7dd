import { formatDuration } from '../duration.js';
import { optionSpecs } from '../options.js';
import type { Meaning } from './meanings.js';

/** The meaning of a number in a text, and its notation in every language. */
export interface Figure {
  readonly name: string;
  readonly meaning: Meaning;
}

interface Pattern {
  readonly pattern: RegExp;
  /** Undefined if the numbers are invalid. */
  readonly read: (...figures: readonly string[]) => Figure | undefined;
}

const within = (value: number, min: number, max: number): boolean => value >= min && value <= max;

/** Numbers of minutes as people write them out, in all languages. */
const numberWords: Readonly<Record<string, number>> = {
  ...{ 'half a': 0.5, a: 1, one: 1, 'one and a half': 1.5, two: 2, three: 3, four: 4, five: 5 },
  ...{ 'eine halbe': 0.5, eine: 1, anderthalb: 1.5, zwei: 2, drei: 3, vier: 4, fünf: 5 },
  ...{ 'une demi': 0.5, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5 },
  ...{ medio: 0.5, un: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5 },
  ...{ 一: 1, 二: 2, 三: 3, 四: 4, 五: 5 },
  ...{ пол: 0.5, одну: 1, одна: 1, две: 2, три: 3, четыре: 4, пять: 5 },
};

/** What can be expressed with numbers: one line each, for all languages. */
const patterns: readonly Pattern[] = [
  {
    pattern:
      /(\d{2,3})\s*(?:bpm|beats (?:per|a) minute|schläge(?: (?:pro|in der) minute)?|ppm|pulsaciones por minuto|battements par minute|уд(?:\.|ар\p{L}*)? в минуту|拍毎分)/iu,
    read: beatsPerMinute,
  },
  { pattern: /(?:tempo|темп|テンポ|♩\s*=|\bbpm)\s*[=:]?\s*(\d{2,3})(?![\d.,])/iu, read: beatsPerMinute },
  { pattern: /(?<![\d:])(\d):([0-5]\d)(?![\d:])/u, read: lengthOf },
  {
    pattern:
      /(\d+(?:[.,]\d+)?)[\s-]*(?:minutes?|minuten?|minutos?|mins?|минут\p{L}*|мин|分間?)(?!\p{Script=Latin}|\p{Script=Cyrillic})(?:[\s,]*(?:and|und|et|y|и)?\s*(\d+)[\s-]*(?:seconds?|secs?|sekunden|sek|secondes|segundos|секунд\p{L}*|秒))?/iu,
    read: lengthOf,
  },
  {
    pattern: new RegExp(
      `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}十百])(${Object.keys(numberWords).join('|')})[\\s-]*(?:minutes?|mins?|minuten?|minutos?|минут\\p{L}*|分間?)(?!\\p{Script=Latin}|\\p{Script=Cyrillic}|の?[一二三四五六七八九音])`,
      'iu',
    ),
    read: (word = '') => lengthOf(String(numberWords[word.toLowerCase()] ?? 0)),
  },
  {
    pattern:
      /()(\d+)[\s-]*(?:seconds?|secs?|sekunden?|sek|secondes?|segundos?|seg|секунд\p{L}*|сек|秒間?)(?!\p{Script=Latin}|\p{Script=Cyrillic})/iu,
    read: lengthOf,
  },
  {
    pattern: /(?<![\d/])(\d{1,2})\s*\/\s*(2|4|8|16)(?![\d/])(?:\s*(?:time|takt|拍子))?/iu,
    read: (numerator = '', denominator = '') =>
      within(Number(numerator), 2, 12)
        ? {
            name: `${numerator}/${denominator}`,
            meaning: { meter: { numerator: Number(numerator), denominator: Number(denominator) } },
          }
        : undefined,
  },
  {
    pattern:
      /(\d{1,4})\s*(?:notes?|noten|töne|notas|нот\p{L}*|個の音|音符)(?!\p{Script=Latin}|\p{Script=Cyrillic})/iu,
    read: (count = '') =>
      within(Number(count), 1, 2000)
        ? { name: `♪ ${count}`, meaning: { options: { notes: Number(count) } } }
        : undefined,
  },
];

function lengthOf(...[minutes = '', seconds = '']: readonly string[]): Figure | undefined {
  const figure = (written: string): number => Number(written.replace(',', '.') || 0);
  const length = Math.round(60 * figure(minutes) + figure(seconds));
  const { min, max } = optionSpecs.length;
  if (!within(length, min, max)) return undefined;
  const written = formatDuration(length);
  return { name: written, meaning: { options: { length: written } } };
}

function beatsPerMinute(figure = ''): Figure | undefined {
  return within(Number(figure), 20, 300)
    ? { name: `${figure} bpm`, meaning: { bpm: Number(figure) } }
    : undefined;
}

/** The numbers with a meaning in a text, and the rest of the text. */
export function findFigures(text: string): { readonly figures: readonly Figure[]; readonly rest: string } {
  const figures: Figure[] = [];
  let rest = text;
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(rest);
    const figure = match && read(...match.slice(1));
    if (!match || !figure) continue;
    figures.push(figure);
    rest = rest.replace(match[0], ' ');
  }
  return { figures, rest };
}
