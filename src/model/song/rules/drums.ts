import type { Draft } from '../draft.js';
import type { LengthRule, PitchRule } from './rule.js';

/** Instruments of the General MIDI percussion map that are struck with a foot, by the foot. */
const feet: Readonly<Record<number, 'right' | 'left'>> = { 35: 'right', 36: 'right', 44: 'left' };
/** One hi-hat: closed, by the pedal, open. */
const hiHat = [42, 44, 46];
/** Seconds in which a hand or a foot does not strike twice. */
const strokeSeconds = 0.09;
/** Length of every drum, in positions. */
const drumLength = 6;

/**
 * Drums that one drummer can play: two sticks, two feet, one hi-hat, and time to strike again. A hand strikes
 * once in 90 ms: singles at 11 a second of both hands together are fast, but are played.
 */
export function playable(bpm: number): PitchRule {
  const apart = Math.ceil((strokeSeconds * bpm * 24) / 60);
  return (pitch, part, { onset }, draft) => {
    if (part.role !== 'drums') return true;
    const near = strokesIn(part.number, onset - apart + 1, onset + apart, draft);
    const now = near.filter((stroke) => stroke.onset === onset).map((stroke) => stroke.pitch);
    if (now.includes(pitch)) return false;
    if (hiHat.includes(pitch) && now.some((other) => hiHat.includes(other))) return false;
    const limb = feet[pitch];
    const sameLimbs = near.filter((stroke) => feet[stroke.pitch] === limb);
    if (limb !== undefined) return sameLimbs.length === 0;
    // Of any stretch shorter than a hand needs, two strokes; the new one makes three with no two of the others.
    return sameLimbs.every(
      (stroke, i) => !sameLimbs.some((other, j) => j > i && Math.abs(other.onset - stroke.onset) < apart),
    );
  };
}

function strokesIn(
  part: number,
  from: number,
  to: number,
  draft: Draft,
): readonly { readonly onset: number; readonly pitch: number }[] {
  return draft.between(from, to).filter((note) => note.part === part);
}

/** Every stroke is as short as in the training. */
export const drumsAreShort: LengthRule = (_pitch, { role }) =>
  role === 'drums' ? { least: drumLength, most: drumLength } : {};
