import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', '..', 'src');

/** Files with phrases that nobody reads as sentences. */
const phrases: Readonly<Record<string, string>> = {
  'request/words': 'words that free text is understood by',
  'radio/wishes.ts': 'free text that the radio writes to itself',
  'patterns/style-file.ts': 'what is wrong in a style that comes with the program',
  'music/midi/verify.ts': 'what differs between two readings of a file, for an error of the program',
  'evaluation/song/promises.ts': 'what a composed song breaks, for tests and benchmarks',
};

/** Calls whose texts are for programmers, or for the log, whose events have English names. */
const notForReaders =
  /(^|\.)(\w*Error|TookTooLong|super|addIssue|trace|debug|info|warn|error|fatal)$|log\[level\]$/;

/** Four words in a row. */
const sentence = /(\p{L}[\p{L}'’]*[,;:]? ){3}\p{Ll}{2}/u;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly callee?: Node;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}

/** Sentences in strings and templates, outside errors and the log. */
function sentencesIn(file: string): readonly string[] {
  const text = readFileSync(join(source, file), 'utf8');
  if (!sentence.test(text.replace(/^ *(\/?\*|\/\/).*$/gm, ''))) return []; // saves parsing
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    const { callee } = value;
    if (callee && notForReaders.test(text.slice(callee.start, callee.end).replaceAll('?', ''))) return;
    const written = textOf(value);
    if (written !== undefined && sentence.test(written)) found.push(`${file}: ${written}`);
    Object.values(value).forEach(visit);
  };
  visit(parseSync(file, text, { lang: 'ts' }).program);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The text of a string or a template, without values, markup and styles. */
function textOf({ type, value, quasis }: Node): string | undefined {
  if (type === 'Literal' && typeof value === 'string') return value;
  if (type !== 'TemplateLiteral') return undefined;
  const text = quasis!.map((part) => part.value.cooked).join('…');
  return text.replace(/<[^>]*>/g, '\n').replace(/\{[^}]*\}/g, '');
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('i18n') && !file.includes('assembly'),
);
const isIn = (file: string, place: string): boolean => file.startsWith(join(...place.split('/')));

describe('sentences', () => {
  it('stand only in the folders of languages', () => {
    const others = files.filter((file) => !Object.keys(phrases).some((place) => isIn(file, place)));
    expect(others.flatMap(sentencesIn)).toEqual([]);
  });

  it.each([join('i18n', 'en', 'evaluation.ts'), ...Object.keys(phrases)])('are found in %s', (place) => {
    const found = [place, ...files].filter((file) => file.endsWith('.ts') && isIn(file, place));
    expect(found.flatMap(sentencesIn)).not.toEqual([]);
  });
});
