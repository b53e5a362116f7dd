import { optionSpecs, type RawOptions } from '../request/options.js';

/** How far the radio has been steered: below 0 calmer, above 0 livelier. */
export type Level = -2 | -1 | 0 | 1 | 2;
const levels: readonly Level[] = [-2, -1, 0, 1, 2];

/** Words that a level adds to the text of the request. */
const words: Readonly<Record<Level, string>> = {
  [-2]: 'very slow, very soft, very sparse',
  [-1]: 'slow, soft, sparse',
  0: '',
  1: 'fast, loud, dense',
  2: 'very fast, very loud, very dense',
};

/** The next level in a direction; undefined at either end. */
export function levelBeside(level: Level, direction: -1 | 1): Level | undefined {
  return levels.find((each) => each === level + direction);
}

/**
 * The request made calmer or livelier. Moods move into the text, because as options they would override it; in a text,
 * the later of two conflicting words wins.
 */
export function atLevel(wishes: RawOptions, level: Level): RawOptions {
  if (level === 0) return wishes;
  const { mood, text, ...others } = wishes;
  const added = words[level];
  const own = [text, mood].filter((each) => each !== undefined).join(', ');
  const room = optionSpecs.text.maxLength - added.length - 2;
  const kept = own.slice(0, room);
  return { ...others, text: kept === '' ? added : `${kept}, ${added}` };
}
