import { describe, expect, it } from 'vitest';
import { codeText, plainText } from '../../../src/bot/reply/plain-text.js';

describe('plainText', () => {
  it.each([
    ['**bold** _it_ ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~'],
    ['@everyone <@123> [a](https://b.c)', '\\@everyone \\<\\@123\\> \\[a\\](https:\\//b.c)'],
    ['two\nlines\u202e and\u0000 more', 'two lines and more'],
    ['# heading `code` ||spoiler||', '\\# heading \\`code\\` \\|\\|spoiler\\|\\|'],
  ])('escapes %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('is bounded, and never splits a character', () => {
    expect(plainText('🎹'.repeat(200), 10)).toBe(`${'🎹'.repeat(9)}…`);
    expect(plainText('a'.repeat(10), 10)).toBe('a'.repeat(10));
  });
});

describe('codeText', () => {
  it('cannot be closed from within', () => {
    expect(codeText('a`b\n`@everyone')).toBe('`a’b ’@everyone`');
  });
});
