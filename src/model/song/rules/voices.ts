import type { Draft, DraftPart } from '../draft.js';
import type { EntryRule, LengthRule, PitchRule } from './rule.js';

/** Allows only pitches in the instrument's range. */
export const inRange: PitchRule = (pitch, { range: [low, high] }) => low <= pitch && pitch <= high;

/** A single-voice part strikes one note at a time, after the previous one has ended. */
export const singleVoice: EntryRule = (part, { onset }, draft) =>
  !part.isMonophonic || draft.soundingAt(part.number, onset) === undefined;

/** A note of a single voice ends when the next existing one begins. */
export const untilNextNote: LengthRule = (_pitch, part, { onset }, draft) => {
  if (!part.isMonophonic) return {};
  const next = draft.nextSound(part.number, onset + 1, draft.end);
  return next === undefined ? {} : { most: next - onset };
};

/** A pitch that sounds in a part cannot be struck again before it ends. */
export const noRestrike: PitchRule = (pitch, part, { onset }, draft) => {
  if (part.isMonophonic) return true;
  const last = draft.lastOf(part.number, pitch, onset);
  return last === undefined || last.onset + last.duration <= onset;
};

/** A note ends where an existing note strikes its pitch again. */
export const untilRestruck: LengthRule = (pitch, part, { onset }, draft) => {
  const next = draft.nextOf(part.number, pitch, onset);
  return next === undefined ? {} : { most: next.onset - onset };
};

/**
 * Maximum number of simultaneous notes of a polyphonic player: strings of a guitar, four mallets, a section.
 */
const mostAtOnce: Partial<Record<DraftPart['instrument'], number>> = { piano: 7, organ: 7, guitar: 6 };
const mostOtherwise = 4;
/** A melody or counter-melody has at most two notes at once. */
const mostOfMelody = 2;
const melodies: readonly DraftPart['role'][] = ['melody', 'counter-melody'];
/** Span of a hand in semitones: a tenth. */
const handSpan = 16;

/** No more simultaneous notes than the instrument has fingers, strings or players. */
export const fewTogether: EntryRule = (part, { onset }, draft) => {
  if (part.isMonophonic || part.role === 'drums') return true;
  const most = melodies.includes(part.role) ? mostOfMelody : (mostAtOnce[part.instrument] ?? mostOtherwise);
  return draft.struckBy(part.number, onset).length < most;
};

/** Simultaneous notes on a keyboard have to be playable with two hands. */
export const twoHands: PitchRule = (pitch, part, { onset }, draft) => {
  if (part.isMonophonic || part.role === 'drums') return true;
  const struck = draft.struckBy(part.number, onset);
  if (struck.length === 0) return true;
  const [lowest, highest] = [Math.min(struck[0]!, pitch), Math.max(struck.at(-1)!, pitch)];
  if (highest - lowest <= handSpan) return true;
  const right = [...struck, pitch].filter((each) => each > lowest + handSpan);
  return highest - Math.min(...right) <= handSpan;
};

/**
 * Voices do not cross: none goes above a higher one or below a lower one that sounds; unisons are allowed.
 */
export function inOrder(ordered: readonly number[]): PitchRule {
  return (pitch, part, { onset }, draft) => isInOrder(ordered, pitch, part.number, onset, draft);
}

/** A note ends before it would cross an existing note of another voice. */
export function untilCrossed(ordered: readonly number[]): LengthRule {
  return (pitch, part, { onset }, draft) => {
    if (!ordered.includes(part.number)) return {};
    for (let position = onset + 1; position < draft.end; position++) {
      if (!isInOrder(ordered, pitch, part.number, position, draft)) return { most: position - onset };
    }
    return {};
  };
}

function isInOrder(
  ordered: readonly number[],
  pitch: number,
  part: number,
  position: number,
  draft: Draft,
): boolean {
  const own = ordered.indexOf(part);
  if (own < 0) return true;
  return ordered.every((other, i) => {
    const sounding = i === own ? undefined : draft.soundingAt(other, position);
    return sounding === undefined || (i < own ? pitch <= sounding : pitch >= sounding);
  });
}
