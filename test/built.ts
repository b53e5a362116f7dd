import { requireFreshBuild } from '../build/fresh.js';

/** Before the suites that start programs. */
export function setup(): void {
  requireFreshBuild();
}
