import type { Draft, DraftPart } from '../draft.js';
import type { EntryRule, LengthRule, MomentRule } from './rule.js';

/**
 * Allows only lines of a grid.
 * @param steps spacings of the lines in positions, from the start of each bar
 */
export function onGrid(steps: readonly number[]): MomentRule {
  return ({ onset, bar }, { bars }) => {
    const position = onset - bars[bar]!.start;
    return steps.some((step) => position % step === 0);
  };
}

/** Allows a part only where it plays, and where it is to be composed. */
export function whereComposed(isOpen: (part: number, bar: number) => boolean): EntryRule {
  return (part, { bar }) => isOpen(part.number, bar);
}

/** A note ends before its part pauses, and before the piece ends. */
export const withinItsBars: LengthRule = (_pitch, part, { onset, bar }, draft) => ({
  most: silenceAfter(part, bar, draft) - onset,
});

function silenceAfter(part: DraftPart, bar: number, { bars, end }: Draft): number {
  const span = part.plays.find(({ first, end: last }) => first <= bar && bar < last);
  return span === undefined ? end : (bars[span.end]?.start ?? end);
}
