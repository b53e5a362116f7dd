import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../dist/playground/playground/main.js', import.meta.url));

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

interface Output {
  readonly text: () => string;
  /** The first match in the output, now or later. */
  readonly first: (pattern: RegExp) => Promise<string>;
  readonly exitCode: Promise<number | null>;
}

function start(...options: readonly string[]): Output {
  const started = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let text = '';
  started.stdout.on('data', (piece: Buffer) => (text += String(piece)));
  started.stderr.on('data', (piece: Buffer) => (text += String(piece)));
  const exitCode = once(started, 'close').then(([code]) => code as number | null);
  return {
    text: () => text,
    exitCode,
    first: async (pattern) => {
      while (!pattern.test(text)) await once(started.stdout, 'data');
      return pattern.exec(text)![0];
    },
  };
}

/** Status and text of a page, requested with these headers. */
function ask(address: string, headers: Readonly<Record<string, string>> = {}): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    get(address, { headers }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += String(piece)));
      response.on('end', () => resolve([response.statusCode!, text]));
    }).on('error', reject);
  });
}

describe('npm run playground', () => {
  it('prints the address of a local page, and ends with its bot', async () => {
    const output = start();
    const address = await output.first(/http:\/\/127\.0\.0\.1:\d+\//);
    expect(await ask(address)).toEqual([200, expect.stringContaining('<!doctype html>')]);
    expect(await ask(address, { host: 'evil.example' })).toEqual([403, expect.any(String)]);
    expect(await ask(address, { origin: 'http://evil.example' })).toEqual([403, expect.any(String)]);
    child!.kill('SIGTERM');
    expect(await output.exitCode).toBe(0);
  });

  it('explains its options', async () => {
    for (const option of ['--help', '-h']) {
      const help = start(option);
      expect(await help.exitCode).toBe(0);
      expect(help.text()).toContain('--port');
    }
    const version = start('--version');
    expect([await version.exitCode, version.text()]).toEqual([
      0,
      expect.stringMatching(/^musical-ai \d+\.\d+\.\d+\n$/),
    ]);
    const unknown = start('--ports');
    expect([await unknown.exitCode, unknown.text()]).toEqual([1, expect.stringMatching(/\nSee --help\.\n$/)]);
    const wrong = start('--port', 'high');
    expect(await wrong.exitCode).toBe(1);
    expect(wrong.text()).toBe('--port must be a number from 0 to 65535.\n');
  });
});
