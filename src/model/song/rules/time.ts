import type { Draft, DraftPart } from '../draft.js';
import type { EntryRule, LengthRule, MomentRule } from './rule.js';

/** Only lines of a grid. @param steps in positions: lines that are so far apart, from the start of each bar */
export function onGrid(steps: readonly number[]): MomentRule {
  return ({ onset, bar }, { bars }) => {
    const position = onset - bars[bar]!.start;
    return steps.some((step) => position % step === 0);
  };
}

/** Only where a part plays, and where it is to be composed. */
export function whereComposed(isOpen: (part: number, bar: number) => boolean): EntryRule {
  return (part, { bar }) => isOpen(part.number, bar);
}

/** No note outlasts the bars in which its part plays, or the piece. */
export const withinItsBars: LengthRule = (_pitch, part, { onset, bar }, draft) => ({
  most: silenceAfter(part, bar, draft) - onset,
});

function silenceAfter(part: DraftPart, bar: number, { bars, end }: Draft): number {
  const span = part.plays.find(({ first, end: last }) => first <= bar && bar < last);
  return span === undefined ? end : (bars[span.end]?.start ?? end);
}
