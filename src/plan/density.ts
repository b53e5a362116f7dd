import { readFileSync } from 'node:fs';
import type { Role } from '../music/track.js';
import type { Chance } from './chance.js';
import type { SongPlan, TaughtStyle } from './song-plan.js';

/** Ten quantiles, of 5 % to 95 % of the parts of real music. */
type Quantiles = readonly number[];

interface RoleDensity {
  /** Notes per bar. */
  readonly notes: Quantiles;
  /** Notes that sound on average. */
  readonly sounding: Quantiles;
}

/** Described in `training/song/density.py`. */
const table = JSON.parse(
  readFileSync(new URL('../../assets/plan/density.json', import.meta.url), 'utf8'),
) as Readonly<Partial<Record<TaughtStyle | 'any', Readonly<Partial<Record<Role, RoleDensity>>>>>>;

/** How busy music is. */
export interface Density {
  /** Notes per bar, of all parts together. */
  readonly notes: number;
  /** Notes that sound on average, without drums. */
  readonly sounding: number;
}

/**
 * Notes per bar of a part where it plays, as parts of its role have in its style.
 * @param density 0 is the sparsest of the style, 1 the busiest
 */
export function notesPerBar(taught: TaughtStyle, role: Role, density: number): number {
  return quantile(ofRole(taught, role).notes, density);
}

/**
 * How busy a part of a plan is on average, over all its bars, as parts of its role are in its style.
 * @param density 0 is the sparsest of the style, 1 the busiest
 */
export function partDensity(
  { taught, barCount }: Pick<SongPlan, 'taught' | 'barCount'>,
  { role, plays, isMonophonic }: SongPlan['parts'][number],
  density: number,
): Density {
  const share = plays.reduce((sum, { first, end }) => sum + end - first, 0) / barCount;
  const together = quantile(ofRole(taught, role).sounding, density);
  return {
    notes: share * notesPerBar(taught, role, density),
    sounding: share * (isMonophonic ? Math.min(1, together) : together),
  };
}

/** Whether there are parts of a role in real music of a style: songs with piano have no drums. */
export function hasRole(taught: TaughtStyle, role: Role): boolean {
  return table[taught]?.[role] !== undefined;
}

function ofRole(taught: TaughtStyle, role: Role): RoleDensity {
  return table[taught]?.[role] ?? table.any![role]!;
}

/** The density of a song for which none is requested: any but the extremes of its style. */
export function drawDensity(chance: Chance): number {
  return 0.1 + 0.8 * chance.uniform();
}

/** Interpolates between quantiles. */
function quantile(values: Quantiles, share: number): number {
  const place = Math.min(Math.max(share * values.length - 0.5, 0), values.length - 1);
  const below = Math.floor(place);
  const [low, high] = [values[below]!, values[Math.min(below + 1, values.length - 1)]!];
  return low + (place - below) * (high - low);
}
