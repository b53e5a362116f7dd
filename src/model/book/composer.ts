import { styleNamed } from '../../patterns/book.js';
import { bySongOrder, secondsOfPlan, type SongNote } from '../../plan/song-plan.js';
import type { CompositionRequest, SongTask } from '../../request/request.js';
import { startOfBar } from '../../request/song-music.js';
import type { ComposedSong, Composer, NoteStream } from '../composer.js';
import { songOpening } from '../opening.js';
import { composeByBook } from './compose.js';

/** Composes a song from the book, one part per step. */
class BookStream implements NoteStream {
  readonly #task: SongTask;
  readonly #parts: Iterator<readonly SongNote[], void>;
  readonly #notes: SongNote[] = [];
  /** Number of finished parts. */
  #done = 0;
  readonly opening;
  ended = false;

  constructor(task: SongTask, { seed, temperature }: Pick<CompositionRequest, 'seed' | 'temperature'>) {
    this.#task = task;
    this.opening = songOpening(task);
    this.#parts = composeByBook(task.plan, styleNamed(task.plan.style), seed, temperature);
  }

  get progress(): number {
    return Math.ceil((secondsOfPlan(this.#task.plan) * this.#done) / this.#task.plan.parts.length);
  }

  get song(): ComposedSong | undefined {
    if (!this.ended) return undefined;
    const { plan, from, given = [] } = this.#task;
    const start = from === undefined ? 0 : startOfBar(plan, from);
    const composed = this.#notes.filter(({ onset }) => onset >= start);
    return { plan, notes: [...given, ...composed].sort(bySongOrder) };
  }

  read(): readonly [] {
    return [];
  }

  step(): void {
    const { done, value } = this.#parts.next();
    if (done === true) this.ended = true;
    else {
      this.#notes.push(...value);
      this.#done++;
    }
  }
}

/** Composes songs from the book of patterns and by rules. */
export class BookComposer implements Composer {
  readonly #streams = new Set<BookStream>();

  constructor(readonly capacity: number) {}

  open(request: CompositionRequest): BookStream {
    const { task } = request;
    if (task.kind !== 'song') throw new RangeError('The book composes songs alone.');
    if (this.#streams.size >= this.capacity)
      throw new RangeError('As many songs are composed as there is room for.');
    const stream = new BookStream(task, request);
    this.#streams.add(stream);
    return stream;
  }

  step(): void {
    for (const stream of [...this.#streams]) {
      stream.step();
      if (stream.ended) this.close(stream);
    }
  }

  close(stream: BookStream): void {
    this.#streams.delete(stream);
  }
}
