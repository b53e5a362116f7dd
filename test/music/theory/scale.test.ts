import { describe, expect, it } from 'vitest';
import { scaleNames, tonics } from '../../../src/music/theory/key.js';
import {
  formatKey,
  parseKey,
  parseScale,
  parseTonic,
  scalePitchClasses,
} from '../../../src/music/theory/scale.js';

const members = (key: string): string =>
  scalePitchClasses(parseKey(key))
    .flatMap((belongs, pitchClass) => (belongs ? [tonics[pitchClass]] : []))
    .join(' ');

describe('scalePitchClasses', () => {
  it.each([
    ['C major', 'C D E F G A B'],
    ['D major', 'C# D E F# G A B'],
    ['A natural minor', 'C D E F G A B'],
    ['A harmonic minor', 'C D E F Ab A B'],
    ['A melodic minor', 'C D E F# Ab A B'],
    ['D dorian', 'C D E F G A B'],
    ['E phrygian', 'C D E F G A B'],
    ['F lydian', 'C D E F G A B'],
    ['G mixolydian', 'C D E F G A B'],
    ['B locrian', 'C D E F G A B'],
    ['F# major pentatonic', 'C# Eb F# Ab Bb'],
    ['Eb minor pentatonic', 'C# Eb F# Ab Bb'],
    ['C blues', 'C Eb F F# G Bb'],
    ['C# whole tone', 'C# Eb F G A B'],
    ['B chromatic', 'C C# D Eb E F F# G Ab A Bb B'],
  ])('%s is %s', (key, expected) => {
    expect(members(key)).toBe(expected);
  });

  it('always contains the tonic, at its index', () => {
    for (const [pitchClass, tonic] of tonics.entries()) {
      for (const scale of scaleNames) expect(scalePitchClasses({ tonic, scale })[pitchClass]).toBe(true);
    }
  });
});

describe('parseTonic', () => {
  it.each([
    ['c', 'C'],
    [' C# ', 'C#'],
    ['Db', 'C#'],
    ['C♯', 'C#'],
    ['B♭', 'Bb'],
    ['bb', 'Bb'],
    ['b', 'B'],
    ['E#', 'F'],
    ['Cb', 'B'],
    ['F##', 'G'],
    ['G#', 'Ab'],
  ])('reads %j as %s', (text, tonic) => {
    expect(parseTonic(text)).toBe(tonic);
  });

  it.each(['', 'H', 'C4', 'C major', '#', 'C#b', 'do'])('refuses %j and says what to write', (text) => {
    expect(() => parseTonic(text)).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'options.key',
        details: { problem: 'choice', option: 'key', choices: tonics, given: text },
      }),
    );
  });
});

describe('parseScale', () => {
  it.each([
    ['Major', 'major'],
    ['minor', 'natural-minor'],
    ['Aeolian', 'natural-minor'],
    ['ionian', 'major'],
    ['whole tone', 'whole-tone'],
    ['harmonic_minor', 'harmonic-minor'],
    ['pentatonic', 'major-pentatonic'],
  ])('reads %j as %s', (text, scale) => {
    expect(parseScale(text)).toBe(scale);
  });

  it('reads every scale by its own name', () => {
    expect(scaleNames.map(parseScale)).toEqual(scaleNames);
  });

  it('lists the choices for an unknown scale', () => {
    expect(() => parseScale('jazz')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'options.scale',
        details: { problem: 'choice', option: 'scale', choices: scaleNames, given: 'jazz' },
      }),
    );
  });
});

describe('formatting', () => {
  it.each([
    ['C major', 'C major'],
    ['Gb harmonic minor', 'F♯ harmonic minor'],
    ['B♭ whole tone', 'B♭ whole tone'],
  ])('writes %s as %s', (text, written) => {
    expect(formatKey(parseKey(text))).toBe(written);
  });
});
