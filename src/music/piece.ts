import type { Key } from './theory/key.js';
import type { Note } from './note.js';
import type { Title } from './title.js';

export interface TimeSignature {
  readonly numerator: number;
  /** A power of two. */
  readonly denominator: number;
}

/**
 * A piece of music, complete and ready to be written, heard or drawn. Plain data: it
 * crosses worker boundaries. Its notes are in onset order, those struck together from the
 * lowest pitch up but the given ones before the new, and no two of one pitch overlap.
 */
export interface Piece extends Title {
  /** Times are as heard: `tempoBpm` is already in them. */
  readonly notes: readonly Note[];
  /** Quarter notes a minute. */
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  /** Absent when it was neither asked for nor clear. */
  readonly key?: Key;
  /** General MIDI program, 0–127; 0 is the grand piano. */
  readonly program: number;
  /** How many of the first notes were given (the opening); the others are new. */
  readonly givenNotes: number;
  /** Whether onsets and lengths stand on a metrical grid, so that bars mean something. */
  readonly metrical: boolean;
}
