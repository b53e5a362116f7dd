import { outputOf, type ComposeOptions, type Composition } from '../compose/composition.js';
import type { MusicServices } from '../compose/music-services.js';
import { goOnDifferently } from '../compose/remake.js';
import { UserError } from '../errors/user-error.js';
import type { Piece } from '../music/piece.js';
import type { RawOptions } from '../request/options.js';
import { firstComposed, nextMoment, type Moment } from './moments.js';
import { Programme } from './programme.js';
import { Votes } from './votes.js';
import { atLevel, levelBeside, type Level } from './wishes.js';

/** Music for a speaker. */
export interface Music {
  readonly id: number;
  readonly piece: Piece;
  readonly midi: Uint8Array;
  readonly fromTick: number;
  /** Silence before it. */
  readonly breathSeconds: number;
}

/** What a radio is heard through. It tells the radio what it has come to: {@link Radio.begun} and so on. */
export interface Speaker {
  enqueue(music: Music): void;
  clear(): void;
  cut(seconds: number): void;
  skip(): void;
}

export interface RadioOptions {
  readonly music: Pick<MusicServices, 'requests' | 'composing'>;
  readonly speaker: Speaker;
  readonly wishes: RawOptions;
  readonly server: string;
  /** Something can be seen that could not before. */
  readonly onChange: () => void;
  /** A piece could not be composed; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  readonly random?: () => number;
  readonly now?: () => number;
}

/** A piece, and where it is to begin. */
interface Made extends Pick<Music, 'fromTick' | 'breathSeconds'> {
  readonly composition: Composition;
}

/** A piece that is played, or will be. */
export interface Airing {
  readonly id: number;
  readonly composition: Composition;
}

/** Between pieces, in seconds: the last one rings on before. */
const breathSeconds = 1.2;
/** Where a song is left for another. */
const shortBreathSeconds = 0.4;
/** So far ahead of what is encoded a piece is left, in seconds: time to compose what takes over. */
const steerAhead = 1.2;
/** How long a piece goes on after it was steered, in seconds: soon there is a new one. */
const steeredSeconds = 45;
const steerAgainMs = 4000;
const retryMs = 5000;

/**
 * A radio without end: while a piece is played, the next is composed. It knows neither Discord nor sound: what it
 * plays goes to a {@link Speaker}, which tells when it has begun and ended.
 */
export class Radio {
  readonly votes = new Votes();
  readonly #options: RadioOptions;
  readonly #programme: Programme;
  readonly #now: () => number;
  readonly #likes = new Set<string>();
  /** By id, as long as they may be heard. */
  readonly #airings = new Map<number, Airing>();
  #playing: Airing | undefined;
  #seconds = 0;
  #next: Airing | undefined;
  #level: Level = 0;
  #composing: AbortController | undefined;
  #retry: NodeJS.Timeout | undefined;
  #nextId = 1;
  #steeredMs = -Infinity;
  #pieces = 0;
  #isStopped = false;

  /** @throws UserError when the wishes are wrong */
  constructor(options: RadioOptions) {
    const { music, wishes, server, random = Math.random, now = () => performance.now() } = options;
    this.#options = options;
    this.#now = now;
    this.#programme = new Programme({
      requests: music.requests,
      compose: (request, more) => music.composing.compose(request, more),
      ...{ wishes, server, random, now },
    });
  }

  /** What is played; nothing until the first piece is composed. */
  get playing(): Airing | undefined {
    return this.#playing;
  }

  get next(): Airing | undefined {
    return this.#next;
  }

  get level(): Level {
    return this.#level;
  }

  get likes(): number {
    return this.#likes.size;
  }

  /** Pieces that were begun. */
  get pieces(): number {
    return this.#pieces;
  }

  start(): void {
    void this.#composeNext(0);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    this.#composing?.abort();
  }

  /** Ends what is played; the next piece follows, at once if it is composed. */
  skip(): void {
    this.#options.speaker.skip();
  }

  /** @returns whether it is the first time that this person likes what is played */
  like(person: string): boolean {
    if (this.#playing === undefined || this.#likes.has(person)) return false;
    this.#likes.add(person);
    this.#programme.leanTo(this.#playing.composition.piece);
    this.#options.onChange();
    return true;
  }

  /**
   * Makes what is played calmer or livelier, from the next bar or the next note on.
   * @throws UserError when it cannot go further, or was steered a moment ago
   */
  steer(direction: -1 | 1): void {
    const level = levelBeside(this.#level, direction);
    if (level === undefined) throw new UserError('radio.no-further', { direction });
    if (this.#now() - this.#steeredMs < steerAgainMs) throw new UserError('radio.just-steered');
    this.#steeredMs = this.#now();
    this.#level = level;
    const { speaker, onChange } = this.#options;
    speaker.clear();
    this.#next = undefined;
    const playing = this.#playing;
    const moment = playing && nextMoment(playing.composition.piece, this.#seconds + steerAhead);
    if (playing === undefined || moment === undefined) {
      void this.#composeNext(0);
    } else {
      speaker.cut(moment.seconds);
      if (playing.composition.request.task.kind === 'song') void this.#composeNext(shortBreathSeconds);
      else void this.#compose((signal) => this.#differently(playing, moment, signal));
    }
    onChange();
  }

  /** The speaker has begun a piece. */
  begun(id: number): void {
    const airing = this.#airings.get(id);
    if (airing === undefined) return;
    for (const other of this.#airings.keys()) if (other < id) this.#airings.delete(other);
    this.#playing = airing;
    this.#seconds = 0;
    this.#pieces += 1;
    this.#next = undefined;
    this.votes.clear();
    this.#likes.clear();
    this.#programme.played(airing.composition.piece);
    void this.#composeNext(breathSeconds);
    this.#options.onChange();
  }

  /** @param seconds of the piece, that can no longer be changed */
  at(id: number, seconds: number): void {
    if (this.#playing?.id === id) this.#seconds = seconds;
  }

  ended(id: number): void {
    if (this.#playing?.id !== id) return;
    this.#playing = undefined;
    if (this.#next === undefined) this.#options.onChange();
  }

  /** The speaker is another one, which has nothing to play yet: goes on where the last one was. */
  resume(): void {
    const playing = this.#playing;
    this.#next = undefined;
    const { piece } = playing?.composition ?? {};
    const moment = piece && nextMoment(piece, this.#seconds);
    if (playing === undefined || moment === undefined) void this.#composeNext(0);
    else void this.#compose(() => Promise.resolve({ ...playing, fromTick: moment.tick, breathSeconds: 0 }));
  }

  /** The speaker cannot play a piece: another one takes its place. */
  failed(id: number): void {
    this.#airings.delete(id);
    if (this.#next?.id !== id) return;
    this.#next = undefined;
    this.#again(breathSeconds);
  }

  #composeNext(breath: number): Promise<void> {
    return this.#compose(async (signal) => {
      const composition = await this.#programme.next(this.#level, this.#composeOptions(signal));
      return { composition, fromTick: 0, breathSeconds: breath };
    });
  }

  async #differently({ composition }: Airing, moment: Moment, signal: AbortSignal): Promise<Made> {
    const { music, wishes, server } = this.#options;
    const options = { length: steeredSeconds, ...atLevel(wishes, this.#level) };
    const request = goOnDifferently(music.requests, composition, moment.seconds, options, server);
    const made = await music.composing.compose(request, this.#composeOptions(signal));
    const first = firstComposed(made.piece) ?? moment;
    const gap = Math.min(Math.max(first.seconds - moment.seconds, 0), breathSeconds);
    return { composition: made, fromTick: first.tick, breathSeconds: gap };
  }

  #composeOptions(signal: AbortSignal): ComposeOptions {
    return { signal, owner: `radio ${this.#options.server}`, roles: ['midi', 'image'] };
  }

  /** Composes what comes next, instead of what is being composed. Never rejects. */
  async #compose(make: (signal: AbortSignal) => Promise<Made>): Promise<void> {
    this.#composing?.abort();
    clearTimeout(this.#retry);
    const cancel = new AbortController();
    this.#composing = cancel;
    try {
      const { composition, ...where } = await make(cancel.signal);
      if (cancel.signal.aborted || this.#isStopped) return;
      const airing = { id: this.#nextId++, composition };
      this.#airings.set(airing.id, airing);
      this.#next = airing;
      const midi = outputOf(composition, 'midi').bytes;
      this.#options.speaker.enqueue({ id: airing.id, piece: composition.piece, midi, ...where });
      this.#options.onChange();
    } catch (error) {
      if (cancel.signal.aborted || this.#isStopped) return;
      this.#options.onFailure(error);
      this.#again(breathSeconds);
    }
  }

  #again(breath: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#composeNext(breath), retryMs);
  }
}
