import type { ComposeOptions, Composition } from '../compose/composition.js';
import type { MusicServices } from '../compose/music-services.js';
import { steer } from '../compose/steered.js';
import { UserError } from '../errors/user-error.js';
import { isPianoAlone, type Piece } from '../music/piece.js';
import type { RawOptions } from '../request/options.js';
import type { CompositionRequest } from '../request/request.js';
import { firstComposed, firstNote, nextMoment, type Moment } from './moments.js';
import { Programme } from './programme.js';
import { composedSelection, type Selection } from './selection.js';
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

/** Plays the radio's music, and reports back through {@link Radio.begun}, {@link Radio.at} and {@link Radio.ended}. */
export interface Speaker {
  enqueue(music: Music): void;
  clear(): void;
  /** Ends music at this position, in seconds. */
  cut(id: number, seconds: number): void;
  /** @param seconds how long it fades */
  skip(seconds?: number): void;
}

export interface RadioOptions {
  readonly music: Pick<MusicServices, 'requests' | 'composing'>;
  readonly speaker: Speaker;
  /** The options for the next piece. */
  readonly wishes: () => RawOptions;
  readonly server: string;
  /** Text in the picture of a request's piece; English by default. */
  readonly words?: (request: CompositionRequest) => Required<ComposeOptions>['words'];
  /** When to end, by the same clock as `now`. */
  readonly untilMs?: number | undefined;
  /** Called when the last piece has ended. */
  readonly onFinish?: () => void;
  /** Called when there is something new to show. */
  readonly onChange: () => void;
  /** Called when a piece could not be composed; the radio tries again. */
  readonly onFailure: (error: unknown) => void;
  readonly random?: () => number;
  readonly now?: () => number;
}

/** A piece and where in it to start. */
interface Made extends Pick<Music, 'fromTick' | 'breathSeconds'> {
  readonly selection: Selection;
}

/** A piece that is playing or will be. */
export interface Airing {
  readonly id: number;
  readonly selection: Selection;
}

/** With less time left, no other piece begins. */
const leastSeconds = 30;

/** How many pieces that people brought can wait. */
const mostWaiting = 10;

/** Pause between pieces, in seconds, after the last one has rung out. */
const breathSeconds = 1.2;
/** Pause after music that was interrupted, at most, in seconds. */
const shortBreathSeconds = 0.4;
/**
 * When music is interrupted, in seconds from what is heard: not before there was time to compose what follows, and early
 * enough that this is heard within four seconds. A bar may take longer.
 */
const steerAfter = 1.2;
const steerBefore = 3.4;
/** How long a piece continues after it was steered, in seconds. */
const steeredSeconds = 45;
/** How much of a piece without bars is left out, at most, to go on with a note, in seconds. */
const resumeWithin = 2.5;
const steerAgainMs = 4000;
const retryMs = 5000;

/**
 * Endless music: composes the next piece while one plays. Independent of Discord and of sound: a {@link Speaker} plays
 * the pieces and reports when each starts and ends.
 */
export class Radio {
  readonly votes = new Votes();
  readonly #options: RadioOptions;
  readonly #programme: Programme;
  readonly #now: () => number;
  readonly #likes = new Set<string>();
  /** By ID; kept while they may still be heard. */
  readonly #airings = new Map<number, Airing>();
  #playing: Airing | undefined;
  #seconds = 0;
  #next: Airing | undefined;
  /** Brought by people, in order; the one that comes next is no longer among them. */
  #waiting: readonly Selection[] = [];
  #level: Level = 0;
  #composing: AbortController | undefined;
  #retry: NodeJS.Timeout | undefined;
  #nextId = 1;
  #steeredMs = -Infinity;
  #pieces = 0;
  #isStarted = false;
  /** Whether no piece follows, because there is no time left. */
  #isLast = false;
  #isStopped = false;

  /** @throws UserError when the wishes are wrong */
  constructor(options: RadioOptions) {
    const { music, wishes, server, random = Math.random, now = () => performance.now() } = options;
    this.#options = options;
    this.#now = now;
    this.#programme = new Programme({
      requests: music.requests,
      compose: (request, more) => this.#composed(request, more),
      ...{ wishes, server, random, now },
    });
  }

  /** The current piece; undefined until the first one is composed. */
  get playing(): Airing | undefined {
    return this.#playing;
  }

  get next(): Airing | undefined {
    return this.#next;
  }

  /** Pieces that people brought, after the next one. */
  get waiting(): readonly Selection[] {
    return this.#waiting;
  }

  get level(): Level {
    return this.#level;
  }

  get likes(): number {
    return this.#likes.size;
  }

  /** Number of pieces started. */
  get pieces(): number {
    return this.#pieces;
  }

  start(): void {
    this.#isStarted = true;
    void this.#composeNext(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /**
   * Plays a piece after the current one and those already waiting.
   * @returns how many it waits for, besides the current one
   * @throws UserError when too many are waiting
   */
  play(selection: Selection): number {
    const isNextBrought = this.#next?.selection.askedBy !== undefined;
    const before = this.#waiting.length + (isNextBrought ? 1 : 0);
    if (before >= mostWaiting) throw new UserError('radio.queue-full', { most: mostWaiting });
    this.#waiting = [...this.#waiting, selection];
    if (!isNextBrought && this.#isStarted) {
      this.#takeBack();
      void this.#composeNext(this.#playing === undefined ? 0 : breathSeconds);
    }
    this.#options.onChange();
    return before;
  }

  /** Ends the current piece; the next one follows as soon as it is composed. */
  skip(): void {
    this.#options.speaker.skip();
  }

  /** @returns whether this is the person's first like for the current piece */
  like(person: string): boolean {
    if (this.#playing === undefined || this.#likes.has(person)) return false;
    this.#likes.add(person);
    this.#programme.leanTo(this.#playing.selection.piece);
    this.#options.onChange();
    return true;
  }

  /**
   * Makes the music calmer or livelier, from the next bar or note on.
   * @throws UserError at the last level, or if it was steered a moment ago
   */
  steer(direction: -1 | 1): void {
    const level = levelBeside(this.#level, direction);
    if (level === undefined) throw new UserError('radio.no-further', { direction });
    if (this.#now() - this.#steeredMs < steerAgainMs) throw new UserError('radio.just-steered');
    this.#steeredMs = this.#now();
    this.#level = level;
    const { speaker, onChange } = this.#options;
    this.#takeBack();
    const playing = this.#playing;
    const moment = playing && nextMoment(playing.selection.piece, this.#seconds, steerAfter, steerBefore);
    if (playing === undefined || moment === undefined) {
      void this.#composeNext(0);
    } else {
      speaker.cut(playing.id, moment.seconds);
      if (!isPianoAlone(playing.selection.piece)) void this.#composeNext(shortBreathSeconds, true);
      else void this.#compose((signal) => this.#differently(playing, moment, signal));
    }
    onChange();
  }

  /** Called when a piece begins to be heard. */
  begun(id: number): void {
    const airing = this.#airings.get(id);
    if (airing === undefined) return;
    for (const other of this.#airings.keys()) if (other < id) this.#airings.delete(other);
    this.#playing = airing;
    this.#seconds = 0;
    this.#pieces += 1;
    this.votes.clear();
    this.#likes.clear();
    this.#programme.played(airing.selection.piece);
    // It may have begun just before something else was put next.
    if (this.#next === undefined || this.#next.id <= id) {
      this.#next = undefined;
      void this.#composeNext(breathSeconds);
    }
    this.#options.onChange();
  }

  /** @param seconds position in the piece up to which it was heard */
  at(id: number, seconds: number): void {
    if (this.#playing?.id === id) this.#seconds = seconds;
  }

  ended(id: number): void {
    if (this.#playing?.id !== id) return;
    this.#playing = undefined;
    if (this.#isLast) {
      // It was skipped if there is time left.
      if (this.#secondsLeft() < leastSeconds) this.#options.onFinish?.();
      else void this.#composeNext(0);
    }
    if (this.#next === undefined) this.#options.onChange();
  }

  /** Called after the speaker was replaced by an empty one: continues where the last one stopped. */
  resume(): void {
    const playing = this.#playing;
    this.#takeBack();
    const { piece } = playing?.selection ?? {};
    const moment = piece && nextMoment(piece, this.#seconds, 0, resumeWithin);
    if (playing === undefined || moment === undefined) void this.#composeNext(0);
    else {
      this.#cancel();
      this.#air({ selection: playing.selection, fromTick: moment.tick, breathSeconds: 0 });
    }
  }

  /** Called when the speaker cannot play a piece: composes another one. */
  failed(id: number): void {
    this.#airings.delete(id);
    if (this.#next?.id !== id) return;
    this.#next = undefined;
    this.#again(breathSeconds);
  }

  /** Drops what comes after the current piece; what someone brought waits again. */
  #takeBack(): void {
    const { selection } = this.#next ?? {};
    this.#next = undefined;
    this.#options.speaker.clear();
    if (selection?.askedBy !== undefined) this.#waiting = [selection, ...this.#waiting];
  }

  /** Until the end of the radio. */
  #secondsLeft(): number {
    const { untilMs = Infinity } = this.#options;
    return (untilMs - this.#now()) / 1000;
  }

  /** @param isUrgent whether the current piece is about to end */
  #composeNext(breath: number, isUrgent = false): Promise<void> {
    const { durationSeconds = 0 } = this.#playing?.selection ?? {};
    const left =
      this.#secondsLeft() - (this.#playing === undefined ? 0 : durationSeconds - this.#seconds + breath);
    this.#isLast = left < leastSeconds;
    if (this.#isLast) {
      this.#cancel();
      if (this.#playing === undefined) this.#options.onFinish?.();
      return Promise.resolve();
    }
    const [brought, ...others] = this.#waiting;
    if (brought !== undefined) {
      this.#waiting = others;
      this.#cancel();
      this.#air({ selection: brought, fromTick: firstNote(brought.piece), breathSeconds: breath });
      return Promise.resolve();
    }
    return this.#compose(async (signal) => {
      const composition = await this.#programme.next(
        this.#level,
        this.#composeOptions(signal),
        () => isUrgent || this.#playing === undefined,
        left,
      );
      return { selection: composedSelection(composition), fromTick: 0, breathSeconds: breath };
    });
  }

  async #differently({ selection }: Airing, moment: Moment, signal: AbortSignal): Promise<Made> {
    const { music, wishes, server } = this.#options;
    const length = Math.min(steeredSeconds, Math.max(leastSeconds, Math.floor(this.#secondsLeft())));
    const options = { length, ...atLevel(wishes(), this.#level) };
    const request = steer(music.requests, selection, moment.seconds, options, server);
    const made = await this.#composed(request, this.#composeOptions(signal));
    const first = firstComposed(made.piece) ?? moment;
    const gap = Math.min(Math.max(first.seconds - moment.seconds, 0), shortBreathSeconds);
    return { selection: composedSelection(made), fromTick: first.tick, breathSeconds: gap };
  }

  #composed(request: CompositionRequest, options: ComposeOptions): Promise<Composition> {
    const { music, words } = this.#options;
    return music.composing.compose(request, { ...options, ...(words && { words: words(request) }) });
  }

  #composeOptions(signal: AbortSignal): ComposeOptions {
    return { signal, owner: `radio ${this.#options.server}`, roles: ['midi', 'image'] };
  }

  /** Composes the next piece and drops the one being composed. Never rejects. */
  async #compose(make: (signal: AbortSignal) => Promise<Made>): Promise<void> {
    this.#cancel();
    const cancel = new AbortController();
    this.#composing = cancel;
    try {
      const made = await make(cancel.signal);
      if (!cancel.signal.aborted && !this.#isStopped) this.#air(made);
    } catch (error) {
      if (cancel.signal.aborted || this.#isStopped) return;
      this.#options.onFailure(error);
      this.#again(breathSeconds);
    }
  }

  #air({ selection, ...where }: Made): void {
    const airing = { id: this.#nextId++, selection };
    this.#airings.set(airing.id, airing);
    this.#next = airing;
    const { piece, midi } = selection;
    this.#options.speaker.enqueue({ id: airing.id, piece, midi, ...where });
    this.#options.onChange();
  }

  #cancel(): void {
    this.#composing?.abort();
    clearTimeout(this.#retry);
  }

  #again(breath: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#composeNext(breath), retryMs);
  }
}
