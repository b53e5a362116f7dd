import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDiscord } from '../local-discord/local-discord.js';
import { certificateFile } from '../local-discord/voice/certificate.js';
import { projectFolder } from './project.js';

/** Runs the real bot in a separate process, with a working folder that is deleted when it ends. */
export class Bot {
  /** Resolves when it has ended, with the last line of its standard error, if any. */
  readonly ended: Promise<string | undefined>;
  readonly #child: ChildProcess;

  constructor({ token, apiUrl, cdnHost }: LocalDiscord) {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    this.#child = spawn(process.execPath, [join(projectFolder, 'dist', 'main.js')], {
      cwd: folder,
      env: {
        LOG_LEVEL: 'warn',
        VOICE: 'on',
        ...process.env,
        // The only server that it connects to by TLS.
        NODE_EXTRA_CA_CERTS: certificateFile,
        DISCORD_TOKEN: token,
        DISCORD_API_URL: apiUrl,
        DISCORD_CDN_HOSTS: cdnHost,
      },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    // Without this it would outlive a playground that crashes, and keep connecting to a Discord that is gone.
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
