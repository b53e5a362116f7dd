import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/cli/wrap.js';

describe('long lines', () => {
  it('continue under their description', () => {
    const text =
      '  --scale NAME  Scale that every note of the piece belongs to, on C unless you also pick a key';
    expect(wrap(text, 50).split('\n')).toEqual([
      '  --scale NAME  Scale that every note of the piece',
      '                belongs to, on C unless you also',
      '                pick a key',
    ]);
  });

  it('continue under their indentation', () => {
    expect(wrap(`${' '.repeat(8)}${'word '.repeat(10).trim()}`, 40).split('\n')).toEqual([
      '        word word word word word word',
      '        word word word word',
    ]);
  });

  it('keep all words in order, within the width', () => {
    const words = fc.array(fc.stringMatching(/^[a-z,.]{1,15}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 120 }), (all, columns) => {
        const lines = wrap(all.join(' '), columns).split('\n');
        expect(lines.join(' ')).toBe(all.join(' '));
        expect(lines.every((line) => line.length <= columns)).toBe(true);
      }),
    );
  });

  it('are the only ones that are wrapped', () => {
    expect(wrap('Usage: x\n\n  --a  b', 80)).toBe('Usage: x\n\n  --a  b');
  });
});
