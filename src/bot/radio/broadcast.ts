import type {
  GatewayVoiceServerUpdateDispatchData,
  GatewayVoiceStateUpdateDispatchData,
  Guild,
  VoiceState,
} from 'discord.js';
import type { MusicServices } from '../../compose/music-services.js';
import { UserError } from '../../errors/user-error.js';
import type { Language } from '../../i18n/language.js';
import { rollWordsFor } from '../../i18n/title.js';
import { Radio } from '../../radio/radio.js';
import type { Selection } from '../../radio/selection.js';
import type { RawOptions } from '../../request/options.js';
import type { LeftReason, LineFigures } from '../../voice/messages.js';
import type { Line, LineEvents, OpenGateway, Voices } from '../../voice/voices.js';
import type { Logger } from '../ops/logging.js';
import { ChannelStatus } from './channel-status.js';
import { listenersIn } from './listeners.js';
import { PlayerMessage } from './player-message.js';
import { finalMessage, playerMessage, playerText, statusLine, type PlayerView } from './player-view.js';
import { askToSpeak, isSilenced } from './stage.js';
import { epochMs } from './time.js';
import { lufsOf } from './volume.js';

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

/** Increasing delays before rejoining after a lost connection; a radio that stays repeats the last. */
const rejoinAfterMs = [5000, 15_000, 60_000];

/** One radio in one server: its music, its voice channel and its message. */
export class Broadcast {
  readonly #options: BroadcastOptions;
  readonly #radio: Radio;
  readonly #message: PlayerMessage;
  readonly #status: ChannelStatus;
  #line: Line;
  #channel: string;
  #volume: number;
  /** Whether the connection is ready to play. */
  #isReady = false;
  #isPaused = true;
  #isOver = false;
  #alone: NodeJS.Timeout | undefined;
  #until: NodeJS.Timeout | undefined;
  #rejoin: NodeJS.Timeout | undefined;
  #rejoins = 0;
  #isRejoining = false;
  #left: Promise<void> | undefined;
  #earlier: LineFigures = { sent: 0, gaps: 0, starved: 0 };

  /** Joins the channel. @throws UserError when the wishes are wrong */
  constructor(options: BroadcastOptions) {
    const { guild, channel, textChannel, volume, music, wishes, first, log, untilMs, language } = options;
    const leftMs = untilMs === undefined ? undefined : Math.max(0, untilMs - epochMs());
    this.#options = options;
    this.#channel = channel;
    this.#volume = volume;
    this.#radio = new Radio({
      ...{ music, wishes, server: guild.id },
      speaker: {
        enqueue: (source) => this.#line.enqueue(source),
        clear: () => this.#line.clear(),
        cut: (id, seconds) => this.#line.cut(id, seconds),
        skip: (seconds) => this.#line.skip(seconds),
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
    this.#line = this.#join();
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
    return this.#channel;
  }

  get listeners(): readonly string[] {
    return listenersIn(this.#options.guild, this.#channel);
  }

  get pieces(): number {
    return this.#radio.pieces;
  }

  get figures(): LineFigures {
    const [a, b] = [this.#earlier, this.#line.figures];
    return { sent: a.sent + b.sent, gaps: a.gaps + b.gaps, starved: a.starved + b.starved };
  }

  /** What is playing, as text. */
  describe(language: Language): string {
    return playerText({ ...this.#view(), language });
  }

  /**
   * The current piece's MIDI file.
   * @throws UserError when nothing is playing yet, the piece is somebody's own file, or the person is not listening
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
    this.#volume = volume;
    this.#line.setLoudness(lufsOf(volume));
    this.#message.update();
  }

  /**
   * Skips the current piece, or counts a vote to skip it.
   * @param isFree whether the person can skip without a vote
   * @returns the number of votes and how many are needed; undefined if it was skipped
   * @throws UserError when nothing is playing yet or the person is not listening
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

  /** @throws UserError when nothing is playing yet or the person is not listening */
  like(user: string): void {
    this.requireListener(user);
    this.#playing();
    this.#radio.like(user);
  }

  /** @throws UserError when the person is not in the channel */
  requireListener(user: string): void {
    if (this.listeners.includes(user)) return;
    throw new UserError('radio.not-listening', { channel: `<#${this.#channel}>` });
  }

  /**
   * Checks that a person may stop the radio or change its volume: managers, DJs, the person who started it, and any listener
   * once that person has left.
   * @throws UserError for everyone else
   */
  requireControl(user: string, isFree: boolean): void {
    const { startedBy } = this.#options;
    if (isFree || user === startedBy) return;
    if (this.listeners.includes(startedBy)) throw new UserError('bot.not-owner', { act: 'cancel' });
    this.requireListener(user);
  }

  /** Called when someone, possibly the bot, joined, left or was moved. */
  voiceChanged(before: VoiceState, after: VoiceState): void {
    if (after.id !== this.#options.guild.client.user.id) {
      if ([before.channelId, after.channelId].includes(this.#channel)) this.#attend();
      return;
    }
    if (after.channelId === null) {
      // While it is joining, there was no channel before; before it joins again, it leaves.
      if (before.channelId !== null && !this.#isRejoining) void this.end('kicked');
    } else if (after.channelId !== this.#channel) {
      this.#channel = after.channelId;
      this.#options.onMove(after.channelId);
      this.#attend();
      this.#askToSpeak();
      this.#show();
    } else this.#attend();
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
    clearTimeout(this.#alone);
    clearTimeout(this.#until);
    clearTimeout(this.#rejoin);
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
    if (playing === undefined) throw new UserError('radio.nothing-yet');
    return playing;
  }

  #view(): PlayerView {
    const { language, startedBy, wish, stays, untilMs } = this.#options;
    const radio = this.#radio;
    return {
      ...{ language, startedBy, wish, stays, untilMs, channel: this.#channel },
      ...{ level: radio.level, likes: radio.likes, volume: this.#volume },
      playing: radio.playing?.selection,
      coming: [...(radio.next === undefined ? [] : [radio.next.selection]), ...radio.waiting],
      isPaused: this.#isReady && this.#isPaused,
      isSilenced: this.#isReady && isSilenced(this.#options.guild),
      ...radio.votes.count(this.listeners),
    };
  }

  #join(): Line {
    const { guild, voices } = this.#options;
    const events: LineEvents = {
      ready: () => {
        this.#isReady = true;
        this.#rejoins = 0;
        this.#isRejoining = false;
        this.#attend();
        this.#askToSpeak();
      },
      left: (reason) => this.#lost(reason),
      begun: (id) => this.#radio.begun(id),
      at: (id, seconds) => this.#radio.at(id, seconds),
      ended: (id) => this.#radio.ended(id),
      failed: (id) => this.#radio.failed(id),
    };
    return voices.join(
      guild.id,
      this.#channel,
      lufsOf(this.#volume),
      gatewayOf(guild, () => (this.#isRejoining = true)),
      events,
    );
  }

  /** Plays while someone is listening. */
  #attend(): void {
    if (!this.#isReady || this.#isOver) return;
    const isAlone = this.listeners.length === 0;
    const isPaused = isAlone || isSilenced(this.#options.guild);
    if (isPaused) this.#line.hush();
    if (isAlone) {
      const { stays, aloneMs } = this.#options;
      if (!stays) this.#alone ??= setTimeout(() => void this.end('alone'), aloneMs);
    } else {
      clearTimeout(this.#alone);
      this.#alone = undefined;
      if (!isPaused && this.#isPaused) this.#line.sound();
    }
    if (isPaused !== this.#isPaused) this.#message.update();
    this.#isPaused = isPaused;
  }

  /** Updates the message, and the channel's status line with the current piece. */
  #show(): void {
    this.#message.update();
    const { playing } = this.#radio;
    if (this.#isOver || playing === undefined) return;
    void this.#status.show(this.#channel, statusLine(this.#options.language, playing.selection));
  }

  #askToSpeak(): void {
    void askToSpeak(this.#options.guild, this.#options.log);
  }

  /** Clears the status line first, which needs more permissions from outside the channel. */
  #leave(): void {
    this.#line.hush();
    if (!this.#status.isShown) {
      this.#line.leave();
      return;
    }
    const late = setTimeout(() => this.#line.leave(), leaveWithinMs);
    this.#left = this.#status.clear().then(() => {
      clearTimeout(late);
      this.#line.leave();
    });
  }

  /** Ends the music, then the radio. */
  #fade(): void {
    if (this.#isPaused || !this.#isReady) {
      void this.end('until');
      return;
    }
    this.#line.skip(fadeSeconds);
    this.#until = setTimeout(() => void this.end('until'), fadeSeconds * 1000 + aheadMs);
  }

  #lost(reason: LeftReason): void {
    if (this.#isOver) return;
    const { stays, guild } = this.#options;
    // If somebody had disconnected it, Discord would have said so before.
    const isForGood = stays
      ? reason === 'no-encryption' || !guild.channels.cache.has(this.#channel)
      : reason !== 'lost';
    const wait = rejoinAfterMs[this.#rejoins] ?? (stays ? rejoinAfterMs.at(-1) : undefined);
    if (isForGood || wait === undefined) {
      void this.end(reason);
      return;
    }
    this.#options.log.warn({ wait }, 'the radio lost its voice channel, and joins it again');
    this.#rejoins += 1;
    this.#isRejoining = true;
    this.#isReady = false;
    this.#isPaused = true;
    this.#earlier = this.figures;
    this.#rejoin = setTimeout(() => {
      this.#line = this.#join();
      this.#radio.resume();
    }, wait);
  }
}

/**
 * Discord's gateway for the voice of a server.
 * @param onLeave called when the bot itself leaves: Discord's answer may arrive before the line has said why
 */
function gatewayOf(guild: Guild, onLeave: () => void): OpenGateway {
  return (hear) => {
    const methods = {
      onVoiceServerUpdate: (data: GatewayVoiceServerUpdateDispatchData) => hear({ type: 'server', data }),
      onVoiceStateUpdate: (data: GatewayVoiceStateUpdateDispatchData) => hear({ type: 'state', data }),
      destroy: () => undefined,
    };
    const adapter = guild.voiceAdapterCreator(methods);
    return {
      send(payload) {
        if (isLeave(payload)) onLeave();
        return adapter.sendPayload(payload);
      },
      close() {
        // A newer line may have replaced it.
        if (guild.client.voice.adapters.get(guild.id) === methods) adapter.destroy();
      },
    };
  };
}

/** Whether a payload for the gateway takes the bot out of its voice channel. */
function isLeave(payload: unknown): boolean {
  const { d } = payload as { readonly d?: { readonly channel_id?: string | null } };
  return d?.channel_id === null;
}
