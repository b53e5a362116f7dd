import type { Rule } from '../../rules/rule.js';
import type { DraftPart } from '../draft.js';
import type { NetworkNote } from '../sequence.js';

/** What the rules for drawing a field can use; once the part is drawn, the part and its preceding notes. */
export interface Drawing {
  readonly part?: DraftPart;
  readonly past: readonly NetworkNote[];
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
