import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSequences, unpackSequences } from '../../src/model/sequence.js';
import { sequence } from './lstm/fixtures.js';

describe('packed sequences', () => {
  it('are unchanged by packing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 6 }), (lengths) => {
        const sequences = lengths.map((notes, i) => sequence(i, notes));
        expect(unpackSequences(packSequences(sequences), lengths)).toEqual(sequences);
      }),
      { numRuns: 50 },
    );
  });

  it('of other lengths are refused', () => {
    const bytes = packSequences([sequence(1, 30)]);
    expect(() => unpackSequences(bytes, [29])).toThrow(RangeError);
    expect(() => unpackSequences(bytes.subarray(1), [30])).toThrow(RangeError);
  });
});
