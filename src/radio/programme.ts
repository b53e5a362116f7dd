import type { Composition, ComposeOptions } from '../compose/composition.js';
import type { RequestMaker } from '../compose/requests.js';
import { UserError } from '../errors/user-error.js';
import { settingsAtStart } from '../music/piece.js';
import type { Piece } from '../music/piece.js';
import type { RawOptions } from '../request/options.js';
import type { CompositionRequest } from '../request/request.js';
import { jar, type Beginning } from './fitting.js';
import { figuresOf, isCopy, type Figures } from './resemblance.js';
import { atLevel, type Level } from './wishes.js';

/** Default length of pieces, in seconds; the first is short so that it is ready soon. */
const firstLength = 45;
const lengths = [100, 120, 140, 160] as const;
/** Number of song plans to choose from; plans are cheap. */
const mostPlans = 12;
/** Number of pieces to compose, at most, to find one that fits and repeats nothing: a quarter of keys are near. */
const mostPieces = 6;
/** More than any change of key and tempo costs. */
const copyCost = 100;
/** How far back pieces are compared, in milliseconds. */
const rememberedMs = 2 * 3600_000;

export interface ProgrammeOptions {
  readonly requests: Pick<RequestMaker, 'start'>;
  readonly compose: (request: CompositionRequest, options: ComposeOptions) => Promise<Composition>;
  /** The options for the next piece. */
  readonly wishes: () => RawOptions;
  /** ID of the server whose models compose. */
  readonly server: string;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Monotonic clock, in milliseconds. */
  readonly now: () => number;
}

interface Heard {
  readonly atMs: number;
  readonly figures: Figures;
}

/**
 * Chooses what a radio plays: ordinary requests, each of which fits the piece before and avoids repeating earlier
 * ones.
 */
export class Programme {
  readonly #options: ProgrammeOptions;
  #heard: readonly Heard[] = [];
  #last: Beginning = {};

  /** @throws UserError when the wishes are wrong */
  constructor(options: ProgrammeOptions) {
    this.#options = options;
    this.#request(0);
  }

  /**
   * Composes the next piece.
   * @param isUrgent whether people wait for it, and it is better to play the first that is composed
   * @param mostSeconds how long it may be, if there is a limit
   * @throws UserError when the queue is full or nothing can be composed; the signal's reason when aborted
   */
  async next(
    level: Level,
    options: ComposeOptions,
    isUrgent: () => boolean = () => false,
    mostSeconds?: number,
  ): Promise<Composition> {
    let best: { readonly composition: Composition; readonly cost: number } | undefined;
    for (let tries = 0; tries < mostPieces; tries++) {
      const composition = await this.#options.compose(this.#fittingRequest(level, mostSeconds), options);
      const copies = isCopy(figuresOf(composition.piece), this.#remembered());
      const cost = jar(this.#last, beginningOf(composition.piece)) + (copies ? copyCost : 0);
      if (best === undefined || cost < best.cost) best = { composition, cost };
      if (best.cost === 0 || (isUrgent() && best.cost < copyCost)) break;
    }
    return best!.composition;
  }

  /** Called when a piece starts playing: the next ones will fit it and not repeat it. */
  played(piece: Piece): void {
    const { now } = this.#options;
    this.#heard = [
      ...this.#heard.filter(({ atMs }) => now() - atMs < rememberedMs),
      { atMs: now(), figures: figuresOf(piece) },
    ];
    this.#last = beginningOf(piece);
  }

  /** Makes the next pieces fit this one, whatever has played since. */
  leanTo(piece: Piece): void {
    this.#last = { ...this.#last, ...beginningOf(piece) };
  }

  #remembered(): readonly Figures[] {
    return this.#heard.map(({ figures }) => figures);
  }

  /** A song's plan states its key and tempo before anything is composed. */
  #fittingRequest(level: Level, mostSeconds?: number): CompositionRequest {
    let best: { readonly request: CompositionRequest; readonly cost: number } | undefined;
    for (let tries = 0; tries < mostPlans; tries++) {
      const request = this.#request(level, mostSeconds);
      if (request.task.kind !== 'song') return request;
      const { key, bpm } = request.task.plan;
      const cost = jar(this.#last, { key, bpm });
      if (best === undefined || cost < best.cost) best = { request, cost };
      if (cost === 0) break;
    }
    return best!.request;
  }

  #request(level: Level, mostSeconds = Infinity): CompositionRequest {
    const { requests, wishes, server, random } = this.#options;
    const usual = lengths[Math.floor(random() * lengths.length)]!;
    const own = this.#heard.length === 0 ? firstLength : usual;
    // A last piece may be somewhat longer, so that no time is left after it.
    const length = mostSeconds < own * 1.3 ? Math.floor(mostSeconds) : own;
    const raw = { length, ...atLevel(wishes(), level) };
    const request = requests.start(raw, undefined, server);
    if (request.task.kind === 'song') return request;
    // The built-in openings would become familiar within an evening. Not every network can start without one.
    try {
      return requests.start({ ...raw, opening: 'none' }, undefined, server);
    } catch (error) {
      if (error instanceof UserError) return request;
      throw error;
    }
  }
}

function beginningOf(piece: Piece): Beginning {
  const { key, tempoBpm } = settingsAtStart(piece);
  return { ...(key !== undefined && { key }), ...(piece.hasBars && { bpm: tempoBpm }) };
}
