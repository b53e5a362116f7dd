import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * How nice a thread is to others, by what it works at: a thread of 5 has a third of a core beside one
 * of 0 that computes, one of 10 a tenth. At 19, a seventieth, a training would not come to its end on
 * a busy machine.
 */
const niceness = { piece: 5, training: constants.priority.PRIORITY_BELOW_NORMAL } as const;

/**
 * Lets the main thread, which answers people, go before this one. Linux has a priority for each
 * thread; elsewhere there is only one for the whole process, which must keep its own, and this thread
 * is then one among equals.
 */
export function giveWay(work: keyof typeof niceness): void {
  if (process.platform === 'linux' && !isMainThread) setPriority(0, niceness[work]);
}
