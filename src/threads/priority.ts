import { getPriority, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * How much nicer a thread is than the main one, by what it works at: an answer that someone waits for, or a
 * training. Next to a thread that also computes, one that is nicer by 5 has a quarter of a core, by 10 a
 * tenth. By 19 it would have a seventieth, and a training would never finish on a busy machine.
 */
const nicer = { answer: 5, training: 10 } as const;

const nicest = 19;

/**
 * Gives the main thread, which answers people, priority over this one. Linux has a priority for each thread;
 * elsewhere there is only one for the whole process, which must keep its own, and this thread then has the
 * same priority.
 */
export function lowerPriority(work: keyof typeof nicer): void {
  if (process.platform !== 'linux' || isMainThread) return;
  setPriority(0, Math.min(getPriority(process.pid) + nicer[work], nicest));
}
