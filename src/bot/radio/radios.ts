import { ChannelType, Events, PermissionsBitField, type Client, type Guild } from 'discord.js';
import type { MusicServices } from '../../compose/music-services.js';
import { UserError } from '../../errors/user-error.js';
import type { Language } from '../../i18n/language.js';
import { broughtSelection, type Brought, type Selection } from '../../radio/selection.js';
import type { RawOptions } from '../../request/options.js';
import type { Voices } from '../../voice/voices.js';
import type { ServerSettingsStore } from '../access/server-settings.js';
import type { Logger } from '../ops/logging.js';
import { Broadcast } from './broadcast.js';
import type { RadioFigures } from './radio-figures.js';
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
}

/** A request to play a piece: what a radio would be started with. */
export type PlayWish = Omit<RadioWish, 'wishes' | 'wish' | 'first'>;

/** What became of it. */
export interface Queued {
  /** ID of the voice channel. */
  readonly channel: string;
  /** How many pieces it waits for, besides the current one; undefined if it started the radio. */
  readonly ahead?: number;
}

const neededPermissions = ['ViewChannel', 'Connect', 'Speak'] as const;

/** The radios of all servers, at most one per server. */
export class Radios {
  readonly #options: RadiosOptions;
  /** By server. */
  readonly #broadcasts = new Map<string, Broadcast>();
  #ended = { pieces: 0, packets: 0, gaps: 0, starved: 0 };

  constructor(options: RadiosOptions) {
    this.#options = options;
    options.client.on(Events.VoiceStateUpdate, (before, after) =>
      this.#broadcasts.get(after.guild.id)?.voiceChanged(before, after),
    );
    options.client.on(Events.GuildDelete, ({ id }) => void this.#broadcasts.get(id)?.end('kicked'));
  }

  /**
   * Starts a radio in a person's voice channel and posts its message.
   * @throws UserError when the person is in no channel, the bot cannot play there, or the request is invalid
   */
  async start({ guild, user, ...wish }: RadioWish): Promise<Broadcast> {
    const { client, music, voices, settings, log, most, aloneMs = 300_000 } = this.#options;
    const channel = voiceChannelOf(guild, user);
    const playing = this.#broadcasts.get(guild.id);
    if (playing !== undefined) throw new UserError('radio.playing', { channel: `<#${playing.channel}>` });
    if (this.#broadcasts.size >= most) throw new UserError('radio.too-many', { most });
    const volume = (await settings.read(guild.id)).radio?.volume ?? usualVolume;
    const now = this.#broadcasts.get(guild.id);
    if (now !== undefined) throw new UserError('radio.playing', { channel: `<#${now.channel}>` });
    const broadcast: Broadcast = new Broadcast({
      ...{ ...wish, guild, channel, startedBy: user, volume, music, voices, aloneMs },
      log: log.child({ radio: guild.id }),
      onEnd: () => this.#forget(guild.id, broadcast),
    });
    this.#broadcasts.set(guild.id, broadcast);
    try {
      await broadcast.open();
    } catch (error) {
      void broadcast.end({ stoppedBy: client.user!.id });
      throw error;
    }
    return broadcast;
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

  /**
   * Sets and saves a server's volume, in percent.
   * @throws UserError when no radio is playing or the person may not change it
   */
  async setVolume(server: string, user: string, isManager: boolean, volume: number): Promise<void> {
    this.of(server).requireControl(user, isManager);
    await this.#options.settings.update(server, (before) => ({ ...before, radio: { volume } }));
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

  #forget(server: string, broadcast: Broadcast): void {
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

/** ID of a person's voice channel. @throws UserError when the bot cannot play there */
function voiceChannelOf(guild: Guild, user: string): string {
  const channel = guild.voiceStates.cache.get(user)?.channel;
  if (!channel) throw new UserError('radio.not-in-voice');
  if (channel.type === ChannelType.GuildStageVoice) throw new UserError('radio.stage');
  const link = `<#${channel.id}>`;
  const permissions = channel.permissionsFor(guild.client.user.id);
  const missing = permissions?.missing([...neededPermissions]) ?? [];
  if (missing.length > 0) throw new UserError('bot.channel-permissions', { channel: link, missing });
  const mayJoinFull = permissions?.has(PermissionsBitField.Flags.MoveMembers) === true;
  if (channel.full && !mayJoinFull) throw new UserError('radio.full', { channel: link });
  return channel.id;
}
