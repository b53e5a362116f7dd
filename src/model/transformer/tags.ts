import { ascending, mean, sum } from '../../music/numbers.js';
import { estimateKey, majorAndMinorKeys } from '../../music/theory/key-estimate.js';
import type { TickNote } from './tokens.js';
import { gradeOf, type Vocabulary } from './vocabulary.js';

/**
 * A request's properties of the music: value numbers by tag; a missing tag is free. Based on FIGARO (von
 * Rütte et al. 2022) and MuseCoco (Lu et al. 2023): attributes that are computed from the notes themselves.
 */
export type Tags = Readonly<Record<string, number>>;

/** Onsets this close together count as one chord. */
const chordTicks = 3;

/**
 * The row of a tag's value in the tag table: values are consecutive, those of named tags first, in the
 * vocabulary's order.
 * @throws RangeError for a tag or value that is not in the vocabulary
 */
export function tagRow(vocabulary: Vocabulary, tag: string, value: number): number {
  let first = 0;
  for (const [name, size] of tagSizes(vocabulary)) {
    if (name === tag && Number.isInteger(value) && value >= 0 && value < size) return first + value;
    first += size;
  }
  throw new RangeError(`The vocabulary has no tag ${tag} with a value ${value}.`);
}

/** Number of values of each tag, in the order of the tag table. */
export function tagSizes({ tags, gradedTags, sources }: Vocabulary): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [name, values] of Object.entries(tags)) sizes.set(name, values.length);
  for (const [name, limits] of Object.entries(gradedTags)) sizes.set(name, limits.length + 1);
  if (sources !== undefined) sizes.set('source', sources.length);
  return sizes;
}

/** The tags of piano notes on the grid, in order, at least two. */
export function tagsOfNotes(notes: readonly TickNote[], vocabulary: Vocabulary): Tags {
  const tags: Record<string, number> = {};
  for (const [name, value] of Object.entries(measures(notes, vocabulary))) {
    tags[name] = gradeOf(value, vocabulary.gradedTags[name]!);
  }
  const key = keyOf(notes, vocabulary);
  return key === undefined ? tags : { ...tags, key };
}

/**
 * The measures behind the graded tags: tempo: median gap in ticks between onsets, ignoring gaps within
 * chords; undefined if there is only one chord; density: notes per second; loudness: mean velocity; dynamics:
 * its standard deviation; register: mean pitch; polyphony: mean number of simultaneous notes; articulation:
 * median duration divided by the median gap.
 */
export function measures(
  notes: readonly TickNote[],
  { ticksPerSecond }: Vocabulary,
): Readonly<Record<string, number>> {
  const ticks = notes.at(-1)!.onsetTicks - notes[0]!.onsetTicks + 1;
  const pitches: number[] = [];
  const velocities: number[] = [];
  const durations: number[] = [];
  const gaps: number[] = [];
  for (const [i, { pitch, velocity, onsetTicks, durationTicks }] of notes.entries()) {
    pitches.push(pitch);
    velocities.push(velocity);
    durations.push(durationTicks);
    const gap = onsetTicks - (notes[i - 1]?.onsetTicks ?? onsetTicks);
    if (gap > chordTicks) gaps.push(gap);
  }
  const loudness = mean(velocities);
  const gap = gaps.length === 0 ? undefined : median(gaps);
  return {
    density: (notes.length * ticksPerSecond) / ticks,
    loudness,
    dynamics: Math.sqrt(mean(velocities.map((velocity) => (velocity - loudness) ** 2))),
    register: mean(pitches),
    polyphony: sum(durations) / ticks,
    ...(gap !== undefined && { tempo: gap, articulation: median(durations) / gap }),
  };
}

/** Krumhansl & Schmuckler's key, 0–23, or undefined if two keys fit about equally well. */
function keyOf(
  notes: readonly TickNote[],
  { ticksPerSecond, clearKeyMargin }: Vocabulary,
): number | undefined {
  const estimate = estimateKey(
    notes.map(({ pitch, durationTicks }) => ({ pitch, durationSeconds: durationTicks / ticksPerSecond })),
  );
  if (estimate === undefined || estimate.margin < clearKeyMargin) return undefined;
  return majorAndMinorKeys.indexOf(estimate.key);
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
