import { styleNamed } from '../../patterns/book.js';
import { playPattern } from '../../patterns/play.js';
import { bySongOrder, secondsOfPlan, type SongNote } from '../../plan/song-plan.js';
import type { CompositionRequest, Opening, SongTask } from '../../request/request.js';
import { startOfBar } from '../../request/song-music.js';
import type { ComposedSong, Composer, NoteStream } from '../composer.js';
import { songOpening } from '../opening.js';
import { Random } from '../random.js';
import { SongComposer, type SongStream } from './composer.js';
import type { Commission } from './layout.js';
import type { SongSettings } from './sampling.js';
import type { SongModel } from './weights.js';

/** A request for a song in progress. */
class RequestStream implements NoteStream {
  readonly opening: Opening;
  readonly #plan: SongTask['plan'];

  constructor(
    task: SongTask,
    readonly commission: Commission,
    readonly stream: SongStream,
  ) {
    this.opening = songOpening(task);
    this.#plan = task.plan;
  }

  /** Seconds of the song composed so far. */
  get progress(): number {
    const plan = this.#plan;
    return Math.ceil((secondsOfPlan(plan) * this.stream.bars) / plan.barCount);
  }

  get ended(): boolean {
    return this.stream.ended;
  }

  get song(): ComposedSong | undefined {
    if (!this.ended) return undefined;
    return {
      plan: this.#plan,
      notes: [...this.commission.given, ...this.stream.notes].sort(bySongOrder),
    };
  }

  read(): readonly [] {
    return [];
  }
}

/**
 * Composes songs for requests: parts from the book of patterns are given, the network composes the others.
 */
export class SongRequests implements Composer {
  readonly #composer: SongComposer;

  constructor(
    model: SongModel,
    readonly capacity: number,
    settings: Partial<SongSettings> = {},
  ) {
    this.#composer = new SongComposer(model, capacity, settings);
  }

  open({ task, seed, temperature }: CompositionRequest): RequestStream {
    if (task.kind !== 'song') throw new RangeError('This network composes songs alone.');
    const commission = commissionOf(task, seed, temperature);
    return new RequestStream(task, commission, this.#composer.open(commission));
  }

  step(): void {
    this.#composer.step();
  }

  close({ stream }: RequestStream): void {
    this.#composer.close(stream);
  }
}

/** What the network has to compose: from the task's first open bar on, all parts that are not patterned. */
export function commissionOf(task: SongTask, seed: number, temperature: number): Commission {
  const { plan, from = 0, given = [] } = task;
  const start = startOfBar(plan, from);
  const style = styleNamed(plan.style);
  const patterned = plan.parts.flatMap(({ isPatterned }, part): readonly SongNote[] =>
    // Each part has its own random numbers, so that omitting one does not change the others.
    isPatterned ? playPattern(plan, part, style, new Random((seed + part) >>> 0), temperature) : [],
  );
  const bars = { first: from, end: plan.barCount };
  return {
    plan,
    given: [...given, ...patterned.filter(({ onset }) => onset >= start)].sort(bySongOrder),
    composed: plan.parts.flatMap(({ isPatterned }, part) => (isPatterned ? [] : [{ part, bars }])),
    temperature,
    seed,
  };
}
