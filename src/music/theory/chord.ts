import type { Tonic } from './key.js';

/** Kinds of chords, as they are written behind a root: of three notes, of four, and suspended. */
export const chordKinds = ['maj', 'min', '7', 'maj7', 'min7', 'dim', 'aug', 'sus'] as const;
export type ChordKind = (typeof chordKinds)[number];

export interface Chord {
  readonly root: Tonic;
  readonly kind: ChordKind;
}
