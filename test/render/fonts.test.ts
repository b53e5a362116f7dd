import { describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../src/i18n/languages.js';
import { rollWordsIn } from '../../src/i18n/picture.js';
import { drawable, has, japaneseFont, latinFont, type Font } from '../../src/render/fonts.js';
import { renderPng } from '../../src/render/raster.js';
import { element, text } from '../../src/render/svg.js';
import { Picture } from './picture.js';

/** Renders a character. */
function drawn(character: string, font: Font): string {
  const root = { xmlns: 'http://www.w3.org/2000/svg', width: 40, height: 40 };
  const place = { x: 4, y: 28, 'font-size': 24, fill: '#fff', 'font-family': font.family };
  return new Picture(renderPng(element('svg', root, text(character, place)))).cut(0, 0, 40, 40);
}

describe('the fonts', () => {
  it.each([
    ['A', true, true],
    ['é', true, true],
    ['Ж', true, true],
    ['♩', true, true],
    ['ع', true, false],
    ['ש', true, false],
    ['😀', true, false],
    ['月', false, true],
    ['ー', false, true],
    ['「', false, true],
    ['们', false, false],
    ['한', false, false],
    ['ไ', false, false],
    ['🎵', false, false],
  ])('have %s: %s, %s', (character, isLatin, isJapanese) => {
    expect([has(latinFont, character), has(japaneseFont, character)]).toEqual([isLatin, isJapanese]);
    // Characters missing in all fonts are drawn as a box, like an unassigned code point.
    const isBox = drawn(character, latinFont) === drawn('\u{50000}', latinFont);
    expect(isBox).toBe(!isLatin && !isJapanese);
  });

  it.each(languageCodes)('have all that is written in pictures in the language %s', (code) => {
    const {
      titles,
      titlesInFile: _file,
      keys,
      notes,
      instruments,
      sections,
      ...words
    } = rollWordsIn(languages[code]);
    const { openings, wish: _, ...sentences } = titles;
    const all = [openings, sentences, keys, notes, instruments, sections, words].flatMap((part) =>
      Object.values(part),
    );
    for (const each of all) expect(drawable(each)).toBe(each);
  });
});

describe('drawable', () => {
  it('leaves out symbols that no font has', () => {
    expect(drawable('Summer 🎵 night 🌞')).toBe('Summer night');
    expect(drawable('夜 🎹 ★')).toBe('夜 ★');
    expect(drawable('🎵')).toBe('');
  });

  it('rejects a text if a letter or digit would be missing', () => {
    expect(drawable('아리랑 (live)')).toBe('');
    expect(drawable('你们好')).toBe('');
    expect(drawable('Take ๒')).toBe('');
  });

  it('composes letters from their accents', () => {
    expect(drawable('Für Elise')).toBe('Für Elise');
  });
});
