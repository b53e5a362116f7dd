import { z } from 'zod';
import type { Course } from '../../music/edit/course.js';
import type { TimeSignature } from '../../music/meter.js';
import type { Key } from '../../music/theory/key.js';
import { keySchema, meterSchema, type Fields } from '../fields.js';
import { characterFields, eras, type Character, type Era } from './wishes.js';

/** Modifiers of words. */
export const degrees = ['not', 'without', 'very', 'slightly'] as const;
export type Degree = (typeof degrees)[number];

/** The interpretation of a text. */
export interface Understanding {
  readonly character: Character;
  readonly key?: Key;
  readonly composer?: string;
  readonly era?: Era;
  readonly meter?: TimeSignature;
  /** Beats per minute. */
  readonly bpm?: number;
  readonly course?: Course;
  /** Option values that it implies. */
  readonly options?: Readonly<Record<string, number | string>>;
  /**
   * In the order of the text: concepts and composers by name, numbers as written. A modifier precedes the
   * word with a colon: `not:sad`.
   */
  readonly words: readonly string[];
  /** Words that no network was trained on. */
  readonly untaught?: readonly string[];
  /** Unknown words, as written. */
  readonly ignored: readonly string[];
}

const words = z.array(z.string());

/**
 * The format in records: stores values, so that a change of a word's meaning does not affect existing pieces.
 */
export const understandingFields = {
  character: z.strictObject(characterFields),
  key: keySchema.exactOptional(),
  composer: z.string().exactOptional(),
  era: z.enum(eras).exactOptional(),
  meter: meterSchema.exactOptional(),
  bpm: z.number().positive().exactOptional(),
  course: z
    .strictObject({
      tempo: z.enum(['faster', 'slower']).exactOptional(),
      loudness: z.enum(['louder', 'softer']).exactOptional(),
    })
    .exactOptional(),
  options: z.record(z.string(), z.union([z.number(), z.string()])).exactOptional(),
  words,
  untaught: words.exactOptional(),
  ignored: words,
} satisfies Fields<Understanding>;

/** Splits a word of an understanding into its modifier and the word. */
export function degreeIn(word: string): { readonly degree?: Degree; readonly name: string } {
  const degree = degrees.find((each) => word.startsWith(`${each}:`));
  return degree === undefined ? { name: word } : { degree, name: word.slice(degree.length + 1) };
}
