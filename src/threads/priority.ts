import { getPriority, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * Niceness of a thread relative to the main thread, by its work: an answer that someone waits for, or a
 * training. Next to a busy thread, one that is nicer by 5 gets a quarter of a core, by 10 a tenth. By 19 it
 * would get a seventieth, and a training would never finish on a busy machine.
 */
const nicer = { answer: 5, training: 10 } as const;

/** A thread that sends sound on time is more urgent than the others by this. */
const moreUrgent = 5;

const nicest = 19;
const mostUrgent = -20;

/**
 * Gives the main thread, which answers people, priority over this one. Works on Linux, where each thread has
 * its own priority; elsewhere, only the whole process has one, so nothing changes.
 */
export function lowerPriority(work: keyof typeof nicer): void {
  if (process.platform !== 'linux' || isMainThread) return;
  setPriority(0, Math.min(getPriority(process.pid) + nicer[work], nicest));
}

/** Lets this thread run before the others of its process, where the system allows it: on Linux, with CAP_SYS_NICE. */
export function raisePriority(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, Math.max(mostUrgent, getPriority() - moreUrgent));
  } catch {
    // It does its work without.
  }
}
