import type { Piece } from '../music/piece.js';
import { onGrid } from '../plan/grid.js';
import { barsOf, bySongOrder, type SongNote, type SongPlan } from '../plan/song-plan.js';

/** The notes of a piece composed with a plan, on the plan's grid: its tracks are the plan's parts. */
export function songNotesOf({ tracks, ticksPerQuarter }: Piece, { parts }: SongPlan): readonly SongNote[] {
  return tracks
    .flatMap(({ name, role, notes }) => {
      const part = parts.findIndex(
        (each) => each.name === name && (role === undefined || each.role === role),
      );
      return part < 0 ? [] : notes.map((note) => onGrid(note, part, ticksPerQuarter));
    })
    .sort(bySongOrder);
}

/** The position at which a bar of a plan begins. */
export function startOfBar(plan: SongPlan, bar: number): number {
  const bars = barsOf(plan);
  const last = bars.at(-1)!;
  return bars[bar]?.start ?? last.start + last.length;
}
