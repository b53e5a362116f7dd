import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { LocalDiscord, type StartOptions } from '../../local-discord/local-discord.js';
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

/** The bot, started as its operator starts it. */
export class BotProcess extends ProgramProcess {
  /** @param home its working directory; the environment only contains `settings`. */
  constructor(home: string, settings: Readonly<Record<string, string>>) {
    super('main.js', home, settings);
  }

  /** Starts a bot, and waits until it is connected and /compose is available. */
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

/** A bot with its own local Discord, for all tests of a file; none may break a rule of Discord. */
export class Stage {
  home!: string;
  discord!: LocalDiscord;
  bot!: BotProcess;

  /**
   * @param settings of the bot
   * @param options of the local Discord
   */
  constructor(
    private readonly settings: Readonly<Record<string, string>> = {},
    options: StartOptions = {},
  ) {
    beforeAll(async () => {
      this.home = await makeHome();
      this.discord = await LocalDiscord.start(options);
      await this.startBot();
    });
    afterEach(() => {
      expect(this.discord.violations).toEqual([]);
    });
    afterAll(async () => {
      await this.bot.stop();
      await this.discord.stop();
      await removeHome(this.home);
      expect(this.discord.violations).toEqual([]);
    });
  }

  /** Starts another bot, after the previous one has ended. */
  async startBot(): Promise<void> {
    this.bot = await BotProcess.start(this.home, this.discord, this.settings);
  }
}
