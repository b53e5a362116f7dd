import type { Draft } from '../draft.js';
import type { LengthRule, PitchRule } from './rule.js';

/** Instruments of the General MIDI percussion map that are played with a foot, and which one. */
const feet: Readonly<Record<number, 'right' | 'left'>> = { 35: 'right', 36: 'right', 44: 'left' };
/** The sounds of one hi-hat: closed, by the pedal, open. */
const hiHat = [42, 44, 46];
/** Minimum time between two strokes of one hand or foot, in seconds. */
const strokeSeconds = 0.09;
/** Length of all drum notes, in positions. */
const drumLength = 6;

/**
 * Drum parts that one drummer can play: two sticks, two feet, one hi-hat, and time between strokes. One hand
 * can strike once in 90 ms: 11 single strokes per second are fast, but playable.
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
    // Within the minimum time of a hand, at most two strokes, one for each hand.
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

/** All drum notes are as short as in the training data. */
export const drumsAreShort: LengthRule = (_pitch, { role }) =>
  role === 'drums' ? { least: drumLength, most: drumLength } : {};
