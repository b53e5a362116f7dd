import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDiscord } from '../discord/local-discord.js';
import { ProgramProcess } from './program-process.js';

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

/** The bot as it is started by its operator. */
export class BotProcess extends ProgramProcess {
  /** @param home its working directory; the environment holds nothing but `settings`. */
  constructor(home: string, settings: Readonly<Record<string, string>>) {
    super('bot/main.js', home, settings);
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
}
