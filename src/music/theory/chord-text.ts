import { Chord as TonalChord, Note } from 'tonal';
import { UserError } from '../../errors/user-error.js';
import { chordTones, type ChordKind, type WrittenChord } from './chord.js';
import { tonics, type Key, type Tonic } from './key.js';
import { hasMajorThird } from './scale.js';

/** Bars, each with the chords that divide it equally. */
export type ChordBars = readonly (readonly WrittenChord[])[];

/** Longer than any song. */
const mostBars = 256;

/**
 * Reads chords as people write them, one per bar: `Am F C G`. Between bar lines, several share a bar (`Dm7 G7
 * | Cmaj7`), `%` repeats the previous bar, `2x(C G) F` repeats a group. Roman numerals count from the tonic;
 * lower-case ones are minor.
 * @param key whose degrees Roman numerals are; by default C major, or C minor if a chord is `i`
 * @throws UserError `options.chords` that names what cannot be read, and its position
 */
export function readChords(text: string, key?: Key): ChordBars {
  const plain = text.normalize('NFKC').replaceAll('♯', '#').replaceAll('♭', 'b');
  const words = wordsOf(plain);
  if (!words.some(isChordWord)) throw wrong(text, 0);
  const reader = { words, at: 0, chord: 0, key: key ?? impliedKey(words) };
  const bars = sequence(reader, words.includes('|'));
  if (reader.at < words.length) throw wrong(words[reader.at]!, reader.chord + 1);
  if (bars.length > mostBars) throw wrong(text, 0);
  return bars;
}

/** What can follow a root: no other letter of a word, and no accidental. */
const behindRoot = /(?=[^\p{Letter}#]|[mMsSdaojø]|$)/u.source;

/** Converts chords from the German spelling, in which H is B and B is B flat, to the international one. */
export function fromGerman(text: string): string {
  return text
    .replaceAll('♭', 'b')
    .replaceAll('♯', '#')
    .replace(new RegExp(`(?<![\\p{Letter}#])([BHbh])${behindRoot}`, 'gu'), (_, name: string) =>
      name.toUpperCase() === 'H' ? 'B' : 'Bb',
    );
}

/** Converts chords from the international spelling to the German one. */
export function toGerman(text: string): string {
  return text
    .replaceAll('♭', 'b')
    .replaceAll('♯', '#')
    .replace(new RegExp(`(?<![\\p{Letter}#])[Bb](b?)${behindRoot}`, 'gu'), (_, flat: string) =>
      flat === '' ? 'H' : 'B',
    );
}

/** Whether chords are certainly in German spelling: one of them is an H. */
export function isGermanSpelling(text: string): boolean {
  return wordsOf(text).some((word) => /^[Hh](?!\p{Letter}*\p{Script=Han})(m|M|s|d|a|\d|\/|$)/u.test(word));
}

interface Reader {
  readonly words: readonly string[];
  /** Index of the next word. */
  at: number;
  /** Number of chords read so far. */
  chord: number;
  readonly key: Key;
}

/** Chords, bar lines, brackets and repeat counts, in order. */
function wordsOf(text: string): readonly string[] {
  return (
    text
      // Brackets that are part of a chord: `Cm(maj7)`.
      .replace(/(?<=[A-Ga-g][#b]?[^\s()|]*)\(([^\s()]*)\)/g, '$1')
      .replace(/(\d+)\s*[x×*]\s*\(/gi, ' $1x ( ')
      .replace(
        /\)\s*(?:[x×*]\s*(\d+)|(\d+)\s*[x×*](?!\s*\())/gi,
        (_, a?: string, b?: string) => ` )x${a ?? b} `,
      )
      .replace(/\)(?!x\d)/g, ' ) ')
      .replace(/\(/g, ' ( ')
      .replace(/[|‖]+/g, ' | ')
      .replace(/:/g, ' ')
      .replace(/[-–—→>](?=\s*[A-HIVa-h(])|(?<=\s)[-–—→>](?=\s)/g, ' ')
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
  );
}

function isChordWord(word: string): boolean {
  return !/^(\||\(|\)(x\d+)?|\d+x|%)$/.test(word);
}

function sequence(reader: Reader, hasLines: boolean): WrittenChord[][] {
  const { words } = reader;
  const bars: WrittenChord[][] = [];
  let open: WrittenChord[] = [];
  const close = (): void => {
    if (open.length > 0) bars.push(open);
    open = [];
  };
  while (reader.at < words.length) {
    const word = words[reader.at]!;
    if (word.startsWith(')')) break;
    reader.at++;
    if (word === '|') close();
    else if (word === '%') {
      const before = open.length > 0 ? open : bars.at(-1);
      if (before === undefined) throw wrong(word, reader.chord + 1);
      close();
      bars.push([...before]);
    } else if (word === '(' || /^\d+x$/.test(word)) {
      close();
      if (word !== '(' && words[reader.at++] !== '(') throw wrong(word, reader.chord + 1);
      const inside = sequence(reader, hasLines);
      const [, behind] = /^\)(?:x(\d+))?$/.exec(words[reader.at++] ?? '') ?? [undefined, undefined];
      if (words[reader.at - 1] === undefined) throw wrong('(', reader.chord);
      const times = Number(behind ?? (word === '(' ? 1 : word.slice(0, -1)));
      if (times * inside.length > mostBars) throw wrong(word, reader.chord);
      for (let i = 0; i < times; i++) bars.push(...inside);
    } else {
      reader.chord++;
      const chord = readChord(word, reader.key);
      if (chord === undefined || open.length === 4) throw wrong(word, reader.chord);
      open.push(chord);
      if (!hasLines) close();
    }
  }
  close();
  return bars;
}

/** C minor if the tonic is written as a minor chord, otherwise C major. */
function impliedKey(words: readonly string[]): Key {
  const isMinor = words.some((word) => /^i(?![iv])/.test(word));
  return { tonic: 'C', scale: isMinor ? 'natural-minor' : 'major' };
}

function readChord(word: string, key: Key): WrittenChord | undefined {
  const roman = fromRoman(word, key);
  const absolute = roman ?? word[0]!.toUpperCase() + word.slice(1);
  const [above, below, ...more] = absolute.split('/');
  // 6/9 chords contain a slash themselves.
  const [name, bassName] = below === '9' ? [`${above}/9`, more[0]] : [above!, below];
  if ((below === '9' ? more.length > 1 : more.length > 0) || bassName === '') return undefined;
  const read = TonalChord.get(tidy(name));
  const root = tonicOf(read.tonic);
  const bass = bassName === undefined ? undefined : tonicOf(bassName[0]!.toUpperCase() + bassName.slice(1));
  if (read.empty || root === undefined || (bassName !== undefined && bass === undefined)) return undefined;
  const tones = [
    ...new Set(
      read.intervals.map((_, i) => (Note.get(read.notes[i]!).chroma - tonics.indexOf(root) + 12) % 12),
    ),
  ];
  const kind = kindOf(tones);
  const sorted = tones.toSorted((a, b) => a - b);
  const isPlain = String(sorted) === String(chordTones[kind]);
  return {
    root,
    kind,
    ...(!isPlain && { tones: sorted }),
    ...(bass !== undefined && bass !== root && { bass }),
    symbol: absolute.replace(/^([A-G])#/, '$1♯').replace(/^([A-G])b/, '$1♭'),
  };
}

/** Rewrites notations of a chord that tonal does not know. */
function tidy(name: string): string {
  return name
    .replace(/^([A-G][#b]*)-/, '$1m')
    .replace(/^([A-G][#b]*)(?:min|mi)(?!n)/, '$1m')
    .replace(/(?:Δ|△)7?/, 'maj7')
    .replace(/^([A-G][#b]*)m(?:maj|Maj|M)7$/, '$1mMaj7')
    .replace(/ø7?/, 'm7b5')
    .replace(/°/, 'o')
    .replace(/^([A-G][#b]*)(?:j7|7M|Maj7|M7|ma7)$/, '$1maj7')
    .replace(/^([A-G][#b]*)(.*?)sus$/, '$1$2sus4')
    .replace(/^([A-G][#b]*)7sus4$/, '$17sus4');
}

function tonicOf(name: string | null): Tonic | undefined {
  const { chroma } = Note.get(name ?? '');
  return tonics[chroma];
}

const numerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];
const degrees = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const;

/** `ii7` in C major is `Dm7`; undefined if it is not a Roman numeral. */
function fromRoman(word: string, key: Key): string | undefined {
  const match = /^([b#]*)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)$/.exec(word);
  if (match === null) return undefined;
  const [, signs = '', numeral = '', rest = ''] = match;
  const isMinor = numeral === numeral.toLowerCase();
  const degree = numerals.indexOf(numeral.toUpperCase());
  const steps = hasMajorThird(key) ? degrees.major : degrees.minor;
  const isLeading = degree === 6 && /^(o|°|dim|ø)/.test(rest) && signs === '';
  const shift = signs.startsWith('b') ? -signs.length : signs.length;
  const semitones = (isLeading ? 11 : steps[degree]!) + shift;
  const root = tonics[(tonics.indexOf(key.tonic) + semitones + 24) % 12]!;
  const quality = isMinor && !/^(o|°|dim|ø|m(?!aj)|-)/.test(rest) ? `m${rest}` : rest;
  return root + quality;
}

/** The nearest common kind of chord. */
function kindOf(tones: readonly number[]): ChordKind {
  const has = (tone: number): boolean => tones.includes(tone);
  if (has(4)) {
    if (has(10)) return '7';
    if (has(11)) return 'maj7';
    return has(8) && !has(7) ? 'aug' : 'maj';
  }
  if (has(3)) {
    if (has(6) && !has(7)) return 'dim';
    return has(10) ? 'min7' : 'min';
  }
  return has(5) || has(2) ? 'sus' : 'maj';
}

/** @param place the number of the chord; 0 if there are none, or too many */
function wrong(word: string, place: number): UserError {
  return new UserError('options.chords', { problem: 'chord', given: word.slice(0, 40), place });
}
