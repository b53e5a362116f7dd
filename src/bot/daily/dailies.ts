import { DiscordAPIError, Routes, RESTJSONErrorCodes, SnowflakeUtil } from 'discord.js';
import type { APIMessage, Client, Guild, GuildBasedChannel } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import type { MusicServices } from '../../compose/music-services.js';
import { languageFor } from '../../i18n/languages.js';
import type { Language } from '../../i18n/language.js';
import { rollWordsFor } from '../../i18n/title.js';
import { atLevel, type Level } from '../../radio/wishes.js';
import type { ServerSettings, ServerSettingsStore } from '../access/server-settings.js';
import type { BotConfig } from '../ops/config.js';
import type { Logger } from '../ops/logging.js';
import { ChannelMessage } from '../reply/channel-message.js';
import { LiveMessage } from '../reply/live-message.js';
import type { ComponentRow } from '../reply/message-content.js';
import { dueDay, levelAfter, type Daily } from './daily.js';
import { dailyMessages, isVote } from './daily-message.js';
import { neededPermissions } from './set-daily.js';

export interface DailiesOptions {
  readonly client: Client<true>;
  readonly music: Pick<MusicServices, 'requests' | 'composing'>;
  readonly settings: ServerSettingsStore;
  readonly log: Logger;
  /** Upper limit for each file, and the number of radios that can play the piece. */
  readonly config: Pick<BotConfig, 'maxFileBytes' | 'radios'>;
  /** The time of day, in milliseconds since 1970. */
  readonly now?: () => number;
}

const checkEveryMs = 60_000;
/** After this many failures, the time between two attempts no longer doubles. */
const mostDoublings = 6;
const dayMs = 24 * 3600_000;

interface Failures {
  readonly day: string;
  readonly count: number;
  readonly againMs: number;
}

/**
 * Posts a piece a day in each server that wants one: when its hour has come or, if the bot was not there then, as soon as
 * it is back on the same day.
 *
 * Exactly one: that a piece is about to be posted is saved first. A process that ended in between is followed by one that
 * looks whether the message is there. Two processes that post at the same time use the same nonce, so Discord posts one
 * message.
 */
export class Dailies {
  readonly #options: DailiesOptions;
  readonly #now: () => number;
  readonly #stop = new AbortController();
  /** By server. */
  readonly #failures = new Map<string, Failures>();
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;

  constructor(options: DailiesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Checks every minute, from now on. */
  start(): void {
    void this.check();
    this.#timer = setInterval(() => void this.check(), checkEveryMs);
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#checking;
  }

  /** Posts all pieces that are due, one after the other. Never rejects. */
  check(): Promise<void> {
    this.#checking ??= this.#checkAll().finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  async #checkAll(): Promise<void> {
    for (const guild of [...this.#options.client.guilds.cache.values()]) {
      if (this.#stop.signal.aborted) return;
      await this.#serve(guild).catch((err: unknown) =>
        this.#options.log.error({ err, server: guild.id }, 'the piece of the day could not be looked after'),
      );
    }
  }

  async #serve(guild: Guild): Promise<void> {
    const { settings, log } = this.#options;
    const all = await settings.read(guild.id);
    const day = all.daily && dueDay(all.daily, this.#now());
    // While a server is unavailable, its channels may be missing.
    if (all.daily?.channel === undefined || day === undefined || !guild.available) return;
    const failures = this.#failures.get(guild.id);
    if (failures?.day === day && this.#now() < failures.againMs) return;
    try {
      const channel = guild.channels.cache.get(all.daily.channel);
      if (channel === undefined) await this.#turnOff(guild, all.daily.channel);
      else await this.#post(guild, channel, day, all, all.daily);
      this.#failures.delete(guild.id);
    } catch (err) {
      if (this.#stop.signal.aborted) return;
      if (err instanceof DiscordAPIError && err.code === RESTJSONErrorCodes.UnknownChannel) {
        await this.#turnOff(guild, all.daily.channel);
        return;
      }
      const count = failures?.day === day ? failures.count + 1 : 1;
      const waitMs = checkEveryMs * 2 ** Math.min(count - 1, mostDoublings);
      this.#failures.set(guild.id, { day, count, againMs: this.#now() + waitMs });
      log.warn({ err, server: guild.id, day, waitMs }, 'the piece of the day was not posted');
    }
  }

  async #post(
    guild: Guild,
    channel: GuildBasedChannel,
    day: string,
    all: ServerSettings,
    { last }: Daily,
  ): Promise<void> {
    const { client, settings, log, config } = this.#options;
    const bot = client.user;
    const permissions = channel.permissionsFor(bot);
    const missing = permissions?.missing([...neededPermissions]) ?? [];
    if (missing.length > 0) throw new Error(`I need ${missing.join(', ')} in the channel ${channel.id}.`);

    const begun = last?.day === day ? last : undefined;
    if (begun !== undefined) {
      // Without the history nobody can tell: rather none than two.
      const isThere =
        permissions?.has('ReadMessageHistory') !== true ||
        (await this.#isPosted(channel.id, day, begun.beganMs));
      if (isThere) {
        await this.#finished(guild, day);
        return;
      }
    }
    const language = languageFor(all.language ?? guild.preferredLocale);
    const level = begun?.level ?? levelAfter(last);
    const composition = await this.#compose(guild, all, level, language);
    const beganMs = this.#now();
    const after = await settings.update(guild.id, (before) =>
      // It may have been turned off meanwhile.
      before.daily?.channel !== channel.id
        ? before
        : {
            ...before,
            daily: { ...before.daily, last: { day, beganMs, isPosted: false, level, votes: {} } },
          },
    );
    if (after.daily?.channel !== channel.id) return;
    const posted = new ChannelMessage(client.rest, channel.id, undefined, undefined, nonceOf(guild.id, day));
    const target = { show: posted.show.bind(posted), withdraw: () => posted.delete() };
    const owner = { owner: bot.id, isPlayable: config.radios !== undefined };
    const [whole, smaller] = dailyMessages(language, composition, { day, votes: {} }, owner);
    await new LiveMessage(target, log).finish(whole, smaller);
    await this.#finished(guild, day);
    log.info({ server: guild.id, day }, 'the piece of the day was posted');
  }

  #compose(guild: Guild, all: ServerSettings, level: Level, language: Language): Promise<Composition> {
    const { music, config } = this.#options;
    const request = music.requests.start(atLevel(all.defaults, level), undefined, guild.id);
    return music.composing.compose(request, {
      signal: this.#stop.signal,
      owner: `daily ${guild.id}`,
      maxFileBytes: config.maxFileBytes,
      words: rollWordsFor(language, request),
    });
  }

  /** Whether a process that ended had posted the piece before. */
  async #isPosted(channel: string, day: string, beganMs: number): Promise<boolean> {
    const { client } = this.#options;
    const after = String(SnowflakeUtil.generate({ timestamp: beganMs - checkEveryMs }));
    const query = new URLSearchParams({ after, limit: '100' });
    const messages = (await client.rest.get(Routes.channelMessages(channel), { query })) as APIMessage[];
    return messages.some(
      ({ author, components = [] }) =>
        author.id === client.user.id && components.some((row) => isVote(row as ComponentRow, day)),
    );
  }

  async #finished(guild: Guild, day: string): Promise<void> {
    await this.#options.settings.update(guild.id, (before) =>
      before.daily?.last?.day === day
        ? { ...before, daily: { ...before.daily, last: { ...before.daily.last, isPosted: true } } }
        : before,
    );
  }

  async #turnOff(guild: Guild, channel: string): Promise<void> {
    const { settings, log } = this.#options;
    await settings.update(guild.id, (before) =>
      before.daily?.channel === channel
        ? { ...before, daily: { ...before.daily, channel: undefined } }
        : before,
    );
    log.warn(
      { server: guild.id, channel },
      'the channel of the piece of the day is gone, so it is turned off',
    );
  }
}

/** By which Discord recognises a second post of the same piece; at most 25 characters. */
function nonceOf(server: string, day: string): string {
  return `${server}${Date.parse(day) / dayMs}`.slice(-25);
}
