/** A tempo that holds from a tick on. */
export interface TempoChange {
  readonly tick: number;
  readonly microsecondsPerQuarter: number;
}

/** The Standard MIDI File's tempo until one is set: 120 bpm. */
export const defaultMicrosecondsPerQuarter = 500_000;

/** Turns ticks into seconds from a starting tick on, through all changes of tempo. */
export class TempoMap {
  /** In tick order; the first starts the clock. Of several at one tick the last holds. */
  readonly #segments: { readonly tick: number; readonly seconds: number; readonly secondsPerTick: number }[];

  /**
   * @param changes in tick order; of several at one tick the last holds.
   * @param startTick the tick that is 0 s.
   */
  constructor(changes: readonly TempoChange[], ticksPerQuarter: number, startTick: number) {
    const secondsPerTick = (microseconds: number): number => microseconds / 1e6 / ticksPerQuarter;
    this.#segments = [
      { tick: startTick, seconds: 0, secondsPerTick: secondsPerTick(defaultMicrosecondsPerQuarter) },
    ];
    for (const change of changes) {
      const tick = Math.max(change.tick, startTick);
      const seconds = this.secondsAt(tick);
      this.#segments.push({ tick, seconds, secondsPerTick: secondsPerTick(change.microsecondsPerQuarter) });
    }
  }

  /** @param tick not before the starting tick. */
  secondsAt(tick: number): number {
    let low = 0;
    let high = this.#segments.length - 1;
    // Invariant: the last segment that starts at or before `tick` is in low..high.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#segments[middle]!.tick <= tick) low = middle;
      else high = middle - 1;
    }
    const segment = this.#segments[low]!;
    return segment.seconds + (tick - segment.tick) * segment.secondsPerTick;
  }
}
