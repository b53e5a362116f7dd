import type { CompositionRequest } from '../request/request.js';
import { meaningOf, type Meaning } from '../request/words/meanings.js';
import { saysOfSongs } from '../request/words/song-words.js';
import { nearestTo } from '../request/words/nearest.js';
import { degreeIn, type Understanding } from '../request/words/understanding.js';
import type { Language } from './language.js';

/** What was understood of a text, in a language. */
export function understoodIn(language: Language, { words, key }: Understanding): readonly string[] {
  const { result } = language;
  return [
    ...words.map((word) => {
      const { degree, name } = degreeIn(word);
      const own = wordIn(language, name);
      return degree === undefined ? own : result.meant[degree](own);
    }),
    ...(key === undefined ? [] : [result.key(key)]),
  ];
}

/**
 * What a reader should know first: the words that were not understood, with the nearest known ones, and
 * wishes that no network was trained on, with the nearest substitute.
 */
export function notUnderstoodIn(language: Language, text: Understanding): readonly string[] {
  const { result } = language;
  const { ignored, untaught = [] } = text;
  const isNothing = understoodIn(language, text).length === 0 && untaught.length === 0;
  if (isNothing && ignored.every((word) => nearestTo(word) === undefined)) return [result.nothingUnderstood];
  const instead = new Set(untaught.flatMap((name) => meaningOf(name).nearest ?? []));
  const listed = (names: Iterable<string>): string =>
    [...names].map((name) => wordIn(language, name)).join(', ');
  return [
    ...(ignored.length === 0
      ? []
      : [result.notUnderstood(ignored.map((word) => withNearest(language, word)).join(', '))]),
    ...(untaught.length === 0 ? [] : [result.untaught(listed(untaught), listed(instead))]),
  ];
}

/** Properties of a character that songs follow. */
const followedBySongs: readonly string[] = ['mode', 'tempo', 'loudness'];

/** A line naming the wishes that have no effect on a song; empty if there are none. */
export function notFollowedIn(
  language: Language,
  { task, text }: Pick<CompositionRequest, 'task' | 'text'>,
): readonly string[] {
  if (task.kind !== 'song' || text === undefined) return [];
  const vain = text.words
    .map(degreeIn)
    .filter(({ name }) => !saysOfSongs(name) && !isFollowed(meaningOf(name)));
  if (vain.length === 0) return [];
  return [language.result.notInSongs(vain.map(({ name }) => wordIn(language, name)).join(', '))];
}

/** @param meaning undefined for numbers, which songs follow */
function isFollowed(meaning: Meaning | undefined): boolean {
  if (meaning === undefined) return true;
  const { character = {}, bpm, meter, options } = meaning;
  return (
    [bpm, meter, options].some((each) => each !== undefined) ||
    Object.keys(character).some((name) => followedBySongs.includes(name))
  );
}

function withNearest(language: Language, word: string): string {
  const nearest = nearestTo(word);
  return nearest === undefined ? word : language.result.perhaps(word, wordIn(language, nearest));
}

/** The name of a concept or composer in a language; numbers unchanged. */
export function wordIn({ choices, concepts }: Language, name: string): string {
  const own: Readonly<Record<string, string>> = { ...choices.composer, ...choices.era, ...choices.mood };
  const phrases: Readonly<Record<string, string>> = concepts;
  return own[name] ?? phrases[name]?.split(',')[0] ?? name;
}
