import { plainName } from '../../request/plain-name.js';

/** A value to choose, with what is shown of it. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** The names that hold what was typed, in their order; neither case nor accents matter. */
export function matching(names: readonly string[], typed: string): readonly string[] {
  const wanted = plainName(typed);
  return names.filter((name) => plainName(name).includes(wanted));
}
