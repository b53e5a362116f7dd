import type { Note } from '../note.js';
import { cut, separateRepeats, type Fit } from './overlap.js';

/** Names of the grids. */
export const grids = ['none', 'seed', 'straight', 'triplet'] as const;
export type Grid = (typeof grids)[number];
export type MetricalGrid = Exclude<Grid, 'none'>;

/**
 * Onsets are multiples of a step; lengths are from a set of multiples of it. One step is always allowed, so
 * that any note can be shortened to fit before the next.
 */
const metrical: Readonly<Record<MetricalGrid, { stepsPerBeat: number; lengths: readonly number[] }>> = {
  /** 8th, quarter, half and whole notes: 0.25, 0.5, 1 and 2 s at 120 bpm. */
  seed: { stepsPerBeat: 2, lengths: [1, 2, 4, 8] },
  straight: { stepsPerBeat: 4, lengths: [1, 2, 3, 4, 6, 8, 12, 16] },
  triplet: { stepsPerBeat: 3, lengths: [1, 2, 3, 4, 6, 8, 12] },
};

/** Absorbs rounding errors, so that a value on the grid, or halfway between two lines, stays there. */
const epsilon = 1e-6;

/** Distance between grid lines, in quarter notes. */
export function gridStepBeats(grid: MetricalGrid): number {
  return 1 / metrical[grid].stepsPerBeat;
}

/**
 * Moves every onset to the nearest grid line and gives every note the nearest allowed length, rounding ties
 * up; then separates repeats ({@link separateRepeats}) within the allowed lengths. Keeps the order of onsets.
 * Idempotent. The grid `none` only separates repeats.
 */
export function quantise<N extends Note>(notes: readonly N[], grid: Grid, tempoBpm: number): N[] {
  if (grid === 'none') return separateRepeats(notes);
  const { lengths } = metrical[grid];
  const stepSeconds = gridStepSeconds(grid, tempoBpm);
  const snapped = notes.map((note) => ({
    ...note,
    onsetSeconds: Math.floor(note.onsetSeconds / stepSeconds + 0.5 + epsilon) * stepSeconds,
    durationSeconds: nearestLength(note.durationSeconds / stepSeconds, lengths) * stepSeconds,
  }));
  return separateRepeats(snapped, lengthFit(grid, tempoBpm));
}

/** How notes are shortened on this grid: to the longest allowed length that fits. */
export function lengthFit(grid: Grid, tempoBpm: number): Fit {
  if (grid === 'none') return cut;
  const { lengths } = metrical[grid];
  const stepSeconds = gridStepSeconds(grid, tempoBpm);
  return (durationSeconds, limitSeconds) => {
    const limit = Math.min(durationSeconds, limitSeconds) / stepSeconds + epsilon;
    const longest = lengths.findLast((length) => length <= limit) ?? 1;
    return longest * stepSeconds;
  };
}

function gridStepSeconds(grid: MetricalGrid, tempoBpm: number): number {
  return 60 / tempoBpm / metrical[grid].stepsPerBeat;
}

/** All values in steps. */
function nearestLength(length: number, lengths: readonly number[]): number {
  return lengths.reduce((nearest, candidate) =>
    Math.abs(candidate - length) <= Math.abs(nearest - length) + epsilon ? candidate : nearest,
  );
}
