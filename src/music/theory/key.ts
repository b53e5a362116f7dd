/** The twelve tonics, in their most common spelling. */
export const tonics = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;
export type Tonic = (typeof tonics)[number];

export const scaleNames = [
  'major',
  'natural-minor',
  'harmonic-minor',
  'melodic-minor',
  'dorian',
  'phrygian',
  'lydian',
  'mixolydian',
  'locrian',
  'major-pentatonic',
  'minor-pentatonic',
  'blues',
  'whole-tone',
  'chromatic',
] as const;
export type ScaleName = (typeof scaleNames)[number];

/** A scale; or minor as used in music, where the sixth and seventh can be raised. */
export type KeyScale = ScaleName | 'minor';

export interface Key {
  readonly tonic: Tonic;
  readonly scale: KeyScale;
}
