import type { Concept } from './meanings.js';

/** Words that modify other words. */
export type Modifier =
  /** Negates the next word: `not sad`; also words joined to it by `or`. */
  | 'not'
  /** Negates also words joined to it by `and`: `without loud and fast notes`. */
  | 'without'
  /** Negates the previous word, in languages with this order. */
  | 'not, after'
  | 'very'
  | 'slightly'
  | 'and'
  | 'or'
  /** Ends the scope of modifiers before it. */
  | 'but'
  /** Has no musical meaning. */
  | 'filler';

/**
 * The words of a language for all concepts: comma-separated words and phrases, in any inflection, ignoring
 * case and accents. The first one of a concept is its name in that language.
 */
export interface Terms {
  readonly concepts: Readonly<Record<Concept, string>>;
  readonly modifiers: Readonly<Record<Modifier, string>>;
}
