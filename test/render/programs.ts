import { spawnSync } from 'node:child_process';

/** Whether a program is installed here. */
export function has(program: string): boolean {
  return spawnSync(program, ['-h']).error === undefined;
}

/** Runs a program with a file on its standard input; returns its output. */
export function run(program: string, args: readonly string[], input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${program} failed: ${stderr.toString()}`);
  return Buffer.concat([stdout, stderr]);
}
