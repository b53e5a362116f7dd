import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCharacters, encodeCharacters } from '../../src/model/characters-file.js';

const sizes = new Map([
  ['tempo', 8],
  ['loudness', 6],
]);

describe('the file of characters', () => {
  it('keeps every grade and measure of every excerpt', () => {
    const measure = fc.integer({ min: 1, max: 9999 }).map((hundredths) => hundredths / 100);
    const excerpt = fc.record({
      grades: fc.record({ tempo: fc.nat(7), loudness: fc.nat(5) }),
      measures: fc.record({ density: measure, polyphony: measure, loudness: measure }),
    });
    const names = fc.uniqueArray(fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'));
    fc.assert(
      fc.property(names, fc.array(excerpt, { minLength: 1 }), (composers, excerpts) => {
        const characters = new Map(composers.map((name) => [name, excerpts]));
        expect(decodeCharacters(encodeCharacters(characters), sizes)).toEqual(characters);
      }),
    );
  });

  it('is refused if it has tags or grades that the network lacks, or other contents', () => {
    const decode =
      (tags: readonly string[], digits: string, measures: readonly number[] = [9.5, 2, 64]) =>
      () =>
        decodeCharacters(JSON.stringify({ tags, excerpts: { bach: [[digits, ...measures]] } }), sizes);
    expect(decode(['tempo', 'loudness'], '75')).not.toThrow();
    for (const wrong of ['85', '76', '7', '755', 'ab', ''])
      expect(decode(['tempo', 'loudness'], wrong), wrong).toThrow();
    expect(decode(['tempo', 'density'], '75')).toThrow('75 does not grade tempo,density.');
    for (const measures of [[], [9.5, 2], [9.5, 2, 64, 1], [0, 2, 64], [9.5, -2, 64]])
      expect(decode(['tempo', 'loudness'], '75', measures), measures.join()).toThrow();
    expect(() => decodeCharacters('{}', sizes)).toThrow();
  });
});
