import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How a program ended and what it wrote. */
export interface Ended {
  /** Exit code, null after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working directory. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Looked at every few milliseconds while the program runs; once it gives a signal, that is sent. */
  readonly interrupt?: () => NodeJS.Signals | undefined;
}

/** Runs a built program as a person does, in an environment that holds nothing but `env`. */
export async function run(
  name: 'compose' | 'figures' | 'train' | 'import-keras' | 'evaluate' | 'sweep',
  args: readonly string[],
  { cwd, env = {}, interrupt }: RunOptions,
): Promise<Ended> {
  const program = fileURLToPath(new URL(`../../dist/cli/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const watch = setInterval(() => {
    const signal = interrupt?.();
    if (signal === undefined) return;
    clearInterval(watch);
    child.kill(signal);
  }, 5);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  return { code, stdout, stderr };
}
