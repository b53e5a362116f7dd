import type { Tonic } from './key.js';

/** Kinds of chords, by the usual suffixes: triads, sevenths, and suspended. */
export const chordKinds = ['maj', 'min', '7', 'maj7', 'min7', 'dim', 'aug', 'sus'] as const;
export type ChordKind = (typeof chordKinds)[number];

export interface Chord {
  readonly root: Tonic;
  readonly kind: ChordKind;
}

/** Semitones above the root of each kind of chord. */
export const chordTones: Readonly<Record<ChordKind, readonly number[]>> = {
  maj: [0, 4, 7],
  min: [0, 3, 7],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  min7: [0, 3, 7, 10],
  dim: [0, 3, 6],
  aug: [0, 4, 8],
  sus: [0, 5, 7],
};

/** A chord with all its details. */
export interface WrittenChord extends Chord {
  /** Semitones above the root, ascending from 0, if they differ from those of its kind (`Cadd9`). */
  readonly tones?: readonly number[];
  /** The lowest tone, if it is not the root. */
  readonly bass?: Tonic;
  /** As a person wrote it, in international spelling. */
  readonly symbol?: string;
}

/** The semitones of a chord above its root. */
export function tonesOf({ kind, tones }: Pick<WrittenChord, 'kind' | 'tones'>): readonly number[] {
  return tones ?? chordTones[kind];
}

/** The suffix of each kind of chord. */
const suffixes: Readonly<Record<ChordKind, string>> = {
  maj: '',
  min: 'm',
  '7': '7',
  maj7: 'maj7',
  min7: 'm7',
  dim: 'dim',
  aug: 'aug',
  sus: 'sus4',
};

/** The symbol of a chord: `Am7`, `C/E`, or as a person wrote it. */
export function symbolOf({ root, kind, bass, symbol }: WrittenChord): string {
  return symbol ?? root + suffixes[kind] + (bass === undefined ? '' : `/${bass}`);
}
