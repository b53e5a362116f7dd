import type { Note } from '../note.js';

/** A MIDI velocity: an integer from 1 to 127. */
export function toVelocity(value: number): number {
  return Math.min(127, Math.max(1, Math.round(value)));
}

/** @param notes at least one */
export function meanVelocity(notes: readonly Note[]): number {
  return notes.reduce((sum, note) => sum + note.velocity, 0) / notes.length;
}

/**
 * Makes notes louder or softer by the same amount until their mean velocity is the requested one. If some
 * reach the ends of the range, the others change more.
 * @param notes at least one
 * @param mean 1–127; met within 0.5, the rounding to integers
 */
export function withMeanVelocity<N extends Note>(notes: readonly N[], mean: number): N[] {
  // The mean of the clipped velocities increases with the shift, from 1 to 127.
  let low = -126;
  let high = 126;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (clippedMean(notes, middle) < mean) low = middle;
    else high = middle;
  }
  return notes.map((note) => ({ ...note, velocity: toVelocity(note.velocity + high) }));
}

function clippedMean(notes: readonly Note[], shift: number): number {
  const clipped = notes.map((note) => Math.min(127, Math.max(1, note.velocity + shift)));
  return clipped.reduce((sum, velocity) => sum + velocity, 0) / notes.length;
}
