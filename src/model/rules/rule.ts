import type { Ahead } from './ahead.js';

/** A note that the rules look back on; rests have length 0. */
export interface PastNote {
  readonly pitch: number;
  readonly onsetSeconds: number;
  readonly durationSeconds: number;
}

/** What the rules may look at while a note is chosen. */
export interface SamplingContext {
  /** Notes so far, the given ones included, the latest last. */
  readonly past: readonly PastNote[];
  /** Of the next note; decided before the rules about its pitch need it. */
  readonly onsetSeconds: number;
  /** What is planned of the note to come, in music that is to have a form. */
  readonly ahead?: Ahead;
}

/**
 * A rule of sampling: it changes the network's output for the next note in place. A network's rules are a
 * list, applied in its order.
 *
 * Most rules change the logits of one thing that is drawn, such as the pitch. A forbidden value is −∞; every
 * rule leaves at least one.
 */
export type Rule<Answer = Float64Array, Context = SamplingContext> = (
  answer: Answer,
  context: Context,
) => void;

/** Step and duration of the note to come, in seconds, of a network that answers with numbers. */
export interface Timing {
  stepSeconds: number;
  durationSeconds: number;
}
