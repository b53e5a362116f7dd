/** A tempo in force from a tick on. */
export interface TempoChange {
  readonly tick: number;
  /** The Standard MIDI File states whole numbers of 24 bits. */
  readonly microsecondsPerQuarter: number;
}

/** How ticks become seconds. Plain data: it crosses worker boundaries. */
export interface TempoMap {
  /** Ticks in a quarter note, ≥ 1. */
  readonly ticksPerQuarter: number;
  /** In tick order; of several at one tick, the last counts. Until the first it is 120 bpm. */
  readonly tempos: readonly TempoChange[];
}

/** The Standard MIDI File's tempo until one is set: 120 bpm. */
export const defaultMicrosecondsPerQuarter = 500_000;

/** A tempo map with one tempo throughout, as a MIDI file states it: in whole microseconds a quarter note. */
export function fixedTempo(tempoBpm: number): readonly TempoChange[] {
  return [{ tick: 0, microsecondsPerQuarter: Math.round(6e7 / tempoBpm) }];
}

/** Quarter notes a minute at a tick. */
export function tempoBpmAt({ tempos }: TempoMap, tick: number): number {
  const inForce = tempos.findLast((change) => change.tick <= tick);
  return 6e7 / (inForce?.microsecondsPerQuarter ?? defaultMicrosecondsPerQuarter);
}

/** The ticks of a map in seconds from tick 0 on, each in time logarithmic in the number of tempo changes. */
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
