import { z } from 'zod';
import type { Key } from '../../music/theory/key.js';
import { keySchema, type Fields } from '../fields.js';
import { composers } from './composer-names.js';
import { meaningOf, readJapanese, type WordRead } from './foreign-words.js';
import { findKey } from './key-words.js';
import { adjectives, characterFields, eras, moods, type Character, type Era } from './wishes.js';

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
  /** Words that are neither understood nor empty, as they were written. */
  readonly ignored: readonly string[];
}

const words = z.array(z.string());

/** As a record keeps it: by its values, so that a word that gets another meaning changes no old piece. */
export const understandingFields = {
  character: z.strictObject(characterFields),
  key: keySchema.exactOptional(),
  composer: z.string().exactOptional(),
  era: z.enum(eras).exactOptional(),
  words,
  ignored: words,
} satisfies Fields<Understanding>;

/** What was understood, for people who read English. */
export function understoodInEnglish({ words: known, key }: Understanding): readonly string[] {
  return key === undefined ? known : [...known, `${key.tonic} ${key.scale.replaceAll('-', ' ')}`];
}

/**
 * Reads free text word by word: moods, adjectives, a key, composers and eras, in English, German,
 * French, Spanish, Russian or Japanese. A later word wins.
 */
export function understand(text: string): Understanding {
  const known: string[] = [];
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
    known.push(meaning);
  }
  return {
    character: { ...mood, ...adjective },
    ...(key !== undefined && { key }),
    ...(composer !== undefined && { composer }),
    ...(era !== undefined && { era }),
    words: known,
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
