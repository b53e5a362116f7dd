import type { Chord, ChordKind } from '../theory/chord.js';
import { tonics } from '../theory/key.js';

/**
 * Chords in a MIDI file in Yamaha's XF format: a sequencer-specific meta event of `43 7B 01`, the root
 * (accidental and letter), the type, and the same for a bass note, 7F if there is none.
 */
const header = [0x43, 0x7b, 0x01];
const none = 0x7f;
/** The type that ends a chord without a new one. */
const cancel = 34;

/** Pitch classes of the letters C to B, which XF counts from 1. */
const letters = [0, 2, 4, 5, 7, 9, 11];
/** XF's natural; one less is a flat, one more a sharp. */
const natural = 3;

/** The type with which each kind is written comes first; richer chords of the same kind follow. */
const types: Readonly<Record<ChordKind, readonly number[]>> = {
  maj: [0, 1, 4, 6],
  min: [8, 9, 12, 15, 16],
  '7': [19, 21, 22, 23, 24, 25, 26, 27],
  maj7: [2, 3, 5],
  min7: [10, 13, 14],
  dim: [17, 11, 18],
  aug: [7, 28, 29],
  sus: [32, 20, 33],
};

/** The data of a sequencer-specific event. @param chord undefined to end the chord */
export function xfChordData(chord: Chord | undefined): number[] {
  if (chord === undefined) return [...header, none, cancel, none, none];
  const pitchClass = tonics.indexOf(chord.root);
  const letter = letters.indexOf(pitchClass);
  // A black-key root can be written as a sharp or as a flat; the spelling in `tonics` decides.
  const isSharp = chord.root.endsWith('#');
  const root =
    letter >= 0
      ? (natural << 4) | (letter + 1)
      : ((natural + (isSharp ? 1 : -1)) << 4) | (letters.indexOf(pitchClass + (isSharp ? -1 : 1)) + 1);
  return [...header, root, types[chord.kind][0]!, none, none];
}

/** The chord of a sequencer-specific event: null if it ends a chord, undefined if it is not a known chord. */
export function xfChord(data: Uint8Array): Chord | null | undefined {
  if (!header.every((byte, i) => data[i] === byte) || data.length < 5) return undefined;
  const [root = 0, type] = data.subarray(3);
  if (type === cancel) return null;
  const letter = letters[(root & 0x0f) - 1];
  const kind = Object.entries(types).find(([, numbers]) => numbers.includes(type!))?.[0];
  if (letter === undefined || kind === undefined) return undefined;
  const pitchClass = (letter + (root >> 4) - natural + 12) % 12;
  return { root: tonics[pitchClass]!, kind: kind as ChordKind };
}
