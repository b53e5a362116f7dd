import type { Role } from '../../../music/track.js';
import type { EntryRule, LengthRule, PitchRule } from './rule.js';

/** Roles that carry the chords; the others sing over them. */
const accompanying: readonly Role[] = ['harmony', 'bass'];

/** Number of the metrical level from which on a part is between the beats. */
const halfBeat = 3;
/** Of a part that sings: the first of the bar and its middle. */
const strongLevels = 2;

/**
 * Tones of the chord on the beats, tones of the scale between them; who sings is bound on the strong beats
 * alone. Between them, what the scale has and the chord contradicts is left out.
 */
export const inHarmony: PitchRule = (pitch, part, { onset, level }, draft) => {
  if (part.role === 'drums') return true;
  const { tones, passing } = draft.harmonyAt(onset);
  const isBound = level < (accompanying.includes(part.role) ? halfBeat : strongLevels);
  return (isBound ? tones : passing)[pitch % 12]!;
};

/** The bass has the root, or the tone that is asked for, where a chord begins and at the first of a bar. */
export const bassOnRoot: PitchRule = (pitch, part, { onset, level }, draft) => {
  if (part.role !== 'bass') return true;
  const { chord, bass } = draft.harmonyAt(onset);
  return (level > 0 && chord.onset !== onset) || pitch % 12 === bass;
};

/** What is held into the next chord is a tone of it; what sings, one of its scale. */
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

/** The last chord: its lowest tone in the bass alone, the others above it. @param bass undefined: it cannot play it */
export function lastChord(ending: number, bass: () => LowestNote | undefined): PitchRule {
  return (pitch, part, { onset }, draft) => {
    if (onset < ending || part.role === 'drums') return true;
    const lowest = bass();
    if (lowest === undefined) return true;
    const isFirst = part.number === lowest.part && draft.struckBy(part.number, onset).length === 0;
    return isFirst ? pitch === lowest.pitch : pitch > lowest.pitch;
  };
}

/** Everything ends before the last chord, which lasts for at least half of the time that is left. */
export function restsOnLastChord(ending: number): LengthRule {
  return (_pitch, part, { onset }, { end }) => {
    if (onset < ending) return { most: ending - onset };
    return part.role === 'drums' ? {} : { least: Math.floor((end - ending) / 2) };
  };
}
