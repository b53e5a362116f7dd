import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown, type Block, type Inline } from '../../playground/page/markdown.js';
import { formatBytes, formatTime } from '../../playground/page/time.js';

const text = (content: string): Inline => ({ kind: 'text', text: content });

describe('inline Markdown', () => {
  it.each<[string, readonly Inline[]]>([
    ['plain', [text('plain')]],
    ['a **b** c', [text('a '), { kind: 'strong', content: [text('b')] }, text(' c')]],
    ['**a *b***', [{ kind: 'strong', content: [text('a '), { kind: 'emphasis', content: [text('b')] }] }]],
    ['snake_case_name', [text('snake_case_name')]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['`a**b**`', [{ kind: 'code', text: 'a**b**' }]],
    ['``a`b``', [{ kind: 'code', text: 'a`b' }]],
    ['\\*not\\* \\`code\\`', [text('*not* `code`')]],
    ['<t:60:R>', [{ kind: 'time', seconds: 60, style: 'R' }]],
    ['<t:60>', [{ kind: 'time', seconds: 60, style: 'f' }]],
    [
      '<@12><#34></settings set:56>',
      [
        { kind: 'person', id: '12' },
        { kind: 'channel', id: '34' },
        { kind: 'command', path: 'settings set' },
      ],
    ],
    ['[x](javascript:alert(1))', [text('[x](javascript:alert(1))')]],
    ['[x](https://a.example/b)', [{ kind: 'link', url: 'https://a.example/b', content: [text('x')] }]],
    [
      'see https://a.example/b.',
      [
        text('see '),
        { kind: 'link', url: 'https://a.example/b', content: [text('https://a.example/b')] },
        text('.'),
      ],
    ],
    ['<script>', [text('<script>')]],
  ])('%s', (source, tree) => {
    expect(parseInline(source)).toEqual(tree);
  });

  it('keeps text without marks unchanged', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((source) => !/[\\`*_~|[<@]|https?:/.test(source));
    fc.assert(fc.property(plain, (source) => parseInline(source).map(textOf).join('') === source));
  });

  it('parses any text quickly, and links only lead to the web', () => {
    const marks = fc.constantFrom(
      '*',
      '_',
      '`',
      '~',
      '|',
      '[',
      '](',
      ')',
      '<',
      '>',
      '\\',
      'a',
      ' ',
      'https://',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 60 }), (pieces) => {
        const links = parseMarkdown(pieces.join(''))
          .flatMap(inlinesOf)
          .filter(({ kind }) => kind === 'link');
        for (const link of links)
          expect(link).toMatchObject({ url: expect.stringMatching(/^https?:\/\//) as string });
      }),
    );
  });
});

describe('blocks of Markdown', () => {
  it('are headings, small print, quotes, lists, lines and code', () => {
    const source =
      '# A\n### B\n-# small\n> one\n> two\n- x\n  - y\n1. z\n\n```ts\ncode **1**\n```\nend\n>>> all\nthe rest';
    expect(parseMarkdown(source)).toEqual<readonly Block[]>([
      { kind: 'heading', level: 1, content: [text('A')] },
      { kind: 'heading', level: 3, content: [text('B')] },
      { kind: 'subtext', content: [text('small')] },
      { kind: 'quote', blocks: [line('one'), line('two')] },
      { kind: 'item', depth: 0, mark: '•', content: [text('x')] },
      { kind: 'item', depth: 1, mark: '•', content: [text('y')] },
      { kind: 'item', depth: 0, mark: '1.', content: [text('z')] },
      { kind: 'line', content: [] },
      { kind: 'code', text: 'code **1**' },
      line('end'),
      { kind: 'quote', blocks: [line('all'), line('the rest')] },
    ]);
  });
});

it.each([
  [-30, 'R', '30 seconds ago'],
  [90, 'R', 'in 2 minutes'],
  [86_400, 'R', 'tomorrow'],
  [43_200, 'd', '1/1/70'],
])('shows the moment %i as %s', (seconds, style, shown) => {
  expect(formatTime(seconds, style, 'en-US', 0)).toBe(shown);
});

it.each([
  [999, '999 bytes'],
  [1500, '1.5 kB'],
  [999_999, '1.0 MB'],
])('shows %i bytes', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});

function line(content: string): Block {
  return { kind: 'line', content: [text(content)] };
}

function textOf(inline: Inline): string {
  return 'text' in inline ? inline.text : '';
}

function inlinesOf(block: Block): readonly Inline[] {
  if (block.kind === 'code') return [];
  return block.kind === 'quote' ? block.blocks.flatMap(inlinesOf) : block.content;
}
