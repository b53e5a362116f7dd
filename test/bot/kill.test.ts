import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../bench/kill.js', import.meta.url));

it('a process killed in the middle of changes leaves nothing damaged and nothing lost', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '4'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^4 kills in the middle of \d+ changes: nothing lost, nothing damaged\.\n$/);
  expect(status).toBe(0);
});
