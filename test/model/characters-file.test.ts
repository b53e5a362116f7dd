import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCharacters, encodeCharacters } from '../../src/model/characters-file.js';

const sizes = new Map([
  ['tempo', 8],
  ['loudness', 6],
]);

describe('the file of characters', () => {
  it('keeps every grade of every excerpt', () => {
    const excerpt = fc.record({ tempo: fc.nat(7), loudness: fc.nat(5) });
    const names = fc.uniqueArray(fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'));
    fc.assert(
      fc.property(names, fc.array(excerpt, { minLength: 1 }), (composers, excerpts) => {
        const characters = new Map(composers.map((name) => [name, excerpts]));
        expect(decodeCharacters(encodeCharacters(characters), sizes)).toEqual(characters);
      }),
    );
  });

  it('is refused if it has tags or grades that the network lacks, or other contents', () => {
    const decode = (tags: readonly string[], excerpt: string) => () =>
      decodeCharacters(JSON.stringify({ tags, excerpts: { bach: [excerpt] } }), sizes);
    expect(decode(['tempo', 'loudness'], '75')).not.toThrow();
    for (const wrong of ['85', '76', '7', '755', 'ab', ''])
      expect(decode(['tempo', 'loudness'], wrong), wrong).toThrow();
    expect(decode(['tempo', 'density'], '75')).toThrow('75 does not grade tempo,density.');
    expect(() => decodeCharacters('{}', sizes)).toThrow();
  });
});
