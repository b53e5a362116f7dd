import type { Key } from '../../music/theory/key.js';

/** What is planned for the next note. */
export interface Ahead {
  /** The next note of the theme, while it returns. */
  readonly theme?: ThemeNote;
  readonly close?: Close;
  /** What the music so far lacks of its planned character, unless it ends soon. */
  readonly missing?: Missing;
}

/** What music lacks; below zero, it has too much. */
export interface Missing {
  /** Logarithm of the planned number of notes per second divided by the number so far. */
  readonly density: number;
  /** The same for the number of notes that sound at a time. */
  readonly polyphony: number;
  /** In velocities. */
  readonly loudness: number;
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
