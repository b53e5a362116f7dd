/** A tempo that applies from a tick on. */
export interface TempoChange {
  readonly tick: number;
  /** A 24-bit integer in a Standard MIDI File. */
  readonly microsecondsPerQuarter: number;
}

/** Converts ticks to seconds. Plain data: it crosses worker boundaries. */
export interface TempoMap {
  /** Ticks in a quarter note, ≥ 1. */
  readonly ticksPerQuarter: number;
  /** In tick order; the last one at a tick wins. Before the first, it is 120 bpm. */
  readonly tempos: readonly TempoChange[];
}

/** The Standard MIDI File's default tempo: 120 bpm. */
export const defaultMicrosecondsPerQuarter = 500_000;

/** A constant tempo, as a MIDI file stores it: in whole microseconds per quarter note. */
export function fixedTempo(tempoBpm: number): readonly TempoChange[] {
  return [{ tick: 0, microsecondsPerQuarter: Math.round(6e7 / tempoBpm) }];
}

/** Quarter notes per minute at a tick. */
export function tempoBpmAt({ tempos }: TempoMap, tick: number): number {
  const inForce = tempos.findLast((change) => change.tick <= tick);
  return 6e7 / (inForce?.microsecondsPerQuarter ?? defaultMicrosecondsPerQuarter);
}

/**
 * A function that converts ticks to seconds from tick 0, in time logarithmic in the number of tempo changes.
 */
export function secondsOf({ ticksPerQuarter, tempos }: TempoMap): (tick: number) => number {
  const from: { tick: number; seconds: number; ticksPerSecond: number }[] = [];
  for (const { tick, microsecondsPerQuarter } of [
    { tick: 0, microsecondsPerQuarter: defaultMicrosecondsPerQuarter },
    ...tempos,
  ]) {
    const ticksPerSecond = (6e7 / microsecondsPerQuarter / 60) * ticksPerQuarter;
    const before = from.at(-1);
    if (before?.tick === tick) from.pop();
    const last = from.at(-1);
    const seconds = last === undefined ? 0 : last.seconds + (tick - last.tick) / last.ticksPerSecond;
    from.push({ tick, seconds, ticksPerSecond });
  }
  return (tick) => {
    let low = 0;
    let high = from.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (from[middle]!.tick <= tick) low = middle;
      else high = middle - 1;
    }
    const { tick: start, seconds, ticksPerSecond } = from[low]!;
    return seconds + (tick - start) / ticksPerSecond;
  };
}
