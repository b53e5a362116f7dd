import { levelBeside, type Level } from '../../radio/wishes.js';
import type { ServerSettings } from '../access/server-settings.js';

/** What a server has set about its piece of the day, and the newest one. */
export type Daily = NonNullable<ServerSettings['daily']>;
export type DailyPiece = NonNullable<Daily['last']>;

/** What people vote for: a calmer piece tomorrow, one like this, a livelier one. */
export const directions = [-1, 0, 1] as const;
export type Direction = (typeof directions)[number];

/** When it is posted if nobody chose an hour, in UTC. */
export const usualHour = 18;

const hourMs = 3600_000;

/** A day in UTC, as 2026-11-30. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** When the piece of a day is to be posted, in milliseconds since 1970. */
export function timeOf(hour: number, day: string): number {
  return Date.parse(day) + hour * hourMs;
}

/**
 * The day whose piece is still to be posted. After a day has passed without one, it is not posted later.
 * @param nowMs milliseconds since 1970
 */
export function dueDay({ channel, hour, since, last }: Daily, nowMs: number): string | undefined {
  const day = dayOf(nowMs);
  const dueMs = timeOf(hour, day);
  // Chosen after its hour, it begins on the next day.
  if (channel === undefined || nowMs < dueMs || dueMs < since) return undefined;
  // The clock may have been set back.
  if (last !== undefined && (last.day > day || (last.day === day && last.isPosted))) return undefined;
  return day;
}

/** The number of votes for each direction. */
export function countVotes({ votes }: Pick<DailyPiece, 'votes'>): ReadonlyMap<Direction, number> {
  const all = Object.values(votes);
  return new Map(directions.map((each) => [each, all.filter((vote) => vote === each).length]));
}

/** How the next piece is steered: one step further where most votes went; none where two choices have most. */
export function levelAfter(last: Pick<DailyPiece, 'level' | 'votes'> | undefined): Level {
  if (last === undefined) return 0;
  const counts = [...countVotes(last)];
  const most = Math.max(...counts.map(([, votes]) => votes));
  const [winner, ...others] = counts.filter(([, votes]) => votes === most).map(([direction]) => direction);
  if (winner === undefined || winner === 0 || others.length > 0) return last.level;
  return levelBeside(last.level, winner) ?? last.level;
}
