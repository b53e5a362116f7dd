import { describe, expect, it } from 'vitest';
import { english } from '../../src/i18n/en/english.js';
import { soundIn } from '../../src/i18n/sound.js';
import { wandering } from './audio/midi-fixture.js';
import { note, pieceOf } from './piece-fixture.js';

/** Equidistant notes at a rate per second. */
function even(perSecond: number, velocity = 60, pitch = 64, chord = 1) {
  return Array.from({ length: 40 * chord }, (_, i) =>
    note(pitch + (i % chord), Math.floor(i / chord) / perSecond, 0.1, velocity),
  );
}

describe('what a piece sounds like', () => {
  it('names the number of notes, key, length, speed, register and loudness', () => {
    const piece = pieceOf(wandering(225, 64), { givenNotes: 25 });
    expect(soundIn(english, piece)).toBe(
      '225 notes (the first 25 are the opening), C major, 1:04, moderately fast, mostly middle register, soft to loud',
    );
  });

  it.each([
    [0.5, 'very slow'],
    [1, 'slow'],
    [2, 'moderate'],
    [4, 'moderately fast'],
    [6, 'fast'],
    [12, 'very fast'],
  ])('calls %d strikes a second %s', (perSecond, word) => {
    expect(soundIn(english, pieceOf(even(perSecond)))).toContain(`, ${word},`);
  });

  it('counts a chord as one strike', () => {
    expect(soundIn(english, pieceOf(even(2, 60, 64, 4)))).toContain(', moderate,');
  });

  it.each([
    [20, ', very soft'],
    [40, ', soft'],
    [60, ', moderately loud'],
    [90, ', loud'],
    [120, ', very loud'],
  ])('calls velocity %d%s', (velocity, words) => {
    expect(soundIn(english, pieceOf(even(2, velocity))).endsWith(words)).toBe(true);
  });

  it.each([
    [36, 'mostly low register'],
    [64, 'mostly middle register'],
    [96, 'mostly high register'],
  ])('places pitch %d in the %s', (pitch, words) => {
    expect(soundIn(english, pieceOf(even(2, 60, pitch)))).toContain(words);
  });

  it('says when a piece spans the keyboard, but not because of one stray note', () => {
    const wide = Array.from({ length: 30 }, (_, i) => note(30 + 2 * i, i, 1));
    expect(soundIn(english, pieceOf(wide))).toContain('from low to high');
    expect(soundIn(english, pieceOf([...even(2), note(120, 30, 1, 127)]))).toContain(
      'mostly middle register',
    );
  });

  it('leaves out what is not known', () => {
    const keyless = pieceOf([note(60, 0, 2)], { key: undefined });
    expect(soundIn(english, keyless)).toBe('1 note, 0:02, mostly middle register, loud');
    expect(soundIn(english, pieceOf([]))).toBe('A piece without notes.');
  });

  it('fits into an alt text', () => {
    expect(soundIn(english, pieceOf(wandering(2000, 1e6))).length).toBeLessThan(200);
  });
});
