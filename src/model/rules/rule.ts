import type { Ahead } from './ahead.js';

/** A past note, as the rules see it; rests have length 0. */
export interface PastNote {
  readonly pitch: number;
  readonly onsetSeconds: number;
  readonly durationSeconds: number;
}

/** What the rules can use while a note is drawn. */
export interface SamplingContext {
  /** All notes so far, including the given ones; the latest is last. */
  readonly past: readonly PastNote[];
  /** Onset of the next note; decided before the rules for its pitch need it. */
  readonly onsetSeconds: number;
  /** The plan for the next note, in music with a form. */
  readonly ahead?: Ahead;
}

/**
 * A sampling rule: it changes the network's output for the next note in place. A network's rules are a list,
 * applied in order.
 *
 * Most rules change the logits of one field, such as the pitch. A forbidden value is −∞; every rule leaves at
 * least one.
 */
export type Rule<Answer = Float64Array, Context = SamplingContext> = (
  answer: Answer,
  context: Context,
) => void;

/** Step and duration of the next note, in seconds, for a network that outputs numbers. */
export interface Timing {
  stepSeconds: number;
  durationSeconds: number;
}
