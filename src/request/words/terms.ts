import type { Concept } from './meanings.js';

/** Words that say how other words are meant. */
export type Modifier =
  /** The next word is not so: `not sad`; nor is what is joined to it by `or`. */
  | 'not'
  /** Nor is what is joined to it by `and`: `without loud and fast notes`. */
  | 'without'
  /** The word before is not so, in languages that say it there. */
  | 'not, after'
  | 'very'
  | 'slightly'
  | 'and'
  | 'or'
  /** It ends what stands before it. */
  | 'but'
  /** It says nothing about the music. */
  | 'filler';

/**
 * How a language says everything that is understood: words and phrases with commas between them, in any
 * inflection, without regard to case and accents. The first of a concept is its name in that language.
 */
export interface Terms {
  readonly concepts: Readonly<Record<Concept, string>>;
  readonly modifiers: Readonly<Record<Modifier, string>>;
}
