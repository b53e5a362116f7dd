import type { Key } from '../theory/key.js';
import type { Note } from '../note.js';
import { ascending } from '../numbers.js';
import { scalePitchClasses } from '../theory/scale.js';

/** Transposes notes by semitones; pitches outside 0–127 are moved back by octaves. */
export function transpose<N extends Note>(notes: readonly N[], semitones: number): N[] {
  return notes.map((note) => ({ ...note, pitch: folded(note.pitch + semitones) }));
}

/**
 * The transposition in semitones that moves the median pitch (for an even number of notes, the lower middle
 * one) to a target. In a key, the nearest one that keeps every pitch in the scale, the lower of two if tied:
 * at most six semitones away, because whole octaves always fit.
 * @param notes at least one; in a key, all of them in its scale.
 */
export function shiftToMedian(notes: readonly Note[], target: number, key?: Key): number {
  const pitches = ascending(notes.map((note) => note.pitch));
  const shift = target - pitches[Math.floor((pitches.length - 1) / 2)]!;
  if (key === undefined) return shift;
  const inScale = scalePitchClasses(key);
  const used = [...new Set(pitches.map((pitch) => pitch % 12))];
  const fits = (semitones: number): boolean =>
    used.every((pitchClass) => inScale[modulo12(pitchClass + semitones)]);
  for (let distance = 0; distance <= 6; distance++) {
    if (fits(shift - distance)) return shift - distance;
    if (fits(shift + distance)) return shift + distance;
  }
  throw new Error('The notes are not in the scale that they shall stay in.');
}

function folded(pitch: number): number {
  if (pitch < 0) return modulo12(pitch);
  return pitch > 127 ? pitch - 12 * Math.ceil((pitch - 127) / 12) : pitch;
}

function modulo12(pitch: number): number {
  return ((pitch % 12) + 12) % 12;
}
