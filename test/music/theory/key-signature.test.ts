import { describe, expect, it } from 'vitest';
import { keyOfSignature, signatureOfKey } from '../../../src/music/theory/key-signature.js';
import { scaleNames, tonics, type Key } from '../../../src/music/theory/key.js';

describe('signatureOfKey', () => {
  it.each<[Key['tonic'], Key['scale'], number, boolean]>([
    ['C', 'major', 0, false],
    ['F#', 'major', 6, false],
    ['Ab', 'major', -4, false],
    ['A', 'natural-minor', 0, true],
    ['C', 'harmonic-minor', -3, true],
    ['Eb', 'melodic-minor', -6, true],
    ['D', 'dorian', 0, false],
    ['E', 'phrygian', 0, false],
    ['F', 'lydian', 0, false],
    ['G', 'mixolydian', 0, false],
    ['B', 'locrian', 0, false],
    ['Bb', 'lydian', -1, false],
    ['G', 'major-pentatonic', 1, false],
    ['E', 'minor-pentatonic', 1, true],
    ['A', 'blues', 0, true],
    // Signatures with eight accidentals are not used: D flat lydian, G sharp phrygian.
    ['C#', 'lydian', -4, false],
    ['Ab', 'phrygian', 4, false],
  ])('writes %s %s with %i sharps', (tonic, scale, sharps, minor) => {
    expect(signatureOfKey({ tonic, scale })).toEqual({ sharps, minor });
  });

  it('writes none for scales without one', () => {
    expect(signatureOfKey({ tonic: 'C', scale: 'whole-tone' })).toBeUndefined();
    expect(signatureOfKey({ tonic: 'C', scale: 'chromatic' })).toBeUndefined();
  });

  it('stays within seven sharps or flats for every key', () => {
    for (const tonic of tonics) {
      for (const scale of scaleNames) {
        expect(Math.abs(signatureOfKey({ tonic, scale })?.sharps ?? 0)).toBeLessThanOrEqual(7);
      }
    }
  });
});

describe('keyOfSignature', () => {
  it('round-trips every major and natural minor key', () => {
    for (const tonic of tonics) {
      for (const scale of ['major', 'natural-minor'] as const) {
        expect(keyOfSignature(signatureOfKey({ tonic, scale })!)).toEqual({ tonic, scale });
      }
    }
  });

  it('names seven flats by the enharmonic key', () => {
    expect(keyOfSignature({ sharps: -7, minor: false })).toEqual({ tonic: 'B', scale: 'major' });
    expect(keyOfSignature({ sharps: -7, minor: true })).toEqual({ tonic: 'Ab', scale: 'natural-minor' });
  });

  it('gives none for a signature that does not exist', () => {
    for (const sharps of [-8, 8, 0.5, NaN]) expect(keyOfSignature({ sharps, minor: false })).toBeUndefined();
  });
});
