import type { ResourceLimits } from 'node:worker_threads';

/**
 * Limits the heap of a thread, which ends when it exceeds the limit. Includes the young generation: Node
 * gives a thread at its limit 16 MiB more to end in, and a garbage collection that moves more than that out
 * of the young generation ends the whole process (seen with Node 24).
 */
export function heapLimits(megabytes: number): ResourceLimits {
  return { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 16 };
}
