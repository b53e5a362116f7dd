import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOptions, parseOptionText } from '../../src/studio/option-text.js';
import { parseOptions } from '../../src/studio/options.js';

describe('options as text', () => {
  it('stand in the order of the command', () => {
    expect(formatOptions({ scale: 'blues', temp: 0.8, notes: 200 })).toBe('notes:200 temp:0.8 scale:blues');
    expect(formatOptions({})).toBe('');
  });

  it.each(['notes:200 temp:0.8 key:Bb', 'notes=200, temp=0.8, key=Bb', '  Notes: 200\ntemp : 0.8;KEY:Bb '])(
    'are read however they are written: %j',
    (text) => {
      expect(parseOptionText(text)).toEqual({ notes: '200', temp: '0.8', key: 'Bb' });
    },
  );

  it('come back as the same request', () => {
    fc.assert(
      fc.property(
        fc.record({
          notes: fc.integer({ min: 1, max: 2000 }),
          temp: fc.double({ min: 0.1, max: 5, noNaN: true }),
          key: fc.constantFrom('C', 'F#', 'Bb'),
          voices: fc.constantFrom('mono', 'poly'),
          seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
          model: fc.constantFrom('lstm', 'our.own-2'),
        }),
        (options) => {
          expect(parseOptions(parseOptionText(formatOptions(options)), 1)).toEqual(parseOptions(options, 1));
        },
      ),
    );
  });

  it.each(['make it sad', 'notes', 'notes:', 'colour:red', 'constructor:1', '@everyone'])(
    'are explained when they are none: %j',
    (text) => {
      expect(() => parseOptionText(text)).toThrow(/^Please write options as name:value/);
    },
  );

  it('are refused when one is there twice', () => {
    expect(() => parseOptionText('notes:1 notes:2')).toThrow('The option notes is there twice');
  });
});
