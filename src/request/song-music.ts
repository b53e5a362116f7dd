import type { Piece } from '../music/piece.js';
import { barsOf, bySongOrder, positionsPerQuarter, type SongNote, type SongPlan } from '../plan/song-plan.js';

/** The notes of a piece composed with a plan, on the plan's grid: its tracks are the plan's parts. */
export function songNotesOf({ tracks, ticksPerQuarter }: Piece, { parts }: SongPlan): readonly SongNote[] {
  const position = ticksPerQuarter / positionsPerQuarter;
  return tracks
    .flatMap(({ name, role, notes }) => {
      const part = parts.findIndex(
        (each) => each.name === name && (role === undefined || each.role === role),
      );
      if (part < 0) return [];
      return notes.map(({ pitch, velocity, startTick, lengthTicks }) => ({
        onset: Math.round(startTick / position),
        part,
        pitch,
        duration: Math.max(1, Math.round(lengthTicks / position)),
        velocity,
      }));
    })
    .sort(bySongOrder);
}

/** The position at which a bar of a plan begins. */
export function startOfBar(plan: SongPlan, bar: number): number {
  const bars = barsOf(plan);
  const last = bars.at(-1)!;
  return bars[bar]?.start ?? last.start + last.length;
}
