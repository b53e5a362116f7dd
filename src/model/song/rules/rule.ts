import type { Draft, DraftPart, Moment } from '../draft.js';

/*
 * The rules of songs forbid what must never be in a file. Each asks about one note that could come next;
 * what all of them allow is drawn from. A note is settled field by field: when, who, which pitch, how long.
 */

/** Whether notes may be struck at a moment. */
export type MomentRule = (at: Moment, draft: Draft) => boolean;

/** Whether a part may strike at a moment. */
export type EntryRule = (part: DraftPart, at: Moment, draft: Draft) => boolean;

/** Whether a part may strike a pitch at a moment. */
export type PitchRule = (pitch: number, part: DraftPart, at: Moment, draft: Draft) => boolean;

/** The shortest and the longest that a note may be, in positions. */
export interface LengthLimits {
  readonly least?: number;
  readonly most?: number;
}
export type LengthRule = (pitch: number, part: DraftPart, at: Moment, draft: Draft) => LengthLimits;
