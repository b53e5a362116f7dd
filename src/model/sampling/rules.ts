import { scalePitchClasses } from '../../music/scale.js';
import type { Key } from '../../music/key.js';
import { gamma, type Random } from '../random.js';

/** What the rules may look at when a note is about to be chosen. */
export interface SamplingContext {
  /** Notes chosen so far, the opening's included, latest last; rests have length 0. */
  readonly past: readonly {
    readonly pitch: number;
    readonly onsetSeconds: number;
    readonly durationSeconds: number;
  }[];
}

/** Step and duration of the note to come, in seconds; rules change them in place. */
export interface Timing {
  stepSeconds: number;
  durationSeconds: number;
}

/** Changes the network's timing of a note. */
export type TimingRule = (timing: Timing, context: SamplingContext) => void;

/**
 * Changes the 128 logits of a note whose onset is settled. A pitch that must not be is −∞;
 * every rule leaves at least one pitch.
 */
export type PitchRule = (logits: Float64Array, onsetSeconds: number, context: SamplingContext) => void;

/** Divides the logits: below 1 the likely gets likelier, above 1 everything gets more equal. */
export function temperature(value: number): PitchRule {
  return (logits) => {
    for (let pitch = 0; pitch < logits.length; pitch++) logits[pitch]! /= value;
  };
}

/** Only the 88 keys of a piano, A0 to C8. */
export const onThePiano: PitchRule = (logits) => {
  logits.fill(-Infinity, 0, 21);
  logits.fill(-Infinity, 109);
};

/** Only pitches of a scale. */
export function inScale(key: Key): PitchRule {
  const belongs = scalePitchClasses(key);
  return (logits) => {
    for (let pitch = 0; pitch < logits.length; pitch++) {
      if (!belongs[pitch % 12]) logits[pitch] = -Infinity;
    }
  };
}

/** When notes count as struck together. */
export type Moment = (earlierSeconds: number, laterSeconds: number) => boolean;

/** Without a grid: within 30 ms; less a hair, so that exactly 30 ms later is later after all rounding. */
export const within30Ms: Moment = (earlier, later) => later - earlier < 0.03 - 1e-9;

/** On a grid: those that will be put on the same of its lines. */
export function onSameLine(gridStepSeconds: number): Moment {
  const line = (seconds: number): number => Math.floor(seconds / gridStepSeconds + 0.5 + 1e-6);
  return (earlier, later) => line(earlier) === line(later);
}

/** A key that has just been struck cannot be struck again in the same moment. */
export function noRestrike(moment: Moment): PitchRule {
  return (logits, onsetSeconds, { past }) => {
    for (let i = past.length - 1; i >= 0; i--) {
      const { pitch, onsetSeconds: earlier } = past[i]!;
      if (!moment(earlier, onsetSeconds)) return;
      logits[pitch] = -Infinity;
    }
  };
}

/** Ten fingers. {@link noRestrike} can then never take the last pitch of a scale away. */
const mostTogether = 10;

/**
 * At most ten notes to a moment: a network that answers 0 for ever would never get on. The
 * next note then waits until the moment is over.
 */
export function noPileUp(moment: Moment, momentSeconds: number): TimingRule {
  return (timing, { past }) => {
    const last = past.at(-1);
    const tenth = past.at(-mostTogether);
    if (last === undefined || tenth === undefined) return;
    if (moment(tenth.onsetSeconds, last.onsetSeconds + timing.stepSeconds)) {
      timing.stepSeconds = Math.max(timing.stepSeconds, momentSeconds);
    }
  };
}

/** How far what was played spreads around the network's answers. */
export interface Spread {
  /** Shape of the gamma distribution of a step over its prediction, below 1. */
  readonly stepShape: number;
  /** σ of the log-normal distribution of a duration over its prediction. */
  readonly durationSigma: number;
}

export const measuredSpread: Spread = { stepShape: 0.6, durationSigma: 0.8 };

/**
 * Draws step and duration around the network's answer instead of taking it. The squared-error
 * heads answer with a mean, which in music is neither the gap within a chord nor the one
 * between two melody notes; fed back, such means pull each other along until every piece
 * crawls. Over 27,537 validation notes of MAESTRO, grouped by prediction, the predicted means
 * are right to within a tenth, and what was played spreads around them much like a gamma
 * distribution of shape 0.6 (steps) and a log-normal one of σ = 0.8 (durations), which are
 * drawn from here.
 */
export function spread(
  random: Random,
  { stepShape, durationSigma: sigma }: Spread = measuredSpread,
): TimingRule {
  return (timing) => {
    timing.stepSeconds *= gamma(stepShape, random);
    timing.durationSeconds *= Math.exp(sigma * random.normal() - (sigma * sigma) / 2);
  };
}

/** Nothing before what came before, no endless silence, no negative length. */
export function plausible(longestStepSeconds: number, longestSeconds: number): TimingRule {
  return (timing) => {
    timing.stepSeconds = clamp(timing.stepSeconds, longestStepSeconds);
    timing.durationSeconds = clamp(timing.durationSeconds, longestSeconds);
  };
}

/** One voice: each note leaves room for the one before it. */
export function atLeastApart(seconds: number): TimingRule {
  return (timing) => {
    timing.stepSeconds = Math.max(timing.stepSeconds, seconds);
  };
}

/** After so many rests in a row a note sounds, if only briefly: no piece is silence. */
export function noLongSilence(mostRests: number, seconds: number): TimingRule {
  return (timing, { past }) => {
    if (timing.durationSeconds > 0 || past.length < mostRests) return;
    if (past.slice(-mostRests).every((note) => note.durationSeconds === 0)) timing.durationSeconds = seconds;
  };
}

function clamp(value: number, highest: number): number {
  return Math.min(Math.max(value, 0), highest);
}
