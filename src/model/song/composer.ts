import type { SongNote } from '../../plan/song-plan.js';
import type { Commission } from './layout.js';
import { SongNetwork, type SongState } from './network.js';
import { defaultSongSettings, type SongSettings } from './sampling.js';
import { SongWriter } from './writer.js';
import type { SongFacts, SongModel } from './weights.js';

/** The notes of a song in progress. */
export class SongStream {
  readonly writer: SongWriter;
  readonly state: SongState;
  /** Whether everything is composed. */
  ended = false;

  constructor(commission: Commission, facts: SongFacts, settings: SongSettings, network: SongNetwork) {
    this.writer = new SongWriter(commission, facts, settings);
    this.state = network.open(this.writer.tags);
    this.#begin(network);
  }

  /** Number of composed bars. */
  get bars(): number {
    return this.writer.bar;
  }

  /** The notes composed so far, without the given ones, in order. */
  get notes(): readonly SongNote[] {
    return this.writer.notes;
  }

  /** Plays the drawn note, and provides the next input. */
  go(network: SongNetwork): void {
    const next = this.writer.play();
    if (next === undefined) {
      this.#begin(network);
      return;
    }
    if (next.isNew) network.begin(this.state);
    this.state.unheard.push(...next.heard);
  }

  #begin(network: SongNetwork): void {
    const heard = this.writer.begin();
    network.begin(this.state);
    if (heard === undefined) this.ended = true;
    else this.state.unheard.push(...heard);
  }
}

/** Composes songs note by note, several in a batch. */
export class SongComposer {
  /** Without the weights, which the network holds in its own layout. */
  readonly #facts: SongFacts;
  readonly #network: SongNetwork;
  readonly #settings: SongSettings;
  readonly #streams = new Set<SongStream>();

  constructor(
    model: SongModel,
    readonly capacity: number,
    settings: Partial<SongSettings> = {},
  ) {
    const { weights: _, ...facts } = model;
    this.#facts = facts;
    this.#settings = { ...defaultSongSettings, ...settings };
    this.#network = new SongNetwork(model, capacity);
  }

  /** @throws RangeError when no more songs fit */
  open(commission: Commission): SongStream {
    const stream = new SongStream(commission, this.#facts, this.#settings, this.#network);
    this.#streams.add(stream);
    return stream;
  }

  /**
   * Feeds each song its next input or draws its next note; closes finished ones.
   * @throws ModelOutputError when the network's output is not finite
   */
  step(): void {
    this.#network.advance();
    const ready = [...this.#streams].filter(({ state, ended }) => !ended && state.unheard.length === 0);
    this.#network.choose(ready.map(({ state, writer }) => ({ state, chooser: writer })));
    for (const stream of ready) stream.go(this.#network);
    for (const stream of [...this.#streams]) if (stream.ended) this.close(stream);
  }

  /** Ends a song at any point; does nothing if it is not open. */
  close(stream: SongStream): void {
    if (this.#streams.delete(stream)) this.#network.close(stream.state);
  }
}

/** Composes one song; returns its composed notes, in order. */
export function composeSong(composer: SongComposer, commission: Commission): readonly SongNote[] {
  const stream = composer.open(commission);
  while (!stream.ended) composer.step();
  return stream.notes;
}
