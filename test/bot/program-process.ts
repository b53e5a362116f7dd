import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LogCapture } from './log-capture.js';

/** A program of this project as its operator starts it, in a separate process. */
export class ProgramProcess {
  readonly log = new LogCapture();
  /** Its standard error so far. */
  complaints = '';
  /** Exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;

  /**
   * @param program its path in `dist`
   * @param home its working directory; the environment only contains `settings`.
   */
  constructor(program: string, home: string, settings: Readonly<Record<string, string>>) {
    const path = fileURLToPath(new URL(`../../dist/${program}`, import.meta.url));
    this.#child = spawn(process.execPath, [path], {
      cwd: home,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => this.log.write(text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    this.exited = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it in any state. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.exited;
  }
}
