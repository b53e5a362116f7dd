import type { Progress } from '../../compose/composition.js';

/**
 * How far several pieces are that are composed together.
 * @param each of them so far
 * @param total notes that each of them will have
 */
export function commonProgress(each: readonly Progress[], total: number): Progress {
  const waiting = each.filter((progress) => progress.stage === 'queued');
  if (waiting.length === each.length) {
    return { stage: 'queued', place: Math.min(...waiting.map(({ place }) => place)) };
  }
  if (each.every(({ stage }) => stage === 'rendering')) return { stage: 'rendering' };
  const notes = each.map((progress) => {
    if (progress.stage === 'queued') return 0;
    return progress.stage === 'composing' ? progress.notes : total;
  });
  return { stage: 'composing', notes: notes.reduce((a, b) => a + b), total: total * each.length };
}
