import type { Role } from '../../../music/track.js';
import type { DrawRule, EntryRule, LengthRule, PitchRule } from './rule.js';

/** Roles that play the chords; the others are melodic. */
const accompanying: readonly Role[] = ['harmony', 'bass'];

/** From this metrical level on, a position is off the beat. */
const halfBeat = 3;
/** For a melodic part, the strong levels are the start and the middle of the bar. */
const strongLevels = 2;

/**
 * Chord tones on the beats and in the last chord, scale tones between them; melodic parts are restricted only on
 * strong beats. Scale tones that clash with the chord are excluded off the beat.
 */
export function inHarmony(ending: number): PitchRule {
  return (pitch, part, { onset, level }, draft) => {
    if (part.role === 'drums') return true;
    const { tones, passing } = draft.harmonyAt(onset);
    const isBound = onset >= ending || level < (accompanying.includes(part.role) ? halfBeat : strongLevels);
    return (isBound ? tones : passing)[pitch % 12]!;
  };
}

/**
 * The same for classical music whose chords nobody requested: accompanying parts are restricted only where a
 * chord or a bar begins, and all parts in the last chord. Suspensions and passing tones on the beat are what its
 * lines are made of.
 */
export function inHarmonyWhereItChanges(ending: number): PitchRule {
  return (pitch, part, { onset, level }, draft) => {
    if (part.role === 'drums') return true;
    const { chord, tones, passing } = draft.harmonyAt(onset);
    const begins = level === 0 || chord.onset === onset;
    const isBound = onset >= ending || (begins && accompanying.includes(part.role));
    return (isBound ? tones : passing)[pitch % 12]!;
  };
}

/**
 * Accompanying parts play tones of the chord more often between the beats, too.
 * @param by nats that the other pitches lose
 */
export function towardsChord(by: number): DrawRule {
  return (logits, { part, harmony }) => {
    if (part === undefined || harmony === undefined || !accompanying.includes(part.role)) return;
    for (let pitch = 0; pitch < logits.length; pitch++) if (!harmony.tones[pitch % 12]) logits[pitch]! -= by;
  };
}

/** The bass plays the root, or the requested bass tone, where a chord begins and at the start of a bar. */
export const bassOnRoot: PitchRule = (pitch, part, { onset, level }, draft) => {
  if (part.role !== 'bass') return true;
  const { chord, bass } = draft.harmonyAt(onset);
  return (level > 0 && chord.onset !== onset) || pitch % 12 === bass;
};

/** A bass that may play any chord tone plays the root where a chord or a bar begins and nothing else sounds it. */
export const rootIsHeard: PitchRule = (pitch, part, { onset, level }, draft) => {
  if (part.role !== 'bass') return true;
  const { chord, bass } = draft.harmonyAt(onset);
  if ((level > 0 && chord.onset !== onset) || pitch % 12 === bass) return true;
  return draft.parts.some((other) => {
    const sounding = other.number === part.number ? undefined : draft.soundingAt(other.number, onset);
    return sounding !== undefined && sounding % 12 === bass;
  });
};

/**
 * A note held into the next chord has to be one of its tones; in melodic parts, a scale tone that does not
 * clash is enough.
 */
export const untilItClashes: LengthRule = (pitch, part, { onset }, draft) => {
  if (part.role === 'drums') return {};
  const isAccompanying = accompanying.includes(part.role);
  for (const { onset: change } of draft.plan.chords) {
    if (change <= onset) continue;
    const { tones, passing } = draft.harmonyAt(change);
    if (!(isAccompanying ? tones : passing)[pitch % 12]) return { most: change - onset };
  }
  return {};
};

/** Nothing is struck after the last chord of the piece. */
export function nothingAfter(ending: number): EntryRule {
  return (_part, { onset }) => onset <= ending;
}

/** The lowest note of the last chord. */
export interface LowestNote {
  readonly part: number;
  readonly pitch: number;
}

/**
 * The last chord: its bass tone only in the bass, the other tones above it.
 * @param bass returns undefined if the bass cannot play the tone
 */
export function lastChord(ending: number, bass: () => LowestNote | undefined): PitchRule {
  return (pitch, part, { onset }, draft) => {
    if (onset < ending || part.role === 'drums') return true;
    const lowest = bass();
    if (lowest === undefined) return true;
    const isFirst = part.number === lowest.part && draft.struckBy(part.number, onset).length === 0;
    return isFirst ? pitch === lowest.pitch : pitch > lowest.pitch;
  };
}

/** Everything ends before the last chord, which lasts at least half of the remaining time. */
export function restsOnLastChord(ending: number): LengthRule {
  return (_pitch, part, { onset }, { end }) => {
    if (onset < ending) return { most: ending - onset };
    return part.role === 'drums' ? {} : { least: Math.floor((end - ending) / 2) };
  };
}
