import { barLines } from '../music/meter.js';
import { endTick, type Piece } from '../music/piece.js';
import { secondsOf } from '../music/tempo-map.js';

/** Maximum wait for the next bar, in seconds. */
const mostWait = 2.5;

/** A point in a piece where other music can take over. */
export interface Moment {
  readonly tick: number;
  readonly seconds: number;
}

/**
 * The first point after a time where a piece can be interrupted: the start of a bar if that is soon, otherwise the next
 * note, or the end.
 * @param after seconds
 */
export function nextMoment(piece: Piece, after: number): Moment {
  const secondsAt = secondsOf(piece);
  const end = endTick(piece);
  const bars = piece.hasBars ? barLines(piece.meters, piece.ticksPerQuarter, end) : [];
  const bar = bars.find((tick) => secondsAt(tick) >= after);
  if (bar !== undefined && secondsAt(bar) <= after + mostWait) return { tick: bar, seconds: secondsAt(bar) };
  let tick = end;
  for (const { notes } of piece.tracks) {
    for (const { startTick } of notes) {
      if (startTick < tick && secondsAt(startTick) >= after) tick = startTick;
    }
  }
  return { tick, seconds: secondsAt(tick) };
}

/** Tick of the first note of any track, drums included; 0 without notes. */
export function firstNote({ tracks }: Piece): number {
  const first = Math.min(...tracks.map(({ notes }) => notes[0]?.startTick ?? Infinity));
  return Number.isFinite(first) ? first : 0;
}

/** The first note that was composed, not given; undefined if there is none. */
export function firstComposed({ tracks, ...map }: Piece): Moment | undefined {
  let tick = Infinity;
  for (const { notes } of tracks) {
    for (const { startTick, given } of notes) if (given !== true) tick = Math.min(tick, startTick);
  }
  return Number.isFinite(tick) ? { tick, seconds: secondsOf(map)(tick) } : undefined;
}
