import type { RawOptions } from './options.js';

/** A named set of options. */
export type Preset = Omit<RawOptions, 'seed'>;

/** The built-in presets. Their options follow the same rules as all others. */
export const builtInPresets: Readonly<Record<string, Preset>> = {
  lullaby: { notes: 150, temp: 0.8, tempo: 0.6, key: 'F', scale: 'major', velocity: 42, pitch: 67 },
  march: { key: 'C', scale: 'major', quantise: 'straight', tempo: 1.1, velocity: 88, pitch: 60 },
  nocturne: { notes: 250, temp: 0.9, tempo: 0.75, key: 'Eb', scale: 'major', velocity: 50 },
  lament: { notes: 200, temp: 0.9, tempo: 0.6, key: 'D', scale: 'harmonic-minor', velocity: 48, pitch: 55 },
  blues: { key: 'A', scale: 'blues', quantise: 'triplet', velocity: 72, pitch: 57 },
  meditation: { notes: 120, tempo: 0.5, key: 'G', scale: 'major-pentatonic', velocity: 38, pitch: 69 },
  dream: { notes: 200, tempo: 0.7, key: 'C', scale: 'whole-tone', velocity: 45, pitch: 66 },
  storm: { notes: 600, temp: 1.2, tempo: 1.6, key: 'C', scale: 'natural-minor', velocity: 96, pitch: 52 },
  melody: { notes: 120, voices: 'mono', quantise: 'seed', velocity: 70, pitch: 72 },
};
