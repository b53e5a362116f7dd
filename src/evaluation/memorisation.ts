import { intervalsOf, isPeriodic } from '../music/figure.js';
import { Figures } from './figures.js';

/** Lengths of figures, in notes. */
export const figureLengths = [16, 24] as const;

export interface FiguresFound {
  readonly notes: (typeof figureLengths)[number];
  /** Share of the music's figures that occur in the training music, in any transposition. */
  readonly found: number;
  /** The same without drones: repeated notes and trills, which occur in any music. */
  readonly foundNotPeriodic: number;
}

export interface Memorisation {
  readonly figures: readonly FiguresFound[];
  /** Length in notes of the longest shared figure without a drone of 16 notes; 0 if below 16. */
  readonly longest: number;
}

/** A copy of this many notes or more is not acceptable. */
export const longestAllowed = 48;

const shortest = figureLengths[0];

/**
 * How much of some music occurs in the training music, note for note.
 * @param training pitches of each piece, in onset order
 * @param music the same
 */
export function memorisation(training: readonly Uint8Array[], music: readonly Uint8Array[]): Memorisation {
  const known = training.map(intervalsOf);
  const pieces = music.map(intervalsOf);
  const look = (notes: number): Figures => {
    const figures = new Figures(pieces, notes);
    for (const piece of known) figures.look(piece);
    return figures;
  };
  return {
    figures: figureLengths.map((notes) => {
      const figures = look(notes);
      let [found, notPeriodic] = [0, 0];
      for (const intervals of figures.found()) {
        found += 1;
        if (!isPeriodic(intervals)) notPeriodic += 1;
      }
      const count = Math.max(figures.count, 1);
      return { notes, found: found / count, foundNotPeriodic: notPeriodic / count };
    }),
    longest: longestMatch((notes) => look(notes).found(), Math.max(0, ...music.map(({ length }) => length))),
  };
}

/** Every part of a match is a match, so a binary search finds the longest. */
function longestMatch(matches: (notes: number) => Iterable<Int8Array>, most: number): number {
  const exists = (notes: number): boolean => {
    for (const intervals of matches(notes)) if (!holdsDrone(intervals)) return true;
    return false;
  };
  if (most < shortest || !exists(shortest)) return 0;
  let low: number = shortest;
  while (2 * low <= most && exists(2 * low)) low *= 2;
  let high = Math.min(2 * low, most + 1);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (exists(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function holdsDrone(intervals: Int8Array): boolean {
  const length = shortest - 1;
  for (let i = 0; i + length <= intervals.length; i++) {
    if (isPeriodic(intervals.subarray(i, i + length))) return true;
  }
  return false;
}
