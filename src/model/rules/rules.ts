import { toneRatings } from '../../music/theory/key-estimate.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import type { Key } from '../../music/theory/key.js';

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

/** How much of the past {@link recall} remembers: the network itself hears 25 notes back. */
const recalledNotes = 128;

/** What a tone that was not heard lately is taken to have had of all notes. */
const unheardShare = 0.02;

/**
 * Keeps to the tones of the piece: adds to each logit `weight` times the logarithm of the share that
 * its pitch class had among the last 128 notes. What was heard lately comes back, in music as in
 * text (a cache, as Grave, Joulin & Usunier 2017 give language models, by pitch class). It follows
 * the temperature, which would make it stronger than what it remembers.
 */
export function recall(weight: number): PitchRule {
  return (logits, _, { past }) => {
    const heard = past.slice(-recalledNotes);
    const counts = new Float64Array(12);
    for (const { pitch } of heard) counts[pitch % 12]! += 1;
    const gains = counts.map((count) => weight * Math.log(count / Math.max(heard.length, 1) + unheardShare));
    for (let pitch = 0; pitch < logits.length; pitch++) logits[pitch]! += gains[pitch % 12]!;
  };
}

/** Notes of a figure that {@link echo} listens for. */
const echoedNotes = 3;

/** How far back {@link echo} listens. */
const echoNotes = 256;

/**
 * Lets figures return: where the latest three pitches were struck before, in this order, the pitch
 * that followed them then gets likelier by `weight`. Small networks repeat what they heard less
 * readily than music does; only to strike one pitch again and again they need no help.
 */
export function echo(weight: number): PitchRule {
  return (logits, _, { past }) => {
    const heard = past.slice(-echoNotes);
    const latest = heard.length - echoedNotes;
    if (latest < 1) return;
    const followed = new Set<number>();
    for (let start = 0; start < latest; start++) {
      let same = 0;
      while (same < echoedNotes && heard[start + same]!.pitch === heard[latest + same]!.pitch) same++;
      if (same === echoedNotes) followed.add(heard[start + echoedNotes]!.pitch);
    }
    followed.delete(heard.at(-1)!.pitch);
    for (const pitch of followed) logits[pitch]! += weight;
  };
}

/** The ratings are raised to this power: as they are, the key and its neighbours differ little. */
const keyContrast = 1.5;

/** Notes as which {@link towards} counts what it aims at, so that it is calm while little was heard. */
const priorNotes = 12;

/**
 * Keeps a key in the ear: adds to each logit `weight` times the logarithm of the share of the notes that
 * its pitch class should have, by its rating in the key, over that which it had among the last 128. Where
 * the tonic is rare it comes; what is heard enough is left alone, so that the music stays as varied as
 * the ratings are.
 */
export function towards(key: Key, weight: number): PitchRule {
  const belongs = scalePitchClasses(key);
  const ratings = toneRatings(key).map((rating, pitchClass) =>
    belongs[pitchClass] ? rating ** keyContrast : 0,
  );
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  return (logits, _, { past }) => {
    const counts = ratings.map((rating) => (priorNotes * rating) / sum);
    const heard = past.slice(-recalledNotes);
    for (const { pitch } of heard) counts[pitch % 12]! += 1;
    const total = heard.length + priorNotes;
    for (let pitch = 0; pitch < logits.length; pitch++) {
      const should = ratings[pitch % 12]! / sum;
      if (should > 0) logits[pitch]! += weight * Math.log((should * total) / counts[pitch % 12]!);
    }
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
