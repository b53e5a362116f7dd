import { z } from 'zod';
import { sum } from '../../music/numbers.js';
import { chordKinds, type Chord, type ChordKind } from '../../music/theory/chord.js';
import { hasMajorThird } from '../../music/theory/scale.js';
import { tonics, type Key, type Tonic } from '../../music/theory/key.js';
import type { TimeSignature } from '../../music/meter.js';
import { roles } from '../../music/track.js';
import {
  instrumentClasses,
  positionsPerQuarter,
  sectionLetters,
  taughtGenres,
  taughtStyles,
  type PlannedPart,
} from '../../plan/song-plan.js';

/*
 * The song vocabulary, as in `training/song/vocabulary.py`; explained in `training/song/README.md`. The
 * constants that a model's file can set are in a `Vocabulary`; all others must match these.
 */

/** The fields of a note in the order in which they are drawn, with their sizes. */
export const fieldSizes = {
  bar: 9,
  position: 192,
  part: 49,
  pitch: 128,
  duration: 132,
  velocity: 32,
} as const;
export type Field = keyof typeof fieldSizes;
export const fields = Object.keys(fieldSizes) as readonly Field[];

/** The drum part; the others are numbered by role, then class. */
export const drumsPart = 48;
/** The bar step that ends a passage. Smaller ones move that many bars forward. */
export const endStep = 8;
/** An unknown velocity: only an input, never drawn. */
export const unknownVelocity = 32;
/** Length of the longest bar, in positions. */
export const longestBar = fieldSizes.position;

/** Kinds of positions in a sequence. */
export const composed = 0;
export const given = 1;
export const startMark = 2;

/** The plan fields of a place and their sizes; the last value means "not told", except for `place`. */
export const toldSizes = {
  key: 25,
  chord: 98,
  degree: 98,
  next: 98,
  distance: 17,
  section: 9,
  return: 3,
  left_in_section: 18,
  left_in_piece: 34,
  left_in_passage: 34,
  age: 10,
  place: 6,
} as const;
export type Told = keyof typeof toldSizes;
export const tolds = Object.keys(toldSizes) as readonly Told[];
/** The first row of each field in the plan tables. */
export const toldOffsets = offsets(Object.values(toldSizes));
/** Number of rows of the plan tables. */
export const toldRows = sum(Object.values(toldSizes));
export const keyField = tolds.indexOf('key');
export const chordField = tolds.indexOf('chord');
/** The value for "not told". */
export function untold(field: Told): number {
  return toldSizes[field] - 1;
}

/** The distinguished meters; the last stands for all others. */
const meters = [
  '4/4',
  '3/4',
  '2/4',
  '6/8',
  '2/2',
  '3/8',
  '9/8',
  '12/8',
  '3/2',
  '6/4',
  '4/2',
  'other',
] as const;

/** The tags of a piece and their sizes. */
export const tagSizes = {
  style: taughtStyles.length,
  genre: taughtGenres.length,
  meter: meters.length,
  tempo: 9,
  parts: fieldSizes.part,
  density: 8,
  polyphony: 8,
} as const;
export type Tag = keyof typeof tagSizes;
/** Values of tags by name. */
export type SongTags = Readonly<Partial<Record<Tag, readonly number[]>>>;
const tagNames = Object.keys(tagSizes) as readonly Tag[];
const tagOffsets = offsets(Object.values(tagSizes));
export const tagRows = sum(Object.values(tagSizes));

/** Rows in the tag table. */
export function rowsOf(tags: SongTags): number[] {
  return tagNames.flatMap((name, i) => (tags[name] ?? []).map((value) => tagOffsets[i]! + value));
}

const pitchedClasses = instrumentClasses.length - 1;

/** The number of a part: by role first, so that parts are ordered from the melody to the bass. */
export function partNumber({ instrument, role }: Pick<PlannedPart, 'instrument' | 'role'>): number {
  return instrument === 'drums'
    ? drumsPart
    : roles.indexOf(role) * pitchedClasses + instrumentClasses.indexOf(instrument);
}

/** 2 tonic + 1 if it has no major third. */
export function keyNumber(key: Key): number {
  return 2 * tonics.indexOf(key.tonic) + (hasMajorThird(key) ? 0 : 1);
}

/** 1 + 8 root + kind; 0 is no chord. */
export function chordNumber({ root, kind }: Chord): number {
  return 1 + chordKinds.length * tonics.indexOf(root) + chordKinds.indexOf(kind);
}

/** A chord's number with its root relative to a tonic 0-11. */
export function chordFrom(tonic: number, chord: number): number {
  const chords = 12 * chordKinds.length;
  return chord === 0 ? 0 : 1 + ((chord - 1 + chords - chordKinds.length * tonic) % chords);
}

/** Decodes a chord number other than 0. */
export function chordOf(chord: number): { readonly root: Tonic; readonly kind: ChordKind } {
  return {
    root: tonics[Math.floor((chord - 1) / chordKinds.length)]!,
    kind: chordKinds[(chord - 1) % chordKinds.length]!,
  };
}

export function meterNumber({ numerator, denominator }: TimeSignature): number {
  const number = meters.findIndex((name) => name === `${numerator}/${denominator}`);
  return number < 0 ? meters.length - 1 : number;
}

const numbers = z.array(z.number());
const limits = (count: number): z.ZodType<number[]> => numbers.length(count);
const literally = <T extends readonly (string | number)[]>(values: T): z.ZodType<T> =>
  z.custom<T>(
    (given) => JSON.stringify(given) === JSON.stringify(values),
    `must be ${JSON.stringify(values)}`,
  );

/** The vocabulary in `model.json`; lists that are fixed in this program must match. */
export const vocabularyJson = z.object({
  positionsPerBeat: z.literal(positionsPerQuarter),
  longestBar: z.literal(longestBar),
  barSteps: z.literal(endStep),
  classes: literally(instrumentClasses.slice(0, -1)),
  roles: literally(roles.slice(0, -1)),
  chordKinds: literally(chordKinds),
  sectionLetters: literally(sectionLetters),
  styles: literally(taughtStyles),
  genres: literally(taughtGenres),
  meters: literally(meters),
  velocitiesPerBin: z.number().int().positive(),
  tempoLimits: limits(tagSizes.tempo - 1),
  densityLimits: limits(tagSizes.density - 1),
  polyphonyLimits: limits(tagSizes.polyphony - 1),
});

/** Constants of a model. */
export interface SongVocabulary {
  /** Lengths of notes in positions, ascending. */
  readonly durations: readonly number[];
  readonly velocitiesPerBin: number;
  /** Ascending thresholds between the grades of tags. */
  readonly tempoLimits: readonly number[];
  readonly densityLimits: readonly number[];
  readonly polyphonyLimits: readonly number[];
}

/** The number of the nearest duration; of two equally near ones, the shorter. */
export function durationNumber(positions: number, durations: readonly number[]): number {
  let low = 0;
  let high = durations.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((durations[middle]! + durations[middle + 1]!) / 2 < positions) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The number of a velocity's bin.
 * @param velocity 1-127, or 0 if unknown
 */
export function velocityNumber(velocity: number, { velocitiesPerBin }: SongVocabulary): number {
  return velocity > 0 ? Math.floor((velocity - 1) / velocitiesPerBin) : unknownVelocity;
}

/** Number of ascending thresholds that a value reaches. */
export function gradeOf(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => limit <= value).length;
}

function offsets(sizes: readonly number[]): number[] {
  return sizes.map((_, i) => sum(sizes.slice(0, i)));
}
