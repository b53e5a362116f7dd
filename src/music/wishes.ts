import { composers } from './composer-names.js';
import { meaningOf, readJapanese, type WordRead } from './foreign-words.js';
import { findKey } from './key-words.js';
import type { Key } from './key.js';

export { composers };

/**
 * What music is to be like, for a network that can be told. Amounts go from 0, the least of real
 * music, to 1, the most; what is absent is free.
 */
export interface Character {
  readonly mode?: 'major' | 'minor';
  readonly tempo?: number;
  /** Notes a second. */
  readonly density?: number;
  readonly loudness?: number;
  /** How far loud and soft lie apart. */
  readonly dynamics?: number;
  readonly register?: number;
  /** Notes that sound together. */
  readonly polyphony?: number;
  /** 0 is short and detached, 1 long and bound. */
  readonly articulation?: number;
}

/** What each mood means. */
export const moods = {
  sad: { mode: 'minor', tempo: 0.1, density: 0.1, loudness: 0.1, register: 0.25 },
  calm: { mode: 'major', tempo: 0, density: 0, loudness: 0, dynamics: 0, articulation: 1 },
  tender: { mode: 'major', tempo: 0.2, density: 0.2, loudness: 0, articulation: 0.7 },
  dreamy: { mode: 'major', density: 0.3, loudness: 0.1, register: 0.75, polyphony: 0.8, articulation: 1 },
  mysterious: { mode: 'minor', tempo: 0.2, density: 0.1, loudness: 0, register: 0.1 },
  dark: { mode: 'minor', density: 0.4, loudness: 0.5, register: 0, polyphony: 0.7 },
  happy: { mode: 'major', tempo: 0.8, density: 0.6, loudness: 0.6, register: 0.7, articulation: 0.3 },
  playful: { mode: 'major', tempo: 0.9, density: 0.5, loudness: 0.4, register: 0.9, articulation: 0 },
  dramatic: { mode: 'minor', density: 0.8, loudness: 0.9, dynamics: 1, polyphony: 0.7 },
  angry: { mode: 'minor', tempo: 1, density: 1, loudness: 1, register: 0.2 },
  triumphant: { mode: 'major', density: 0.7, loudness: 1, polyphony: 1 },
  epic: { density: 0.8, loudness: 1, dynamics: 1, polyphony: 1 },
} as const satisfies Readonly<Record<string, Character>>;

export type Mood = keyof typeof moods;
export const moodNames = Object.keys(moods) as readonly Mood[];

/** Of notes in a second, and of notes at once. */
export const densities = ['sparse', 'light', 'medium', 'busy', 'dense'] as const;
export const polyphonies = ['thin', 'light', 'medium', 'rich', 'full'] as const;

export const eras = ['baroque', 'classical', 'romantic', 'modern'] as const;
export type Era = (typeof eras)[number];

/** What somebody asks of the character of music, as they said it. */
export interface Wishes {
  readonly mood?: Mood;
  readonly density?: (typeof densities)[number];
  readonly polyphony?: (typeof polyphonies)[number];
  /** One of {@link composers}. */
  readonly composer?: string;
  readonly era?: Era;
  /** In words of their own, read by {@link understand}. */
  readonly text?: string;
}

/** Words for a character, beside the moods. */
export const adjectives = {
  slow: { tempo: 0 },
  fast: { tempo: 1, density: 0.9 },
  soft: { loudness: 0 },
  loud: { loudness: 1 },
  low: { register: 0 },
  high: { register: 1 },
  sparse: { density: 0 },
  dense: { density: 1 },
  thin: { polyphony: 0 },
  rich: { polyphony: 1 },
  staccato: { articulation: 0 },
  legato: { articulation: 1 },
  expressive: { dynamics: 1 },
  even: { dynamics: 0 },
  major: { mode: 'major' },
  minor: { mode: 'minor' },
} as const satisfies Readonly<Record<string, Character>>;

export type Adjective = keyof typeof adjectives;
/** Every word of the vocabulary but the composers. */
export type Term = Mood | Adjective | Era;

/** Other words for the same. */
const synonyms: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ melancholic: 'sad', melancholy: 'sad', sorrowful: 'sad', mournful: 'sad', gloomy: 'dark' },
    ...{ peaceful: 'calm', relaxing: 'calm', relaxed: 'calm', gentle: 'tender', romantically: 'tender' },
    ...{ joyful: 'happy', cheerful: 'happy', merry: 'happy', funny: 'playful', furious: 'angry' },
    ...{ heroic: 'triumphant', victorious: 'triumphant', grand: 'epic', spooky: 'mysterious' },
    ...{ adagio: 'slow', lento: 'slow', largo: 'slow', slowly: 'slow', quick: 'fast', presto: 'fast' },
    ...{ allegro: 'fast', lively: 'fast', quiet: 'soft', forte: 'loud', powerful: 'loud' },
    ...{ deep: 'low', bright: 'high', busy: 'dense', full: 'rich', detached: 'staccato', flowing: 'legato' },
    ...{ albeniz: 'albéniz', janacek: 'janáček', rachmaninov: 'rachmaninoff', tschaikowsky: 'tchaikovsky' },
  }),
);

/** Words that say nothing about the music. */
const fillers: ReadonlySet<string> = new Set(
  (
    'a an the in of and with by like for to on me my some please ' +
    'very really style music piano piece song something era key but compose play'
  ).split(' '),
);

/** What was read out of a text. */
export interface Understanding {
  readonly character: Character;
  readonly key?: Key;
  readonly composer?: string;
  readonly era?: Era;
  /** In the order of the text, in the words of the vocabulary: terms and composers. */
  readonly words: readonly string[];
  /** The same, and the key, for people who read English. */
  readonly understood: readonly string[];
  /** Words that are neither understood nor empty, as they were written. */
  readonly ignored: readonly string[];
}

/**
 * Reads free text word by word: moods, adjectives, a key, composers and eras, in English, German,
 * French, Spanish, Russian or Japanese. A later word wins.
 */
export function understand(text: string): Understanding {
  const words: string[] = [];
  const ignored: string[] = [];
  let mood: Character = {};
  let adjective: Character = {};
  let composer: string | undefined;
  let era: Era | undefined;
  const { key, rest } = findKey(text);
  for (const { written, meaning } of wordsIn(rest)) {
    if (meaning === '') continue;
    if (meaning === undefined) {
      ignored.push(written);
      continue;
    }
    if (isOneOf(moods, meaning)) mood = { ...mood, ...moods[meaning] };
    else if (isOneOf(adjectives, meaning)) adjective = { ...adjective, ...adjectives[meaning] };
    else if (composers.includes(meaning)) composer = meaning;
    else era = meaning as Era;
    words.push(meaning);
  }
  return {
    character: { ...mood, ...adjective },
    ...(key !== undefined && { key }),
    ...(composer !== undefined && { composer }),
    ...(era !== undefined && { era }),
    words,
    understood: key === undefined ? words : [...words, `${key.tonic} ${key.scale.replaceAll('-', ' ')}`],
    ignored,
  };
}

const wordOrJapanese =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+)|[\p{Letter}\p{Number}'’-]+/gu;

/** The words of a text, each with what it means in the vocabulary: nothing, the empty word, or undefined. */
function wordsIn(text: string): readonly WordRead[] {
  return [...text.matchAll(wordOrJapanese)].flatMap(([written, japanese]) =>
    japanese === undefined
      ? [{ written, meaning: inEnglish(written) ?? meaningOf(written) }]
      : readJapanese(japanese),
  );
}

function inEnglish(written: string): string | undefined {
  const lower = written.toLowerCase().replace(/['’]s$/, '');
  if (fillers.has(lower)) return '';
  const word = synonyms.get(lower) ?? lower;
  const isTerm = isOneOf(moods, word) || isOneOf(adjectives, word) || eras.some((name) => name === word);
  return isTerm || composers.includes(word) ? word : undefined;
}

function isOneOf<Names extends object>(names: Names, word: string): word is Extract<keyof Names, string> {
  return Object.hasOwn(names, word);
}

/** Everything that wishes come to: what is named wins over what a text says, one thing over a mood. */
export function characterOf({
  mood,
  density,
  polyphony,
  composer,
  era,
  text = '',
}: Wishes): Character & Pick<Understanding, 'composer' | 'era'> {
  const read = understand(text);
  const [who = read.composer, when = read.era] = [composer, era];
  return {
    ...read.character,
    ...(mood !== undefined && moods[mood]),
    ...(density !== undefined && { density: share(densities, density) }),
    ...(polyphony !== undefined && { polyphony: share(polyphonies, polyphony) }),
    ...(who !== undefined && { composer: who }),
    ...(when !== undefined && { era: when }),
  };
}

function share<T>(names: readonly T[], name: T): number {
  return names.indexOf(name) / (names.length - 1);
}
