import { describe, expect, it } from 'vitest';
import { formatKey, hasMajorThird, scalePitchClasses } from '../../../src/music/theory/scale.js';
import { signatureOfKey } from '../../../src/music/theory/key-signature.js';
import { tonics } from '../../../src/music/theory/key.js';
import { parseOptions } from '../../../src/request/parse-options.js';

const tones = (scale: 'minor' | 'natural-minor'): string[] =>
  tonics.filter((_, i) => scalePitchClasses({ tonic: 'A', scale })[i]);

describe('minor', () => {
  it('requested in words can have a raised sixth and seventh; the natural scale stays strict', () => {
    expect(tones('natural-minor')).toEqual(['C', 'D', 'E', 'F', 'G', 'A', 'B']);
    expect(tones('minor')).toEqual(['C', 'D', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'B']);
  });

  it('is what words mean, unlike the option of that name', () => {
    const keyOf = (options: object) => parseOptions(options, 1).settings.key;
    expect(keyOf({ text: 'sad, a minor' })).toEqual({ tonic: 'A', scale: 'minor' });
    expect(keyOf({ text: 'traurig, a-Moll' })).toEqual({ tonic: 'A', scale: 'minor' });
    expect(keyOf({ text: 'a natural minor' })).toEqual({ tonic: 'A', scale: 'natural-minor' });
    expect(keyOf({ key: 'A', scale: 'minor' })).toEqual({ tonic: 'A', scale: 'natural-minor' });
    expect(keyOf({ text: 'a minor', scale: 'minor' })).toEqual({ tonic: 'A', scale: 'natural-minor' });
  });

  it('is written as every minor key is', () => {
    const key = { tonic: 'D', scale: 'minor' } as const;
    expect(formatKey(key)).toBe('D minor');
    expect(signatureOfKey(key)).toEqual({ sharps: -1, minor: true });
    expect(hasMajorThird(key)).toBe(false);
  });
});
