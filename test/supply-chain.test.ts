import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const licences = join(project, 'deploy', 'licences.js');

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly hasInstallScript?: true }>
  >;
}

const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as Lock;
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
>;

describe('what the project stands on', () => {
  it('is pinned exactly', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('has licences that somebody has looked at', () => {
    expect(execFileSync(process.execPath, [licences], { cwd: project, encoding: 'utf8' })).toContain('MIT: ');
  });

  it('is refused with a licence that nobody has looked at', () => {
    const folder = mkdtempSync(join(tmpdir(), 'licences-'));
    const file = join(folder, 'lock.json');
    writeFileSync(file, JSON.stringify({ packages: { 'node_modules/x': { version: '1.0.0' } } }));
    const { status, stderr } = spawnSync(process.execPath, [licences, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('x@1.0.0: undefined');
  });

  it('needs no install script beyond those known to be dispensable', () => {
    const scripted = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript === true ? [path] : [],
    );
    // The native library of TensorFlow, which is optional; two requests for donations; a check of its
    // own binary; and a reader of strings that msgpackr does without.
    expect(scripted.sort()).toEqual([
      'node_modules/@tensorflow/tfjs-node',
      'node_modules/core-js',
      'node_modules/esbuild',
      'node_modules/midi-player-js',
      'node_modules/msgpackr-extract',
    ]);
  });
});
