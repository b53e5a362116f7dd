import type { DrawRule } from './rule.js';

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
