import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCustomId, parseCustomId } from '../../../src/bot/dispatch/custom-id.js';

const word = fc.stringMatching(/^[\w.@-]{1,20}$/);

describe('a custom_id', () => {
  it('round-trips the action and its arguments', () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 3 }), (action, args) => {
        expect(parseCustomId(formatCustomId(action, ...args))).toEqual({ action, args });
      }),
    );
  });

  it('of another version is rejected', () => {
    expect(parseCustomId('0:again:7')).toBeUndefined();
    expect(parseCustomId('')).toBeUndefined();
    expect(parseCustomId('again')).toBeUndefined();
  });

  it('never exceeds Discord’s limit', () => {
    expect(() => formatCustomId('again', 'x'.repeat(93))).toThrow(RangeError);
    expect(formatCustomId('again', 'x'.repeat(92))).toHaveLength(100);
  });

  it('refuses an argument that contains the separator', () => {
    expect(() => formatCustomId('again', 'a:b')).toThrow(RangeError);
  });
});
