import type { Rule } from '../../rules/rule.js';
import type { DraftPart } from '../draft.js';
import type { NetworkNote } from '../sequence.js';

/** What the rules for drawing a field can use; once the part is drawn, the part and its preceding notes. */
export interface Drawing {
  readonly part?: DraftPart;
  readonly past: readonly NetworkNote[];
  /** The values of the field at the same place of the phrases before: their positions, or the part's pitches. */
  readonly phrases: ReadonlySet<number>;
}

/** Changes the logits of a field. */
export type DrawRule = Rule<Float64Array, Drawing>;

/**
 * A single voice repeats its last pitch less often: on its own output the network does so about twice as often
 * as real voices do.
 * @param by nats that the pitch loses
 */
export function fewerRepeats(by: number): DrawRule {
  return (logits, { part, past }) => {
    const last = past.at(-1);
    if (part?.isMonophonic === true && last !== undefined) logits[last.pitch]! -= by;
  };
}

/**
 * A phrase takes up the rhythm and pitches of the phrases before it, as real ones do: on its own output the
 * network forgets them.
 * @param by nats that these values gain
 */
export function recallsPhrases(by: number): DrawRule {
  return (logits, { phrases }) => {
    for (const value of phrases) logits[value]! += by;
  };
}
