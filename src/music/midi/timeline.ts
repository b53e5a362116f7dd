import midi from '@tonejs/midi';

/** A tempo that holds from a tick on. */
export interface TempoChange {
  readonly tick: number;
  readonly microsecondsPerQuarter: number;
}

/** The Standard MIDI File's tempo until one is set: 120 bpm. */
export const defaultMicrosecondsPerQuarter = 500_000;

/** Turns ticks into seconds from a starting tick on, through all changes of tempo, by `@tonejs/midi`. */
export class Timeline {
  readonly #header = new midi.Header();
  readonly #startSeconds: number;

  /**
   * @param changes in tick order; of several at one tick the last holds.
   * @param startTick the tick that is 0 s.
   */
  constructor(changes: readonly TempoChange[], ticksPerQuarter: number, startTick: number) {
    // Without a tempo at tick 0 the library would extend the first one back to there.
    const tempos = new Map([[0, defaultMicrosecondsPerQuarter]]);
    for (const { tick, microsecondsPerQuarter } of changes) tempos.set(tick, microsecondsPerQuarter);
    this.#header.fromJSON({
      name: '',
      ppq: ticksPerQuarter,
      meta: [],
      timeSignatures: [],
      keySignatures: [],
      tempos: Array.from(tempos, ([ticks, microseconds]) => ({ ticks, bpm: 6e7 / microseconds })),
    });
    this.#startSeconds = this.#header.ticksToSeconds(startTick);
  }

  secondsAt(tick: number): number {
    return this.#header.ticksToSeconds(tick) - this.#startSeconds;
  }
}
