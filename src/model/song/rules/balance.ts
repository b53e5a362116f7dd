import { notesPerBar } from '../../../plan/density.js';
import type { Draft, Moment } from '../draft.js';
import type { DrawRule } from './rule.js';

/** How far back notes are counted, in bars. */
const countedBars = 2;

/**
 * For each composed part that plays at a moment: how many times as many notes parts of its role usually strike in the
 * bars before, at the song's density, as it did (one more of each, so that a few notes count little). Empty if the
 * plan has no density.
 */
export function lagsAt({ onset, bar }: Moment, draft: Draft): ReadonlyMap<number, number> {
  const { taught, density } = draft.plan;
  const lags = new Map<number, number>();
  if (density === undefined) return lags;
  for (const { number, role, plays, isPatterned } of draft.parts) {
    const span = plays.find(({ first, end }) => first <= bar && bar < end);
    if (span === undefined || isPatterned) continue;
    const from = draft.bars[Math.max(span.first, bar - countedBars)]!.start;
    const struck = draft.between(from, onset + 1).filter(({ part }) => part === number).length;
    const usual = (notesPerBar(taught, role, density) * (onset - from)) / draft.bars[bar]!.length;
    lags.set(number, (usual + 1) / (struck + 1));
  }
  return lags;
}

/**
 * No part drowns the others: on its own output the network lets one play ever more, and others fall silent.
 * @param by the power of the lag by which a part becomes likelier
 */
export function balancesParts(by: number): DrawRule {
  return (logits, { lags = [] }) => {
    for (const [part, lag] of lags) logits[part]! += by * Math.log(lag);
  };
}
