import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe.each(['experience.md', 'faults.md'])('the tests named in %s', (name) => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8');
  /** Test files with the titles named on the page: `file`: “title”, “title”. */
  const named = [...page.matchAll(/`([\w/.-]+\.test\.ts)`: ((?:“[^”]+”(?:, )?)+)/g)].flatMap(
    ([, file = '', titles = '']) =>
      [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => [file, title] as const),
  );

  it('are named in every row', () => {
    const lines = page.split('\n').filter((line) => /^\| (?!feature|fault|-)/.test(line));
    expect(lines.length).toBeGreaterThan(35);
    for (const line of lines) expect(line).toMatch(/`[\w/.-]+\.test\.ts`: “/);
  });

  it.each(named)('exist: %s, %s', (file, title) => {
    expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(title);
  });
});
