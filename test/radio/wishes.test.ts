import { describe, expect, it } from 'vitest';
import { atLevel, levelBeside, type Level } from '../../src/radio/wishes.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { characterOf } from '../../src/request/character.js';
import type { RawOptions } from '../../src/request/options.js';

const levels: readonly Level[] = [-2, -1, 0, 1, 2];

function densityAt(wishes: RawOptions, level: Level): number | undefined {
  return characterOf(parseOptions(atLevel(wishes, level), 1).settings).density;
}

describe('what was wished', () => {
  it('stays unchanged until somebody steers', () => {
    const wishes = { mood: 'sad', composer: 'chopin' };
    expect(atLevel(wishes, 0)).toBe(wishes);
  });

  it.each([
    {},
    { mood: 'sad' },
    { mood: 'angry,epic' },
    { text: 'a busy night' },
    { text: 'langsam', mood: 'dreamy' },
  ])('becomes livelier with every level: %o', (wishes) => {
    const densities = levels.filter((level) => level !== 0).map((level) => densityAt(wishes, level)!);
    expect(densities).toEqual(densities.toSorted((a, b) => a - b));
    expect(new Set(densities).size).toBe(4);
  });

  it('keeps all other options', () => {
    expect(atLevel({ text: 'waltz', mood: 'sad', composer: 'chopin' }, 1)).toEqual({
      text: 'waltz, sad, fast, loud, dense',
      composer: 'chopin',
    });
  });

  it('never makes the text too long', () => {
    for (const level of levels) {
      expect(() => parseOptions(atLevel({ text: 'x'.repeat(200), mood: 'sad' }, level), 1)).not.toThrow();
    }
  });
});

it('has a next level in each direction, up to the last', () => {
  expect(levelBeside(0, 1)).toBe(1);
  expect(levelBeside(-1, -1)).toBe(-2);
  expect(levelBeside(-2, -1)).toBeUndefined();
  expect(levelBeside(2, 1)).toBeUndefined();
});
