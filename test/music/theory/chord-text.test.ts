import { describe, expect, it } from 'vitest';
import { symbolOf } from '../../../src/music/theory/chord.js';
import { fromGerman, isGermanSpelling, readChords, toGerman } from '../../../src/music/theory/chord-text.js';
import type { Key } from '../../../src/music/theory/key.js';

const read = (text: string, key?: Key): string =>
  readChords(text, key)
    .map((bar) => bar.map(symbolOf).join(' '))
    .join(' | ');

describe('chords as people write them', () => {
  it.each([
    ['Am F C G', 'Am | F | C | G'],
    ['am f c g', 'Am | F | C | G'],
    ['Am - F - C - G', 'Am | F | C | G'],
    ['Am-F-C-G', 'Am | F | C | G'],
    ['Dm7 G7 | Cmaj7', 'Dm7 G7 | Cmaj7'],
    ['| C | % | G7 |', 'C | C | G7'],
    ['2x(C Am F G) F G C', 'C | Am | F | G | C | Am | F | G | F | G | C'],
    ['(C G)x2 Am', 'C | G | C | G | Am'],
    ['i VI III VII', 'Cm | A♭ | E♭ | B♭'],
    ['ii7 V7 | Imaj7', 'Dm7 G7 | Cmaj7'],
    ['C/E F♯m7b5 B♭sus4 Cm(maj7)', 'C/E | F♯m7b5 | B♭sus4 | Cmmaj7'],
  ])('%j', (text, bars) => {
    expect(read(text)).toBe(bars);
  });

  it('count Roman numerals from the key', () => {
    expect(read('i VI III VII', { tonic: 'A', scale: 'natural-minor' })).toBe('Am | F | C | G');
    expect(read('I V vi IV', { tonic: 'D', scale: 'major' })).toBe('D | A | Bm | G');
  });

  it('have the tones that they are written with', () => {
    const chord = (text: string): unknown => readChords(text)[0]![0];
    expect(chord('Am7')).toMatchObject({ root: 'A', kind: 'min7' });
    expect(chord('Am7')).not.toHaveProperty('tones');
    expect(chord('Cadd9')).toMatchObject({ root: 'C', kind: 'maj', tones: [0, 2, 4, 7] });
    expect(chord('Bm7b5/F')).toMatchObject({ root: 'B', kind: 'dim', tones: [0, 3, 6, 10], bass: 'F' });
    expect(chord('Gsus4')).toMatchObject({ root: 'G', kind: 'sus' });
  });

  it('are read as German if there is an H', () => {
    expect(['Am F', 'H7 E', 'h E', 'Bb'].map(isGermanSpelling)).toEqual([false, true, true, false]);
    expect(fromGerman('H7 E B')).toBe('B7 E Bb');
    expect(fromGerman('B♭ Bb F/B F/H Hm7 Bdim bVII B#')).toBe('Bb Bb F/Bb F/B Bm7 Bbdim bVII B#');
    const international = 'B7 E Bb | F/B F/Bb Bm Bbm7 bVII | 2x(B Bb)';
    expect(toGerman(international)).toBe('H7 E B | F/H F/B Hm Bm7 bVII | 2x(H B)');
    expect(fromGerman(toGerman(international))).toBe(international);
  });

  it.each([
    ['Am X C', 'X', 2],
    ['C Em/ G', 'Em/', 2],
    ['N.C.', 'N.C.', 1],
    ['C D E F | G G G G G', 'G', 9],
    ['', '', 0],
    ['| |', '| |', 0],
    ['3x(C', '(', 1],
    ['C ) G', ')', 2],
  ])('%j is refused with its position', (text, given, place) => {
    expect(() => readChords(text)).toThrow(
      expect.objectContaining({ code: 'options.chords', details: { problem: 'chord', given, place } }),
    );
  });

  it('are limited to what a song can have', () => {
    expect(() => readChords('99x(99x(C))')).toThrow(expect.objectContaining({ code: 'options.chords' }));
  });
});
