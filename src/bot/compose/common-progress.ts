import type { Progress } from '../../compose/composition.js';
import type { Extent } from '../../request/request.js';

/**
 * The progress of several pieces that are composed together.
 * @param each the progress of each piece
 * @param extent of each piece
 */
export function commonProgress(each: readonly Progress[], { unit, amount }: Extent): Progress {
  const waiting = each.filter((progress) => progress.stage === 'queued');
  if (waiting.length === each.length) {
    return { stage: 'queued', position: Math.min(...waiting.map(({ position }) => position)) };
  }
  if (each.every(({ stage }) => stage === 'rendering')) return { stage: 'rendering' };
  const done = each.reduce((sum, progress) => {
    if (progress.stage === 'queued') return sum;
    if (progress.stage === 'rendering') return sum + amount;
    return sum + (progress.stage === 'composing' ? progress.notes : progress.seconds);
  }, 0);
  const total = amount * each.length;
  return unit === 'notes'
    ? { stage: 'composing', notes: done, total }
    : { stage: 'composing-time', seconds: done, total };
}
