import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
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
  Record<'dependencies' | 'devDependencies' | 'peerDependencies', Readonly<Record<string, string>>>
>;

/** As returned by a registry. */
const advisory = {
  zod: [
    {
      id: 1,
      url: 'https://example.com/1',
      title: 'Something is wrong',
      severity: 'high',
      vulnerable_versions: '*',
    },
  ],
};

describe('the dependencies', () => {
  it('are pinned exactly', () => {
    const { dependencies, devDependencies, peerDependencies } = manifest;
    const versions = Object.values({ ...dependencies, ...devDependencies, ...peerDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('have reviewed licences', () => {
    expect(execFileSync(process.execPath, [licences], { cwd: project, encoding: 'utf8' })).toContain('MIT: ');
  });

  it('are refused with a licence that nobody has reviewed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'licences-'));
    const file = join(folder, 'lock.json');
    writeFileSync(file, JSON.stringify({ packages: { 'node_modules/x': { version: '1.0.0' } } }));
    const { status, stderr } = spawnSync(process.execPath, [licences, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('x@1.0.0: undefined');
  });

  it.each([
    ['has no advisory', 200, {}, 0, '0 packages with an advisory.\n'],
    [
      'has one',
      200,
      advisory,
      1,
      'zod: high: Something is wrong https://example.com/1\n1 packages with an advisory.\n',
    ],
    [
      'is unknown to the registry',
      405,
      {},
      0,
      'NOT CHECKED: this registry does not tell of advisories (405).\n',
    ],
    ['cannot be asked about', 403, {}, 1, ''],
  ])('report whether a package %s', async (_, status, answer, code, words) => {
    const registry = createServer(({ method }, response) => {
      response.writeHead(method === 'POST' ? status : 404).end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const { port } = registry.address() as AddressInfo;
    const child = spawn(process.execPath, [join(project, 'deploy', 'advisories.js')], {
      cwd: project,
      env: { ...process.env, npm_config_registry: `http://127.0.0.1:${port}`, npm_config_fetch_retries: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
    registry.close();
    expect(said).toBe(words);
    expect(child.exitCode).toBe(code);
  });

  it('need no install scripts except known dispensable ones', () => {
    const scripted = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript === true ? [path] : [],
    );
    // A request for donations, and a native string decoder that msgpackr can do without.
    expect(scripted.sort()).toEqual(['node_modules/midi-player-js', 'node_modules/msgpackr-extract']);
  });
});
