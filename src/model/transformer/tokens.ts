import { byOnset, type Note } from '../../music/note.js';
import { binOf, middleOf, type Vocabulary } from './vocabulary.js';

/** One note as the network's input: the values of the five fields, in the order of `fields`. */
export type NoteTuple = readonly [
  kind: number,
  dt: number,
  pitch: number,
  velocity: number,
  duration: number,
];

/** A note on the grid of 10 ms. */
export interface TickNote {
  readonly pitch: number;
  readonly onsetTicks: number;
  /** At least 1. */
  readonly durationTicks: number;
  /** 1–127. */
  readonly velocity: number;
}

/** The mark before the first note of a piece; its class is one beyond the predicted ones. */
export function startOf(vocabulary: Vocabulary): NoteTuple {
  return [vocabulary.classes.length, 0, 0, 0, 0];
}

/**
 * Rounds onsets and ends to ticks; notes last at least one tick. Sorts by onset and pitch, since rounding may
 * change the order.
 */
export function toTicks(notes: readonly Note[], { ticksPerSecond }: Vocabulary): TickNote[] {
  const tick = (seconds: number): number => Math.round(seconds * ticksPerSecond);
  return notes
    .toSorted(byOnset)
    .map(({ pitch, velocity, onsetSeconds, durationSeconds }) => {
      const onsetTicks = tick(onsetSeconds);
      const durationTicks = Math.max(tick(onsetSeconds + durationSeconds) - onsetTicks, 1);
      return { pitch, velocity, onsetTicks, durationTicks };
    })
    .sort((a, b) => a.onsetTicks - b.onsetTicks || a.pitch - b.pitch);
}

/** Converts piano notes on the grid, in order, to tuples. The first note's dt is 0. */
export function toTuples(notes: readonly TickNote[], vocabulary: Vocabulary): NoteTuple[] {
  const piano = vocabulary.classes.indexOf('piano');
  return notes.map(({ pitch, velocity, onsetTicks, durationTicks }, i) => [
    piano,
    binOf(onsetTicks - (notes[i - 1]?.onsetTicks ?? onsetTicks), vocabulary.dtEdges),
    pitch,
    Math.floor((velocity - 1) / vocabulary.velocitiesPerBin),
    binOf(durationTicks, vocabulary.durationEdges),
  ]);
}

/** Converts tuples to notes, with each value at the middle of its bin; the first onset is the first dt. */
export function fromTuples(tuples: readonly NoteTuple[], vocabulary: Vocabulary): TickNote[] {
  const { velocitiesPerBin, dtEdges, durationEdges } = vocabulary;
  let onsetTicks = 0;
  return tuples.map(([, dt, pitch, velocity, duration]) => {
    onsetTicks += middleOf(dt, dtEdges);
    return {
      pitch,
      velocity: velocity * velocitiesPerBin + 1 + ((velocitiesPerBin - 1) >> 1),
      onsetTicks,
      durationTicks: middleOf(duration, durationEdges),
    };
  });
}

/** Converts back to seconds. */
export function toNotes(notes: readonly TickNote[], { ticksPerSecond }: Vocabulary): Note[] {
  return notes.map(({ pitch, velocity, onsetTicks, durationTicks }) => ({
    pitch,
    velocity,
    onsetSeconds: onsetTicks / ticksPerSecond,
    durationSeconds: durationTicks / ticksPerSecond,
  }));
}
