import { intervalsOf, isPeriodic } from '../music/figure.js';
import { Figures } from './figures.js';

/** Lengths of figures, in notes. */
export const figureLengths = [16, 24] as const;

export interface FiguresFound {
  readonly notes: (typeof figureLengths)[number];
  /** Share of the music's figures that the training music has, in any transposition. */
  readonly found: number;
  /** The same without drones: repeated notes and trills, which any music shares. */
  readonly foundNotPeriodic: number;
}

export interface Memorisation {
  readonly figures: readonly FiguresFound[];
  /** Notes of the longest figure that both have and no 16 notes of which are a drone; 0 if below 16. */
  readonly longest: number;
}

/** A copy of this many notes or more is one too many. */
export const longestAllowed = 48;

const shortest = figureLengths[0];

/**
 * How much of some music is in the training music, note for note.
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

/** A part of a match is a match, so the longest is found by halving. */
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
