import type { Moment } from './moment.js';
import type { Rule, Timing } from './rule.js';

/** Ten fingers. This also ensures that `noRestrike` never excludes the last pitch of a scale. */
const mostTogether = 10;

/**
 * Allows at most ten notes per moment: a network that always outputs 0 would never advance. The next note
 * waits until the moment is over.
 */
export function noPileUp(moment: Moment, momentSeconds: number): Rule<Timing> {
  return (timing, { past }) => {
    const last = past.at(-1);
    const tenth = past.at(-mostTogether);
    if (last === undefined || tenth === undefined) return;
    if (moment(tenth.onsetSeconds, last.onsetSeconds + timing.stepSeconds)) {
      timing.stepSeconds = Math.max(timing.stepSeconds, momentSeconds);
    }
  };
}

/** Clips the network's output: no negative step, no endless silence, no negative length. */
export function plausible(longestStepSeconds: number, longestSeconds: number): Rule<Timing> {
  return (timing) => {
    timing.stepSeconds = clamp(timing.stepSeconds, longestStepSeconds);
    timing.durationSeconds = clamp(timing.durationSeconds, longestSeconds);
  };
}

/** A single voice: keeps a minimum distance from the previous note. */
export function atLeastApart(seconds: number): Rule<Timing> {
  return (timing) => {
    timing.stepSeconds = Math.max(timing.stepSeconds, seconds);
  };
}

/** After this many consecutive rests, a note sounds, if only briefly: no piece is silent. */
export function noLongSilence(mostRests: number, seconds: number): Rule<Timing> {
  return (timing, { past }) => {
    if (timing.durationSeconds > 0 || past.length < mostRests) return;
    if (past.slice(-mostRests).every((note) => note.durationSeconds === 0)) timing.durationSeconds = seconds;
  };
}

function clamp(value: number, highest: number): number {
  return Math.min(Math.max(value, 0), highest);
}
