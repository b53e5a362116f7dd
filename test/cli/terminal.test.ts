import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const programs = ['compose', 'train', 'evaluate', 'sweep', 'figures', 'import-keras', '../main', '../worker'];

function run(program: string, ...args: readonly string[]): { code: number | null; out: string; err: string } {
  const file = fileURLToPath(new URL(`../../dist/cli/${program}.js`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    env: {},
  });
  return { code: status, out: stdout, err: stderr };
}

describe.each(programs)('the program %s', (program) => {
  it('shows its usage, in lines of 80 characters', () => {
    const long = run(program, '--help');
    expect([long.code, long.err]).toEqual([0, '']);
    expect(long.out).toMatch(/^Usage: npm /);
    for (const option of ['-h, --help', '--version']) expect(long.out).toContain(`  ${option} `);
    expect(long.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(run(program, '-h')).toEqual(long);
  });

  it('prints its version', () => {
    expect(run(program, '--version')).toEqual({
      code: 0,
      out: expect.stringMatching(/^musical-ai \d+\.\d+\.\d+\n$/) as string,
      err: '',
    });
  });

  it('points to --help for an unknown option', () => {
    const { code, out, err } = run(program, '--no-such-option');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^[^\n]*--no-such-option[^\n]*\nSee --help\.\n$/);
  });
});
