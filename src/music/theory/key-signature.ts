import { tonics, type Key, type KeyScale, type Tonic } from './key.js';

/** A key signature as used in notation and MIDI. */
export interface KeySignature {
  /** −7 (seven flats) to 7 (seven sharps). */
  readonly sharps: number;
  readonly minor: boolean;
}

/** Number of sharps of each tonic's major scale, in the spelling used here. */
const majorSharps: Readonly<Record<Tonic, number>> = {
  C: 0,
  'C#': 7,
  D: 2,
  Eb: -3,
  E: 4,
  F: -1,
  'F#': 6,
  G: 1,
  Ab: -4,
  A: 3,
  Bb: -2,
  B: 5,
};

/**
 * The difference in sharps between each scale and the major scale on its tonic. A mode has the signature of
 * the major scale with the same notes; a pentatonic or blues scale that of its major or minor. Whole-tone and
 * chromatic have none.
 */
const scaleSignatures: Readonly<Partial<Record<KeyScale, KeySignature>>> = {
  major: { sharps: 0, minor: false },
  minor: { sharps: -3, minor: true },
  'natural-minor': { sharps: -3, minor: true },
  'harmonic-minor': { sharps: -3, minor: true },
  'melodic-minor': { sharps: -3, minor: true },
  dorian: { sharps: -2, minor: false },
  phrygian: { sharps: -4, minor: false },
  lydian: { sharps: 1, minor: false },
  mixolydian: { sharps: -1, minor: false },
  locrian: { sharps: -5, minor: false },
  'major-pentatonic': { sharps: 0, minor: false },
  'minor-pentatonic': { sharps: -3, minor: true },
  blues: { sharps: -3, minor: true },
};

/** The key signature of a key; undefined if its scale has none. */
export function signatureOfKey(key: Key): KeySignature | undefined {
  const scale = scaleSignatures[key.scale];
  if (scale === undefined) return undefined;
  const sharps = majorSharps[key.tonic] + scale.sharps;
  // Twelve fifths lead back to the same pitches, spelt with fewer accidentals.
  const spelt = sharps > 7 ? sharps - 12 : sharps < -7 ? sharps + 12 : sharps;
  return { sharps: spelt, minor: scale.minor };
}

/** The major or natural minor key of a signature; undefined outside −7 to 7 sharps. */
export function keyOfSignature({ sharps, minor }: KeySignature): Key | undefined {
  if (!Number.isInteger(sharps) || Math.abs(sharps) > 7) return undefined;
  // Each sharp is a fifth up, seven semitones; the relative minor is nine above its major.
  const pitchClass = (sharps * 7 + 7 * 12 + (minor ? 9 : 0)) % 12;
  return { tonic: tonics[pitchClass]!, scale: minor ? 'natural-minor' : 'major' };
}
