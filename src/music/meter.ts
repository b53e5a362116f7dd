export interface TimeSignature {
  readonly numerator: number;
  /** A power of two. */
  readonly denominator: number;
}

/** A meter that applies from a tick on, at a bar line. */
export interface MeterChange extends TimeSignature {
  readonly tick: number;
}

/** The default meter of a Standard MIDI File. */
export const commonTime: TimeSignature = { numerator: 4, denominator: 4 };

export function barTicks({ numerator, denominator }: TimeSignature, ticksPerQuarter: number): number {
  return (4 * ticksPerQuarter * numerator) / denominator;
}

/**
 * The meter at a tick, ignoring a pickup: a meter that lasts no longer than one of its bars and is followed
 * by a longer one counts only for that bar.
 * @param meters in tick order
 */
export function meterAt(
  meters: readonly MeterChange[],
  tick: number,
  ticksPerQuarter: number,
): TimeSignature {
  let at = meters.findLastIndex((meter) => meter.tick <= tick);
  const first = meters[at];
  if (first === undefined) return commonTime;
  for (;;) {
    const meter = meters[at]!;
    const next = meters[at + 1];
    const bar = barTicks(meter, ticksPerQuarter);
    const isPickup =
      next !== undefined &&
      next.tick - Math.max(meter.tick, 0) <= bar &&
      barTicks(next, ticksPerQuarter) > bar;
    if (!isPickup) return { numerator: meter.numerator, denominator: meter.denominator };
    at++;
  }
}

/**
 * The tick at which each bar begins, from tick 0 to the first bar line at or after `endTick`. A change of
 * meter begins a bar, however short the previous one becomes.
 */
export function barLines(
  meters: readonly MeterChange[],
  ticksPerQuarter: number,
  endTick: number,
): readonly number[] {
  const lines: number[] = [];
  for (let tick = 0; ;) {
    lines.push(tick);
    if (tick >= endTick) return lines;
    const meter = meters.findLast((change) => change.tick <= tick) ?? commonTime;
    const next = meters.find((change) => change.tick > tick);
    tick = Math.min(tick + barTicks(meter, ticksPerQuarter), next?.tick ?? Infinity);
  }
}

/** Grid lines within a quarter note: 32nds, and 16th triplets. */
const linesPerQuarter = [8, 6] as const;
/**
 * Maximum distance from a line that counts as on it, in quarter notes: a quarter of random onsets qualify.
 */
const nearLine = 1 / 96;
/** Minimum share of notes on a line for music that keeps to a beat. */
const keptShare = 3 / 4;

/** Whether music is aligned to the beats of its ticks, as written music is and performed music is not. */
export function keepsToBeat(startTicks: readonly number[], ticksPerQuarter: number): boolean {
  const onLine = startTicks.filter((tick) =>
    linesPerQuarter.some((lines) => {
      const line = (tick / ticksPerQuarter) * lines;
      return Math.abs(line - Math.round(line)) <= nearLine * lines;
    }),
  );
  return onLine.length >= keptShare * startTicks.length;
}
