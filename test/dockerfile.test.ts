import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');
const dockerfile = readFileSync(join(project, 'Dockerfile'), 'utf8');

/** The linter's findings, one per line. */
function faults(text: string): string[] {
  const { WARNING } = ValidationSeverity;
  const strict = {
    deprecatedMaintainer: WARNING,
    directiveCasing: WARNING,
    emptyContinuationLine: WARNING,
    instructionCasing: WARNING,
    instructionCmdMultiple: WARNING,
    instructionEntrypointMultiple: WARNING,
    instructionHealthcheckMultiple: WARNING,
    instructionJSONInSingleQuotes: WARNING,
    instructionWorkdirRelative: WARNING,
  };
  return validate(text, strict).map(({ range, message }) => `${range.start.line + 1}: ${message as string}`);
}

describe('the Dockerfile', () => {
  it('has no faults', () => {
    expect(faults(dockerfile)).toEqual([]);
  });

  it.each([
    ['a word that is no instruction', /^USER /m, 'USERS ', 'Unknown instruction: USERS'],
    ['an option that COPY does not have', '--from=build', '--form=build', 'Unknown flag: form'],
    ['a volume that is nowhere', 'VOLUME /data', 'VOLUME', 'Instruction has no arguments'],
    ['a time without a unit', 'period=60s', 'period=60', 'missing unit in duration 60'],
    ['a folder that is relative', 'WORKDIR /app', 'WORKDIR app', 'WORKDIR paths should be absolute'],
    ['a list in single quotes', /^CMD .*$/m, "CMD ['node']", 'using single quotes instead of double quotes'],
    ['a second start', /^(CMD .*)$/m, '$1\n$1', 'There can only be one CMD instruction'],
    [
      'an image in two words',
      /-bookworm-slim$/m,
      ' bookworm-slim',
      'FROM requires either one or three arguments',
    ],
  ])('would not pass with %s', (_, from, to, fault) => {
    expect(faults(dockerfile.replace(from, to)).join('\n')).toContain(fault);
  });

  it('uses pinned images, and runs as an unprivileged user', () => {
    const instructions = (name: string): string[] =>
      [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest]) => rest!);
    for (const image of instructions('FROM')) expect(image).toMatch(/^node:\d+\.\d+\.\d+-[\w-]+( AS \w+)?$/);
    expect(instructions('USER')).toEqual(['node']);
    expect(instructions('VOLUME')).toEqual(['/data']);
  });

  it('leaves out development packages and source maps', () => {
    expect(dockerfile).toContain('npm prune --omit=dev --ignore-scripts');
    expect(dockerfile).toContain("find node_modules -name '*.map' -delete");
  });
});

describe('its health check', () => {
  const [, ...check] = JSON.parse(/^HEALTHCHECK .*CMD (.*)$/m.exec(dockerfile)![1]!) as string[];
  let server: Server;
  let status = 200;
  let port: number;

  beforeAll(async () => {
    server = createServer(({ url }, response) => response.writeHead(url === '/healthz' ? status : 404).end());
    server.listen(0, '127.0.0.2');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  async function codeOf(settings: Readonly<Record<string, string>>): Promise<number | null> {
    const child = spawn(process.execPath, check, { cwd: join(project, 'deploy'), env: settings });
    return ((await once(child, 'close')) as [number | null])[0];
  }

  it('asks the configured address, and reports the answer', async () => {
    const settings = { MONITOR_HOST: '127.0.0.2', MONITOR_PORT: String(port) };
    expect(await codeOf(settings)).toBe(0);
    status = 503;
    expect(await codeOf(settings)).toBe(1);
  });

  it('fails where nothing answers', async () => {
    const [, standard] = /^ENV .*MONITOR_PORT=(\d+)/m.exec(dockerfile)!;
    expect(Number(standard)).toBeGreaterThan(0);
    expect(await codeOf({ MONITOR_PORT: String(port) })).toBe(1);
    expect(await codeOf({})).toBe(1);
  });
});
