import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/music/note.js';
import { parseKey, scalePitchClasses } from '../../../src/music/theory/scale.js';
import { shiftToMedian, transpose } from '../../../src/music/edit/transpose.js';
import { anyKey, anyPitch } from '../../compose/requests.js';

const notes = (...pitches: number[]): Note[] =>
  pitches.map((pitch, i) => ({ pitch, onsetSeconds: i, durationSeconds: 1, velocity: 64 }));
const pitches = (moved: readonly Note[]): number[] => moved.map((note) => note.pitch);
const anyTarget = fc.integer({ min: 0, max: 127 });

describe('transpose', () => {
  it('moves every pitch by whole semitones', () => {
    expect(pitches(transpose(notes(60, 64, 67), -5))).toEqual([55, 59, 62]);
  });

  it('folds pitches that would leave the range back by octaves', () => {
    expect(pitches(transpose(notes(120, 127, 0), 1))).toEqual([121, 116, 1]);
    expect(pitches(transpose(notes(0, 5, 100), -30))).toEqual([6, 11, 70]);
    expect(pitches(transpose(notes(127), 127))).toEqual([122]);
  });

  it('keeps pitch classes and the range for any shift', () => {
    fc.assert(
      fc.property(fc.array(anyPitch), fc.integer({ min: -127, max: 127 }), (drawn, shift) => {
        pitches(transpose(notes(...drawn), shift)).forEach((pitch, i) => {
          expect(pitch).toBeGreaterThanOrEqual(0);
          expect(pitch).toBeLessThanOrEqual(127);
          expect(Math.abs(pitch - drawn[i]! - shift) % 12).toBe(0);
        });
      }),
    );
  });
});

describe('shiftToMedian', () => {
  it('moves the median to the target, the lower one for an even number', () => {
    expect(shiftToMedian(notes(70, 50, 62), 60)).toBe(-2);
    expect(shiftToMedian(notes(50, 60, 64, 80), 64)).toBe(4);
  });

  it('keeps to the scale: C major moved up a tone stays where all notes fit', () => {
    const scale = parseKey('C major');
    expect(shiftToMedian(notes(60, 62, 64, 65, 67, 69, 71), 65 + 2, scale)).toBe(0);
    expect(shiftToMedian(notes(60, 62, 64, 65, 67, 69, 71), 65 + 7, scale)).toBe(12);
    expect(shiftToMedian(notes(60, 64, 67), 64 + 4, scale)).toBe(5);
  });

  it('uses the lower of two equally near shifts', () => {
    expect(shiftToMedian(notes(60), 61, parseKey('C major'))).toBe(0);
  });

  it('is at most six semitones from the target in any scale, and within the scale', () => {
    fc.assert(
      fc.property(anyKey, fc.array(anyPitch, { minLength: 1 }), anyTarget, (key, drawn, target) => {
        const inScale = scalePitchClasses(key);
        const scaleNotes = notes(...drawn.filter((pitch) => inScale[pitch % 12]));
        fc.pre(scaleNotes.length > 0);
        const shift = shiftToMedian(scaleNotes, target, key);
        expect(Math.abs(shift - shiftToMedian(scaleNotes, target))).toBeLessThanOrEqual(6);
        for (const pitch of pitches(transpose(scaleNotes, shift))) expect(inScale[pitch % 12]).toBe(true);
      }),
    );
  });

  it('says so when the notes are not in the scale', () => {
    expect(() => shiftToMedian(notes(60, 61, 62), 64, parseKey('C major pentatonic'))).toThrow(
      'not in the scale',
    );
  });
});
