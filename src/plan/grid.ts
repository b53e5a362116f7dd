import type { TrackNote } from '../music/track.js';
import { positionsPerQuarter, type SongNote } from './song-plan.js';

/** A note of a track on the grid of a plan, at the nearest positions. */
export function onGrid(
  { startTick, lengthTicks, pitch, velocity }: TrackNote,
  part: number,
  ticksPerQuarter: number,
): SongNote {
  const position = ticksPerQuarter / positionsPerQuarter;
  return {
    onset: Math.round(startTick / position),
    part,
    pitch,
    duration: Math.max(1, Math.round(lengthTicks / position)),
    velocity,
  };
}
