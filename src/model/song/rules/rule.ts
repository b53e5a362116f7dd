import type { Rule } from '../../rules/rule.js';
import type { Draft, DraftPart, Harmony, Moment } from '../draft.js';
import type { NetworkNote } from '../sequence.js';

/*
 * The rules of songs exclude what must never occur in a file. Each one judges a possible next note; it is
 * drawn from what all of them allow. A note is decided field by field: onset, part, pitch, length.
 */

/** Whether notes can start at a moment. */
export type MomentRule = (at: Moment, draft: Draft) => boolean;

/** Whether a part can strike a note at a moment. */
export type EntryRule = (part: DraftPart, at: Moment, draft: Draft) => boolean;

/** Whether a part can strike a pitch at a moment. */
export type PitchRule = (pitch: number, part: DraftPart, at: Moment, draft: Draft) => boolean;

/** Minimum and maximum length of a note, in positions. */
export interface LengthLimits {
  readonly least?: number;
  readonly most?: number;
}
export type LengthRule = (pitch: number, part: DraftPart, at: Moment, draft: Draft) => LengthLimits;

/** What the rules for drawing a field can use; once the part is drawn, the part, its preceding notes, and the harmony. */
export interface Drawing {
  readonly part?: DraftPart;
  readonly harmony?: Harmony;
  readonly past: readonly NetworkNote[];
  /** The values of the field at the same place of the phrases before: their positions, parts, or the part's pitches. */
  readonly phrases: ReadonlySet<number>;
  /** While the part is drawn: how far behind its usual number of notes each part is, as a ratio. */
  readonly lags?: ReadonlyMap<number, number>;
}

/** Changes the logits of a field. */
export type DrawRule = Rule<Float64Array, Drawing>;
