import {
  eachOutput,
  outputOf,
  type Output,
  type OutputRole,
  type ShownComposition,
} from '../../src/compose/composition.js';

/** The outputs of a composition, by role. */
export function byRole(composition: ShownComposition): Readonly<Record<OutputRole, Output>> {
  return eachOutput((role) => outputOf(composition, role));
}
