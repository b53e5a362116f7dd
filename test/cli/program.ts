import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The exit code and output of a program. */
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
  /** Polled every few milliseconds while the program runs; if it returns a signal, that is sent. */
  readonly interrupt?: () => NodeJS.Signals | undefined;
}

/** Runs a built program as a person would, in an environment that only contains `env`. */
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

/** The environment of a program for which a package, or scope, appears not to be installed. */
export function without(name: string): Readonly<Record<string, string>> {
  const hooks = `export function resolve(specifier, context, next) {
    if (!specifier.startsWith('${name}/')) return next(specifier, context);
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  }`;
  const code = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hooks))});`;
  return { NODE_OPTIONS: `--import=${dataUrl(code)}` };
}

function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
}
