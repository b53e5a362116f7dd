import { Events, PermissionsBitField, type BaseInteraction, type Client, type Guild } from 'discord.js';
import type { MusicServices } from '../../compose/music-services.js';
import { UserError } from '../../errors/user-error.js';
import type { Language } from '../../i18n/language.js';
import { languageCodes, languageFor, languages } from '../../i18n/languages.js';
import { moodAt } from '../../radio/day.js';
import { broughtSelection, type Brought, type Selection } from '../../radio/selection.js';
import type { RawOptions } from '../../request/options.js';
import type { Voices } from '../../voice/voices.js';
import { managesServer } from '../access/manager.js';
import type { ServerSettingsStore } from '../access/server-settings.js';
import { rolesOf } from '../access/trainers.js';
import type { Logger } from '../ops/logging.js';
import { Broadcast } from './broadcast.js';
import type { RadioFigures } from './radio-figures.js';
import { missingToSpeak } from './stage.js';
import { Stays, type Stay } from './stays.js';
import { epochMs, minuteIn, readUntil, timeZones } from './time.js';
import { usualVolume } from './volume.js';

export interface RadiosOptions {
  readonly client: Client;
  readonly music: Pick<MusicServices, 'requests' | 'composing'>;
  readonly voices: Pick<Voices, 'join' | 'close'>;
  readonly settings: ServerSettingsStore;
  readonly log: Logger;
  /** Maximum number of radios at once. */
  readonly most: number;
  /** How long a radio waits for a listener. */
  readonly aloneMs?: number;
}

/** A request to start a radio. */
export interface RadioWish {
  readonly guild: Guild;
  /** IDs of the person, and of the channel for the message. */
  readonly user: string;
  readonly textChannel: string;
  readonly language: Language;
  readonly wishes: RawOptions;
  /** The request as typed. */
  readonly wish?: string | undefined;
  /** Played before anything is composed. */
  readonly first?: Selection | undefined;
  /** Whether it plays around the clock, also after a restart; only for managers. */
  readonly stays?: boolean;
  readonly isManager?: boolean;
  /** Whether the mood follows the hour of the day. */
  readonly isByHour?: boolean;
  /** When it is to end, as typed, and when that was, in milliseconds since 1970. */
  readonly until?: { readonly said: string; readonly atMs: number } | undefined;
}

/** What opens a radio, by a person or after a restart. */
interface Opening extends Omit<RadioWish, 'user' | 'until' | 'isManager'> {
  readonly channel: string;
  readonly startedBy: string;
  readonly untilMs?: number | undefined;
}

/** A request to play a piece: what a radio would be started with. */
export type PlayWish = Pick<RadioWish, 'guild' | 'user' | 'textChannel' | 'language'>;

/** What became of it. */
export interface Queued {
  /** ID of the voice channel. */
  readonly channel: string;
  /** How many pieces it waits for, besides the current one; undefined if it started the radio. */
  readonly ahead?: number;
}

const neededPermissions = ['ViewChannel', 'Connect'] as const;

/** The radios of all servers, at most one per server. */
export class Radios {
  readonly #options: RadiosOptions;
  readonly #stays: Stays;
  /** By server. */
  readonly #broadcasts = new Map<string, Broadcast>();
  #ended = { pieces: 0, packets: 0, gaps: 0, starved: 0 };

  constructor(options: RadiosOptions) {
    this.#options = options;
    this.#stays = new Stays(options.settings);
    options.client.on(Events.VoiceStateUpdate, (before, after) =>
      this.#broadcasts.get(after.guild.id)?.voiceChanged(before, after),
    );
    options.client.on(Events.GuildDelete, ({ id }) => void this.#broadcasts.get(id)?.end('kicked'));
    options.client.on(Events.ClientReady, ({ guilds }) => void this.#resumeAll([...guilds.cache.values()]));
    options.client.on(Events.GuildAvailable, (guild) => void this.#resumeAll([guild]));
  }

  /**
   * Starts a radio in a person's voice channel and posts its message.
   * @throws UserError when the person is in no channel, the bot cannot play there, or the request is invalid
   */
  async start({ guild, user, until, isManager, ...wish }: RadioWish): Promise<Broadcast> {
    const channel = voiceChannelOf(guild, user);
    const playing = this.#broadcasts.get(guild.id);
    if (playing !== undefined) throw new UserError('radio.playing', { channel: `<#${playing.channel}>` });
    if (wish.stays === true && isManager !== true) throw new UserError('settings.only-managers');
    const { timeZone } = (await this.#options.settings.read(guild.id)).radio ?? {};
    if (wish.isByHour === true && timeZone === undefined) throw new UserError('radio.time-zone');
    const untilMs = until && readUntil(until.said, until.atMs, timeZone);
    return this.#open({ ...wish, guild, channel, startedBy: user, untilMs });
  }

  /** @throws UserError when there is one already, too many play, or the request is invalid; Discord's error */
  async #open({ stays = false, isByHour = false, wishes, ...opening }: Opening): Promise<Broadcast> {
    const { music, voices, settings, log, most, aloneMs = 300_000 } = this.#options;
    const { guild } = opening;
    const { volume = usualVolume, timeZone = 'UTC' } = (await settings.read(guild.id)).radio ?? {};
    // Others may have started meanwhile.
    if (this.#broadcasts.size >= most) throw new UserError('radio.too-many', { most });
    const now = this.#broadcasts.get(guild.id);
    if (now !== undefined) throw new UserError('radio.playing', { channel: `<#${now.channel}>` });
    const moodNow = (): RawOptions => ({ mood: moodAt(Math.floor(minuteIn(timeZone, epochMs()) / 60)) });
    let isOpen = false;
    const broadcast: Broadcast = new Broadcast({
      ...{ ...opening, volume, music, voices, aloneMs, stays },
      wishes: () => (isByHour ? { ...wishes, ...moodNow() } : wishes),
      log: log.child({ radio: guild.id }),
      onEnd: (reason) => this.#forget(guild.id, broadcast, isOpen && reason !== 'restart'),
      onMove: (channel) => this.#kept(this.#stays.move(guild.id, channel)),
    });
    this.#broadcasts.set(guild.id, broadcast);
    try {
      await broadcast.open();
      if (stays) await this.#stays.keep(guild.id, stayOf({ ...opening, wishes, isByHour }));
      isOpen = true;
    } catch (error) {
      void broadcast.end({ stoppedBy: guild.client.user.id });
      throw error;
    }
    return broadcast;
  }

  /** Opens the radios again that stay. Never rejects. */
  async #resumeAll(guilds: readonly Guild[]): Promise<void> {
    for (const guild of guilds) {
      await this.#resume(guild).catch((err: unknown) =>
        this.#options.log.warn({ err, server: guild.id }, 'a radio that stays was not started again'),
      );
    }
  }

  async #resume(guild: Guild): Promise<void> {
    const stay = await this.#stays.of(guild.id);
    if (stay === undefined || this.#broadcasts.has(guild.id)) return;
    const isOver = stay.untilMs !== undefined && stay.untilMs < epochMs();
    if (isOver || !guild.channels.cache.has(stay.channel)) {
      await this.#stays.forget(guild.id);
      return;
    }
    await this.#open({ ...stay, guild, language: languageFor(stay.language), stays: true });
  }

  #kept(saving: Promise<void>): void {
    saving.catch((err: unknown) => this.#options.log.error({ err }, 'the state of a radio was not saved'));
  }

  /** Whether a server has a radio. */
  has(server: string | null): boolean {
    return server !== null && this.#broadcasts.has(server);
  }

  /**
   * Plays a piece in the server's radio, which is started if there is none.
   * @param bring gets the piece, once it is clear that it could be played
   * @throws UserError when the person isn't listening, is in no channel, or too many pieces are waiting
   */
  async play(wish: PlayWish, bring: () => Promise<Brought>): Promise<Queued> {
    const { guild, user } = wish;
    const before = this.#broadcasts.get(guild.id);
    if (before === undefined) voiceChannelOf(guild, user);
    else before.requireListener(user);
    const selection = broughtSelection(await bring(), user);
    const broadcast = this.#broadcasts.get(guild.id);
    if (broadcast !== undefined) {
      broadcast.requireListener(user);
      return { channel: broadcast.channel, ahead: broadcast.play(selection) };
    }
    const { channel } = await this.start({ ...wish, wishes: {}, first: selection });
    return { channel };
  }

  /** The radio of a server. @throws UserError when it has none */
  of(server: string): Broadcast {
    const broadcast = this.#broadcasts.get(server);
    if (broadcast === undefined) throw new UserError('radio.none');
    return broadcast;
  }

  /** Whether someone may skip, stop and change the volume alone: managers, and people with the DJ role. */
  async isFree(interaction: BaseInteraction): Promise<boolean> {
    if (managesServer(interaction)) return true;
    const { dj } = (await this.#options.settings.read(interaction.guildId)).radio ?? {};
    return dj !== undefined && rolesOf(interaction).includes(dj);
  }

  /**
   * Sets what the managers of a server choose; what is absent is reset.
   * @throws UserError when there is no such time zone, or the disk is full
   */
  async choose(
    server: string,
    { dj, timeZone }: { readonly dj?: string | undefined; readonly timeZone?: string | undefined },
  ): Promise<void> {
    const zone = timeZone && timeZones.find((each) => each.toLowerCase() === timeZone.toLowerCase());
    if (timeZone !== undefined && zone === undefined)
      throw new UserError('radio.no-zone', { given: timeZone.slice(0, 40) });
    await this.#options.settings.update(server, ({ radio, ...before }) => {
      const { dj: _dj, timeZone: _zone, ...kept } = radio ?? {};
      const chosen = { ...(dj !== undefined && { dj }), ...(zone !== undefined && { timeZone: zone }) };
      return { ...before, radio: { ...kept, ...chosen } };
    });
  }

  /**
   * Sets and saves a server's volume, in percent.
   * @throws UserError when no radio is playing or the person may not change it
   */
  async setVolume(server: string, user: string, isFree: boolean, volume: number): Promise<void> {
    this.of(server).requireControl(user, isFree);
    await this.#options.settings.update(server, (before) => ({
      ...before,
      radio: { ...before.radio, volume },
    }));
    const broadcast = this.#broadcasts.get(server);
    if (broadcast !== undefined) broadcast.volume = volume;
  }

  get figures(): RadioFigures {
    const all = [...this.#broadcasts.values()];
    const sum = (figure: (each: Broadcast) => number): number =>
      all.reduce((total, each) => total + figure(each), 0);
    return {
      playing: all.length,
      listeners: sum(({ listeners }) => listeners.length),
      pieces: this.#ended.pieces + sum(({ pieces }) => pieces),
      packets: this.#ended.packets + sum(({ figures }) => figures.sent),
      gaps: this.#ended.gaps + sum(({ figures }) => figures.gaps),
      starved: this.#ended.starved + sum(({ figures }) => figures.starved),
    };
  }

  /** Ends all radios; their messages say that the bot is stopping. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all([...this.#broadcasts.values()].map((each) => each.end('restart')));
    await this.#options.voices.close();
  }

  /** @param isForGood whether it is not to go on after a restart */
  #forget(server: string, broadcast: Broadcast, isForGood: boolean): void {
    if (isForGood) this.#kept(this.#stays.forget(server));
    const { pieces, figures } = broadcast;
    this.#ended = {
      pieces: this.#ended.pieces + pieces,
      packets: this.#ended.packets + figures.sent,
      gaps: this.#ended.gaps + figures.gaps,
      starved: this.#ended.starved + figures.starved,
    };
    this.#broadcasts.delete(server);
  }
}

function stayOf({ channel, textChannel, startedBy, language, ...opening }: Opening): Stay {
  const { wishes, wish, isByHour = false, untilMs } = opening;
  return {
    ...{ channel, textChannel, startedBy, wishes, isByHour },
    language: languageCodes.find((code) => languages[code] === language) ?? 'en',
    ...(wish !== undefined && { wish }),
    ...(untilMs !== undefined && { untilMs }),
  };
}

/** ID of a person's voice channel. @throws UserError when the bot cannot play there */
function voiceChannelOf(guild: Guild, user: string): string {
  const channel = guild.voiceStates.cache.get(user)?.channel;
  if (!channel) throw new UserError('radio.not-in-voice');
  const link = `<#${channel.id}>`;
  const permissions = channel.permissionsFor(guild.client.user.id);
  const missing = [
    ...(permissions?.missing([...neededPermissions]) ?? []),
    ...missingToSpeak(channel.type, permissions),
  ];
  if (missing.length > 0) throw new UserError('bot.channel-permissions', { channel: link, missing });
  const mayJoinFull = permissions?.has(PermissionsBitField.Flags.MoveMembers) === true;
  if (channel.full && !mayJoinFull) throw new UserError('radio.full', { channel: link });
  return channel.id;
}
