import type { Guild, VoiceState } from 'discord.js';
import type { MusicServices } from '../../compose/music-services.js';
import { UserError } from '../../errors/user-error.js';
import type { Language } from '../../i18n/language.js';
import { rollWordsFor } from '../../i18n/title.js';
import { Radio } from '../../radio/radio.js';
import type { Selection } from '../../radio/selection.js';
import type { RawOptions } from '../../request/options.js';
import type { LeftReason, LineFigures } from '../../voice/messages.js';
import type { Voices } from '../../voice/voices.js';
import type { Logger } from '../ops/logging.js';
import { Audience } from './audience.js';
import { ChannelStatus } from './channel-status.js';
import { PlayerMessage } from './player-message.js';
import { finalMessage, playerMessage, playerText, statusLine, type PlayerView } from './player-view.js';
import { askToSpeak, isSilenced } from './stage.js';
import { epochMs } from './time.js';
import { VoiceLink } from './voice-link.js';

/** Why a radio ended. */
export type EndReason = LeftReason | 'alone' | 'restart' | 'until' | { readonly stoppedBy: string };

export interface BroadcastOptions {
  readonly guild: Guild;
  /** IDs of the voice channel and of the channel for the message. */
  readonly channel: string;
  readonly textChannel: string;
  /** ID of the person. */
  readonly startedBy: string;
  readonly language: Language;
  /** The options for the next piece. */
  readonly wishes: () => RawOptions;
  /** The request as typed. */
  readonly wish?: string | undefined;
  /** Played before anything is composed. */
  readonly first?: Selection | undefined;
  readonly volume: number;
  readonly music: Pick<MusicServices, 'requests' | 'composing'>;
  readonly voices: Pick<Voices, 'join'>;
  readonly log: Logger;
  /** Whether it stays while nobody listens, and joins again whenever the network takes it out of its channel. */
  readonly stays: boolean;
  /** When it ends, in milliseconds since 1970. */
  readonly untilMs?: number | undefined;
  /** Called once. */
  readonly onEnd: (reason: EndReason) => void;
  /** Called when somebody moved it. @param channel ID */
  readonly onMove: (channel: string) => void;
  /** How long it waits for a listener. */
  readonly aloneMs: number;
}

/** How long after its time a radio that still plays is faded out, and how long that takes. */
const graceMs = 20_000;
const fadeSeconds = 5;
/** How much later than told it is heard, at most. */
const aheadMs = 1000;

/** How long to wait for the status line to be cleared. */
const leaveWithinMs = 1000;

/** One radio in one server: its music, its voice channel and its message. */
export class Broadcast {
  readonly #options: BroadcastOptions;
  readonly #radio: Radio;
  readonly #message: PlayerMessage;
  readonly #status: ChannelStatus;
  readonly #link: VoiceLink;
  readonly #audience: Audience;
  #isOver = false;
  #until: NodeJS.Timeout | undefined;
  #left: Promise<void> | undefined;

  /** Joins the channel. @throws UserError when the wishes are wrong */
  constructor(options: BroadcastOptions) {
    const { guild, channel, textChannel, volume, voices, log, untilMs, stays, aloneMs } = options;
    const { music, wishes, first, language } = options;
    const leftMs = untilMs === undefined ? undefined : Math.max(0, untilMs - epochMs());
    this.#options = options;
    this.#radio = new Radio({
      ...{ music, wishes, server: guild.id },
      speaker: {
        enqueue: (source) => this.#link.enqueue(source),
        clear: () => this.#link.clear(),
        cut: (id, seconds) => this.#link.cut(id, seconds),
        skip: (seconds) => this.#link.skip(seconds),
      },
      words: (request) => rollWordsFor(language, request),
      untilMs: leftMs === undefined ? undefined : performance.now() + leftMs,
      onFinish: () => void this.end('until'),
      onChange: () => this.#show(),
      onFailure: (err) => log.warn({ err }, 'the next piece of the radio was not composed'),
    });
    this.#message = new PlayerMessage({
      ...{ rest: guild.client.rest, channel: textChannel, log },
      make: (withPicture) => playerMessage(this.#view(), withPicture),
      picture: () => this.#radio.playing?.id,
    });
    this.#status = new ChannelStatus(guild, log);
    this.#link = new VoiceLink({
      ...{ guild, channel, volume, voices, log, stays },
      events: {
        ready: () => {
          this.#audience.attend();
          this.#askToSpeak();
        },
        emptied: () => {
          this.#audience.gone();
          this.#radio.resume();
        },
        left: (reason) => void this.end(reason),
        begun: (id) => this.#radio.begun(id),
        at: (id, seconds) => this.#radio.at(id, seconds),
        ended: (id) => this.#radio.ended(id),
        failed: (id) => this.#radio.failed(id),
      },
    });
    this.#audience = new Audience({
      ...{ guild, link: this.#link, aloneMs: stays ? undefined : aloneMs },
      onAlone: () => void this.end('alone'),
      onChange: () => this.#message.update(),
    });
    if (leftMs !== undefined) this.#until = setTimeout(() => this.#fade(), leftMs + graceMs);
    if (first !== undefined) this.#radio.play(first);
    this.#radio.start();
  }

  /** Posts the message. @throws Discord's error */
  async open(): Promise<void> {
    await this.#message.open();
  }

  /** ID of the voice channel. */
  get channel(): string {
    return this.#link.channel;
  }

  get listeners(): readonly string[] {
    return this.#audience.listeners;
  }

  get pieces(): number {
    return this.#radio.pieces;
  }

  get figures(): LineFigures {
    return this.#link.figures;
  }

  /** What is playing, as text. */
  describe(language: Language): string {
    return playerText({ ...this.#view(), language });
  }

  /**
   * The current piece's MIDI file.
   * @throws UserError when nothing is playing at the moment, the piece is somebody's own file, or the person is not listening
   */
  keep(user: string): Uint8Array {
    this.requireListener(user);
    const { midi, request } = this.#playing().selection;
    if (request === undefined) throw new UserError('radio.own-file');
    return midi;
  }

  /**
   * Plays a piece after the current one and those already waiting.
   * @returns how many it waits for, besides the current one
   * @throws UserError when too many are waiting
   */
  play(selection: Selection): number {
    return this.#radio.play(selection);
  }

  set volume(volume: number) {
    this.#link.volume = volume;
    this.#message.update();
  }

  /**
   * Skips the current piece, or counts a vote to skip it.
   * @param isFree whether the person can skip without a vote
   * @returns the number of votes and how many are needed; undefined if it was skipped
   * @throws UserError when nothing is playing at the moment or the person is not listening
   */
  skip(user: string, isFree: boolean): { readonly votes: number; readonly needed: number } | undefined {
    this.#playing();
    const { votes } = this.#radio;
    if (!isFree) {
      this.requireListener(user);
      const count = votes.add(user, this.listeners);
      if (count.votes < count.needed) {
        this.#message.update();
        return count;
      }
    }
    votes.clear();
    this.#radio.skip();
    return undefined;
  }

  /** @throws UserError at the last level, or when the person is not listening */
  steer(user: string, direction: -1 | 1): void {
    this.requireListener(user);
    this.#radio.steer(direction);
  }

  /** @throws UserError when nothing is playing at the moment or the person is not listening */
  like(user: string): void {
    this.requireListener(user);
    this.#playing();
    this.#radio.like(user);
  }

  /** @throws UserError when the person is not in the channel */
  requireListener(user: string): void {
    if (this.listeners.includes(user)) return;
    throw new UserError('radio.not-listening', { channel: `<#${this.#link.channel}>` });
  }

  /**
   * Checks that a person may stop the radio or change its volume: managers, DJs, the person who started it, and any listener
   * once that person has left.
   * @throws UserError for everyone else
   */
  requireControl(user: string, isFree: boolean): void {
    const { startedBy } = this.#options;
    if (isFree || user === startedBy) return;
    if (this.listeners.includes(startedBy)) throw new UserError('radio.not-yours');
    this.requireListener(user);
  }

  /** Called when someone, possibly the bot, joined, left or was moved. */
  voiceChanged(before: VoiceState, after: VoiceState): void {
    const { guild, onMove } = this.#options;
    const link = this.#link;
    if (after.id !== guild.client.user.id) {
      if ([before.channelId, after.channelId].includes(link.channel)) this.#audience.attend();
    } else if (after.channelId === null) {
      // While it is joining, there was no channel before; before it joins again, it leaves.
      if (before.channelId !== null && !link.isLeaving) void this.end('kicked');
    } else if (after.channelId !== link.channel) {
      link.channel = after.channelId;
      onMove(after.channelId);
      this.#audience.attend();
      this.#askToSpeak();
      this.#show();
    } else this.#audience.attend();
  }

  /** Ends the radio for a person. @throws UserError when they may not */
  async stop(user: string, isFree: boolean): Promise<void> {
    this.requireControl(user, isFree);
    await this.end({ stoppedBy: user });
  }

  /** Stops, leaves the channel and says why. Never rejects. */
  async end(reason: EndReason): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#audience.close();
    clearTimeout(this.#until);
    this.#radio.stop();
    this.#leave();
    this.#options.onEnd(reason);
    const { stays, language } = this.#options;
    const { ended } = language.radio;
    const sentence =
      typeof reason !== 'string'
        ? ended.stopped(`<@${reason.stoppedBy}>`)
        : ended[reason === 'restart' && stays ? 'returns' : reason];
    await this.#left;
    await this.#message.close(finalMessage(this.#view(), sentence));
  }

  #playing(): NonNullable<Radio['playing']> {
    const { playing } = this.#radio;
    if (playing === undefined) throw new UserError('radio.nothing-now');
    return playing;
  }

  #view(): PlayerView {
    const { language, startedBy, wish, stays, untilMs } = this.#options;
    const radio = this.#radio;
    return {
      ...{ language, startedBy, wish, stays, untilMs, channel: this.#link.channel },
      ...{ level: radio.level, likes: radio.likes, volume: this.#link.volume },
      playing: radio.playing?.selection,
      coming: [...(radio.next === undefined ? [] : [radio.next.selection]), ...radio.waiting],
      isPaused: this.#link.isReady && this.#audience.isPaused,
      isSilenced: this.#link.isReady && isSilenced(this.#options.guild),
      otherBots: this.#audience.bots,
      ...radio.votes.count(this.listeners),
    };
  }

  /** Updates the message, and the channel's status line with the current piece. */
  #show(): void {
    this.#message.update();
    const { playing } = this.#radio;
    if (this.#isOver || playing === undefined) return;
    void this.#status.show(this.#link.channel, statusLine(this.#options.language, playing.selection));
  }

  #askToSpeak(): void {
    void askToSpeak(this.#options.guild, this.#options.log);
  }

  /** Clears the status line first, which needs more permissions from outside the channel. */
  #leave(): void {
    this.#link.close();
    if (!this.#status.isShown) {
      this.#link.leave();
      return;
    }
    const late = setTimeout(() => this.#link.leave(), leaveWithinMs);
    this.#left = this.#status.clear().then(() => {
      clearTimeout(late);
      this.#link.leave();
    });
  }

  /** Ends the music, then the radio. */
  #fade(): void {
    if (this.#audience.isPaused || !this.#link.isReady) {
      void this.end('until');
      return;
    }
    this.#link.skip(fadeSeconds);
    this.#until = setTimeout(() => void this.end('until'), fadeSeconds * 1000 + aheadMs);
  }
}
