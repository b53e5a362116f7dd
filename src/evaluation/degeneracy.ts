import type { Excerpt } from './excerpt.js';
import { intervalsOf, isPeriodic } from '../music/figure.js';

/** Kinds of degenerate music. */
export const degeneracies = ['loop', 'drone', 'silence', 'oneNote'] as const;
export type Degeneracy = (typeof degeneracies)[number];

const droneNotes = 32;
const silenceMs = 5000;

export function degeneraciesOf(excerpt: Excerpt): readonly Degeneracy[] {
  const is: Record<Degeneracy, boolean> = {
    loop: loops(excerpt),
    drone: drones(excerpt),
    silence: longestSilenceMs(excerpt) >= silenceMs,
    oneNote: mostOfOnePitch(excerpt) > excerpt.pitch.length / 2,
  };
  return degeneracies.filter((name) => is[name]);
}

/** Share of the excerpts with each kind of degeneracy. */
export function degeneracyShares(excerpts: readonly Excerpt[]): Readonly<Record<Degeneracy, number>> {
  const all = excerpts.flatMap(degeneraciesOf);
  return Object.fromEntries(
    degeneracies.map((name) => [name, all.filter((each) => each === name).length / excerpts.length]),
  ) as Record<Degeneracy, number>;
}

function loops({ pitch }: Excerpt): boolean {
  const figures = Array.from({ length: Math.max(pitch.length - 7, 0) }, (_, i) =>
    pitch.subarray(i, i + 8).join(),
  );
  return figures.length > 0 && new Set(figures).size < figures.length / 2;
}

function drones({ pitch }: Excerpt): boolean {
  const intervals = intervalsOf(pitch);
  const length = droneNotes - 1;
  for (let i = 0; i + length <= intervals.length; i++) {
    if (isPeriodic(intervals.subarray(i, i + length))) return true;
  }
  return false;
}

function longestSilenceMs({ onset, duration }: Excerpt): number {
  let [soundsUntil, longest] = [0, 0];
  onset.forEach((time, i) => {
    longest = Math.max(longest, time - soundsUntil);
    soundsUntil = Math.max(soundsUntil, time + duration[i]!);
  });
  return longest;
}

function mostOfOnePitch({ pitch }: Excerpt): number {
  const counts = new Uint32Array(128);
  for (const each of pitch) counts[each]! += 1;
  return counts.reduce((most, count) => Math.max(most, count), 0);
}
