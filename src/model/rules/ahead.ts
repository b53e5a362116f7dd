import type { Key } from '../../music/theory/key.js';

/** What is planned for the next note. */
export interface Ahead {
  /** The next note of the theme, while it returns. */
  readonly theme?: ThemeNote;
  readonly close?: Close;
}

export interface ThemeNote {
  readonly pitch: number;
  /** Time since the theme's previous note; undefined for its first. */
  readonly stepSeconds?: number;
}

/** The end is near: the last sound is prepared, and played. */
export interface Close {
  /** The key to close in; undefined without an audible tonic. */
  readonly key: Key | undefined;
  /** Approximate number of notes before the last sound; 0 within it. */
  readonly notesBefore: number;
  /** For a note of the last sound: its place in the chord, from the bass up. */
  readonly place?: number;
  /** Number of notes in the last sound. */
  readonly size: number;
  /** How long the last sound is held. */
  readonly holdSeconds: number;
}
