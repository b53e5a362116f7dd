import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from '../discord/local-discord.js';
import { LogCapture } from './log-capture.js';

const program = fileURLToPath(new URL('../../dist/bot/main.js', import.meta.url));

/** An empty working directory. */
export async function makeHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'bot-'));
}

export async function removeHome(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Settings that let the bot run against a local Discord. */
export function settingsFor(discord: LocalDiscord): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_HOSTS: discord.cdnHost,
  };
}

/** The bot as it is started by its operator: a process of its own. */
export class BotProcess {
  readonly log = new LogCapture();
  /** What it wrote to the standard error. */
  complaints = '';
  /** Exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;

  /** @param home its working directory; the environment holds nothing but `settings`. */
  constructor(home: string, settings: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [program], {
      cwd: home,
      env: { PATH: process.env['PATH'], ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => this.log.write(text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
    this.exited = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /** A bot that is connected and whose /compose can be used. */
  static async start(
    home: string,
    discord: LocalDiscord,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<BotProcess> {
    const bot = new BotProcess(home, { ...settingsFor(discord), ...settings });
    await bot.log.first('gateway ready');
    await discord.waitForReady({ command: 'compose' });
    return bot;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it, however it is. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.exited;
  }
}
