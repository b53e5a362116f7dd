import { ascending } from '../../music/numbers.js';
import { hasMajorThird, scalePitchClasses } from '../../music/theory/scale.js';
import { tonics, type Key } from '../../music/theory/key.js';
import type { Ahead } from './ahead.js';
import { mask } from './mask.js';
import { keyPrior } from './pitch.js';
import type { PastNote, Rule } from './rule.js';

/*
 * Rules for the ending of a piece: the key is emphasised, then its dominant, then the tonic triad over its
 * tonic, which is held.
 */

/** Shorter time steps are within a sound. */
const chordSeconds = 0.025;

/** Minimum time between the last sound and the previous note. */
const leastBeforeSeconds = 0.12;

/** Number of notes before the last sound in which the dominant is favoured. */
const dominantNotes = 10;

/** By semitones above the tonic: how strongly they belong to the dominant. */
const dominant: Readonly<Record<number, number>> = { 7: 1, 11: 1, 2: 0.7, 5: 0.5, 0: -0.4 };

/** How much likelier the tonic is at the top of the last sound than its third or fifth. */
const tonicOnTop = 1;

/** Distance in semitones between a low bass and the notes above it. */
const spaceAboveBass = 7;
const lowBass = 50;

/** Number of latest notes that determine the register. */
const registerNotes = 24;

/** Strikes the notes of the last sound simultaneously, apart from the previous note. */
export function closingStep(leastSeconds: readonly number[]): Rule {
  return (logits, { ahead }) => {
    const place = ahead?.close?.place;
    if (place === undefined) return;
    mask(logits, (bin) =>
      place === 0 ? leastSeconds[bin]! < leastBeforeSeconds : leastSeconds[bin]! >= chordSeconds,
    );
  };
}

/** Favours the key towards the end, then its dominant; finally the tonic triad, from the bass up. */
export function cadence(keyWeight: number, dominantWeight: number): Rule {
  return (logits, context) => {
    const close = context.ahead?.close;
    if (close?.key === undefined) return;
    const { key, notesBefore, place, size } = close;
    if (place === undefined) {
      keyPrior(key, keyWeight)(logits, context);
      if (notesBefore > dominantNotes) return;
      const belongs = scalePitchClasses(key);
      const weight = dominantWeight * (1 - notesBefore / (2 * dominantNotes));
      const tonic = tonics.indexOf(key.tonic);
      for (let pitch = 0; pitch < logits.length; pitch++) {
        const degree = (pitch - tonic + 12) % 12;
        const fits = belongs[pitch % 12] === true || degree === 11;
        logits[pitch]! += weight * (fits ? (dominant[degree] ?? 0) : -1);
      }
      return;
    }
    lastSound(logits, context.past, key, place, size);
  };
}

function lastSound(
  logits: Float64Array,
  past: readonly PastNote[],
  key: Key,
  place: number,
  size: number,
): void {
  const tonic = tonics.indexOf(key.tonic);
  const degree = (pitch: number): number => (pitch - tonic + 12) % 12;
  const before = past.slice(0, past.length - place).slice(-registerNotes);
  const pitches = ascending(before.map(({ pitch }) => pitch));
  const [lowest, middle, highest] = [
    pitches[0] ?? 36,
    pitches[pitches.length >> 1] ?? 60,
    pitches.at(-1) ?? 72,
  ];
  if (place === 0) {
    // A single voice ends in its current register; in a chord, the bass is low.
    const last = past.at(-1)?.pitch ?? middle;
    const [from, to] = size === 1 ? [last - 9, last + 9] : [lowest - 7, Math.max(middle - 4, lowest + 5)];
    mask(logits, (pitch) => degree(pitch) !== 0);
    mask(logits, (pitch) => pitch < from || pitch > to);
    return;
  }
  const bass = past[past.length - place]!.pitch;
  const below = past.at(-1)!.pitch;
  const least = place === 1 && bass < lowBass ? bass + spaceAboveBass : below + 1;
  const triad = [0, hasMajorThird(key) ? 4 : 3, 7];
  mask(logits, (pitch) => pitch < least || !triad.includes(degree(pitch)));
  mask(logits, (pitch) => pitch > Math.max(highest + 3, below + 5));
  if (place === size - 1) {
    for (let pitch = 0; pitch < logits.length; pitch++) if (degree(pitch) === 0) logits[pitch]! += tonicOnTop;
  }
}

/** Holds the last sound for about as long as planned. */
export function heldClose(leastSeconds: readonly number[]): Rule {
  return (logits, { ahead }) => {
    if (ahead?.close?.place === undefined) return;
    const { holdSeconds } = ahead.close;
    mask(logits, (bin) => leastSeconds[bin]! < 0.9 * holdSeconds || leastSeconds[bin]! > 1.05 * holdSeconds);
  };
}

/** Number of sounds before the last over which the tempo decreases. */
const slowingSounds = 10;

/** Factor on the time to the next sound, when this many come before the last. */
export function slowing(ahead: Ahead | undefined, soundsBefore: number, amount: number): number {
  if (ahead?.close === undefined) return 1;
  const share = Math.max(0, 1 - soundsBefore / slowingSounds);
  return 1 + amount * share ** 1.5;
}
