import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireFreshBuild } from '../build/fresh.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fresh-build-'));
  for (const file of ['src/a.ts', 'src/b/assembly/c.ts', 'src/b/d.d.ts']) write(file, 100);
  for (const file of ['dist/a.js', 'dist/b/c.wasm']) write(file, 200);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** @param time seconds since 1970 */
function write(file: string, time: number): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, time, time);
}

describe('requireFreshBuild', () => {
  it('accepts a build that is newer than its sources', () => {
    requireFreshBuild(folder);
  });

  it.each([
    ['a module that was changed since', 'src/a.ts', 'src/a.ts'],
    ['a kernel that was changed since', 'src/b/assembly/c.ts', 'src/b/assembly/c.ts'],
    ['a module that is new', 'src/b/e.ts', 'src/b/e.ts'],
  ])('refuses one without %s, in one sentence', (_, file, named) => {
    write(file, 300);
    expect(() => requireFreshBuild(folder)).toThrow(
      `Run “npm run build” first: ${named} is newer than what was built of it.`,
    );
  });

  it('refuses where nothing was built', () => {
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(() => requireFreshBuild(folder)).toThrow('Run “npm run build” first');
  });
});
