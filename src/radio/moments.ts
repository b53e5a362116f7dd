import { barLines } from '../music/meter.js';
import { endTick, type Piece } from '../music/piece.js';
import { secondsOf } from '../music/tempo-map.js';

/** A point in a piece where other music can take over. */
export interface Moment {
  readonly tick: number;
  readonly seconds: number;
}

/**
 * The first point after a time where a piece can be interrupted: the start of a bar if that is soon or it is the next
 * one, otherwise a note that is struck soon; if there is none, as late as possible, or the end.
 * @param from seconds from the start of the piece
 * @param least how much later it is, in seconds
 * @param most how much later it is at most, unless it is at the next bar
 */
export function nextMoment(piece: Piece, from: number, least: number, most: number): Moment {
  const secondsAt = secondsOf(piece);
  const end = endTick(piece);
  const bars = piece.hasBars ? barLines(piece.meters, piece.ticksPerQuarter, end) : [];
  const [bar, nextBar] = [from + least, from].map((after) => bars.find((tick) => secondsAt(tick) >= after));
  if (bar !== undefined && (bar === nextBar || secondsAt(bar) <= from + most))
    return { tick: bar, seconds: secondsAt(bar) };
  let tick = Math.min(end, firstTickAfter(from + most, secondsAt, end));
  for (const { notes } of piece.tracks) {
    for (const { startTick } of notes) {
      if (startTick < tick && secondsAt(startTick) >= from + least) tick = startTick;
    }
  }
  return { tick, seconds: secondsAt(tick) };
}

/** @param end the last tick to consider */
function firstTickAfter(seconds: number, secondsAt: (tick: number) => number, end: number): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (secondsAt(middle) >= seconds) high = middle;
    else low = middle + 1;
  }
  return low;
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
