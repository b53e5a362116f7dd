/** A thread program that tells how its pool treats it. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { handOver } from '../../dist/threads/thread-pool.js';

const bytes = Uint8Array.of(1, 2, 3);

/** Whether it was loaded by `require`, which keeps it in its cache. */
export function wasRequired() {
  return fileURLToPath(import.meta.url) in createRequire(import.meta.url).cache;
}

export function give() {
  return handOver({ name: 'sound', bytes }, bytes);
}

export function bytesLeft() {
  return bytes.length;
}
