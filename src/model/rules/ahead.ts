import type { Key } from '../../music/theory/key.js';

/** What a piece is coming to, as far as the next note is concerned. */
export interface Ahead {
  /** The note of the theme that is due, while it returns. */
  readonly theme?: ThemeNote;
  readonly close?: Close;
}

export interface ThemeNote {
  readonly pitch: number;
  /** Since the theme's note before; absent of its first. */
  readonly stepSeconds?: number;
}

/** The end is near: a last sound is prepared, and made. */
export interface Close {
  /** The key it closes in; undefined without an audible tonic. */
  readonly key: Key | undefined;
  /** Notes to come before the last sound, about; 0 in it. */
  readonly notesBefore: number;
  /** Of a note of the last sound, from the bass up. */
  readonly place?: number;
  /** Notes of the last sound. */
  readonly size: number;
  /** How long the last sound is held. */
  readonly holdSeconds: number;
}
