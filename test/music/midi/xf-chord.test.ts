import { describe, expect, it } from 'vitest';
import { xfChord, xfChordData } from '../../../src/music/midi/xf-chord.js';
import { chordKinds } from '../../../src/music/theory/chord.js';
import { tonics } from '../../../src/music/theory/key.js';

const read = (...bytes: number[]): unknown => xfChord(Uint8Array.from(bytes));

describe('a chord in a file', () => {
  it.each([
    ['C', [0x31, 0], { root: 'C', kind: 'maj' }],
    ['F♯ minor', [0x44, 8], { root: 'F#', kind: 'min' }],
    ['G♭ minor', [0x25, 8], { root: 'F#', kind: 'min' }],
    ['B♭7', [0x27, 19], { root: 'Bb', kind: '7' }],
    ['C♭', [0x21, 0], { root: 'B', kind: 'maj' }],
    ['E with an added ninth', [0x33, 4], { root: 'E', kind: 'maj' }],
  ])('is read: %s', (_, [root = 0, type = 0], expected) => {
    expect(read(0x43, 0x7b, 1, root, type, 0x7f, 0x7f)).toEqual(expected);
  });

  it('is written as it is read', () => {
    for (const root of tonics) {
      for (const kind of chordKinds) expect(read(...xfChordData({ root, kind }))).toEqual({ root, kind });
    }
    expect(read(...xfChordData(undefined))).toBeNull();
  });

  it.each([
    ['another maker', [0x41, 0x7b, 1, 0x31, 0, 0x7f, 0x7f]],
    ['another event', [0x43, 0x7b, 2, 0x31, 0, 0x7f, 0x7f]],
    ['nothing after it', [0x43, 0x7b, 1]],
    ['a letter that there is not', [0x43, 0x7b, 1, 0x38, 0, 0x7f, 0x7f]],
    ['two notes that are no chord', [0x43, 0x7b, 1, 0x31, 31, 0x7f, 0x7f]],
  ])('is invalid: %s', (_, bytes) => {
    expect(read(...bytes)).toBeUndefined();
  });
});
