import { optionSpecs, type RawOptions } from '../request/options.js';

/** How far a radio was steered: calmer below 0, livelier above. */
export type Level = -2 | -1 | 0 | 1 | 2;
const levels: readonly Level[] = [-2, -1, 0, 1, 2];

/** What a level adds to a wish, in words of a text. */
const words: Readonly<Record<Level, string>> = {
  [-2]: 'very slow, very soft, very sparse',
  [-1]: 'slow, soft, sparse',
  0: '',
  1: 'fast, loud, dense',
  2: 'very fast, very loud, very dense',
};

/** The next level in a direction; undefined where there is none. */
export function levelBeside(level: Level, direction: -1 | 1): Level | undefined {
  return levels.find((each) => each === level + direction);
}

/**
 * What was wished, calmer or livelier. Moods become words of the text, since as options they would hold against it;
 * of two words that say the same, the later holds.
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
