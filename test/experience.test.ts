import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'experience.md'), 'utf8');

/** Test files with the titles that the page names: `file`: “title”, “title”. */
const named = [...page.matchAll(/`([\w/.-]+\.test\.ts)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(
  ([, file = '', titles = '']) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => [file, title] as const),
);

describe('what shows a feature', () => {
  it('is named for every line', () => {
    const lines = page.split('\n').filter((line) => /^\| (?!feature|-)/.test(line));
    expect(lines.length).toBeGreaterThan(40);
    for (const line of lines) expect(line).toMatch(/`[\w/.-]+\.test\.ts`: “/);
  });

  it.each(named)('is there: %s, %s', (file, title) => {
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(title);
  });
});
