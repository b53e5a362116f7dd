import { plainName } from '../../request/plain-name.js';

/** A value to choose, with its label. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** The names that contain what was typed, in their order; ignores case and accents. */
export function matching(names: readonly string[], typed: string): readonly string[] {
  const wanted = plainName(typed);
  return names.filter((name) => plainName(name).includes(wanted));
}
