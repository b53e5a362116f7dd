import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDiscord } from '../local-discord/local-discord.js';
import { projectFolder } from './project.js';

/** The real bot in a process of its own, with a working folder that goes when it ends. */
export class Bot {
  /** The last line of its standard error once it has ended, if it said anything. */
  readonly ended: Promise<string | undefined>;
  readonly #child: ChildProcess;

  constructor({ token, apiUrl, cdnHost }: LocalDiscord) {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    this.#child = spawn(process.execPath, [join(projectFolder, 'dist', 'main.js')], {
      cwd: folder,
      env: {
        LOG_LEVEL: 'warn',
        ...process.env,
        DISCORD_TOKEN: token,
        DISCORD_API_URL: apiUrl,
        DISCORD_CDN_HOSTS: cdnHost,
      },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    // Without this it would outlive a playground that fails, and call for a Discord that is gone.
    const end = (): void => void this.#child.kill('SIGKILL');
    process.once('exit', end);
    let complaints = '';
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      complaints = (complaints + text).slice(-2000);
    });
    this.ended = once(this.#child, 'close').then(() => {
      process.off('exit', end);
      rmSync(folder, { recursive: true, force: true });
      return complaints.trim().split('\n').at(-1) || undefined;
    });
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended;
  }
}
