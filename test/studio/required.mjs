/** A thread program that tells whether it was loaded by `require`, which keeps it in its cache. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export function wasRequired() {
  return fileURLToPath(import.meta.url) in createRequire(import.meta.url).cache;
}
