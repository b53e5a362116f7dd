import { endSeconds, type Piece } from '../music/piece.js';
import { secondsOf } from '../music/tempo-map.js';

/** Seconds of given music that are heard before the new music. */
const leadInSeconds = 20;
/** A preview from the start is good enough if it has this many seconds of new music. */
const enoughSeconds = 60;

/**
 * The tick at which the preview of a piece begins: 0, unless the given music is so long that a preview from
 * there would hardly reach the new music.
 * @param longestSeconds maximum length of the preview
 */
export function previewStart(piece: Piece, longestSeconds: number): number {
  const notes = piece.tracks.flatMap((track) => track.notes);
  let newFrom = Infinity;
  for (const { given, startTick } of notes) if (given !== true) newFrom = Math.min(newFrom, startTick);
  if (!Number.isFinite(newFrom)) return 0;
  const secondsAt = secondsOf(piece);
  const newSeconds = secondsAt(newFrom);
  if (Math.min(newSeconds + enoughSeconds, endSeconds(piece)) <= longestSeconds) return 0;
  let start = newFrom;
  for (const { startTick } of notes) {
    if (secondsAt(startTick) >= newSeconds - leadInSeconds) start = Math.min(start, startTick);
  }
  return start;
}
