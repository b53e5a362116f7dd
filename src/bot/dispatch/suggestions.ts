/** A value to choose, with what is shown of it. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** The names that hold what was typed, in their order. */
export function matching(names: readonly string[], typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(wanted));
}
