import { z } from 'zod';
import type { Course } from '../../music/edit/course.js';
import type { TimeSignature } from '../../music/meter.js';
import type { Key } from '../../music/theory/key.js';
import { keySchema, meterSchema, type Fields } from '../fields.js';
import { characterFields, eras, type Character, type Era } from './wishes.js';

/** How a word is meant. */
export const degrees = ['not', 'without', 'very', 'slightly'] as const;
export type Degree = (typeof degrees)[number];

/** What was read out of a text. */
export interface Understanding {
  readonly character: Character;
  readonly key?: Key;
  readonly composer?: string;
  readonly era?: Era;
  readonly meter?: TimeSignature;
  /** Beats a minute. */
  readonly bpm?: number;
  readonly course?: Course;
  /** Values that it gives to options. */
  readonly options?: Readonly<Record<string, number | string>>;
  /**
   * In the order of the text: concepts and composers by their names, figures as they are said. With how it
   * is meant and a colon before it: `not:sad`.
   */
  readonly words: readonly string[];
  /** Of the words, those that no network was taught. */
  readonly untaught?: readonly string[];
  /** Words that are neither understood nor empty, as they were written. */
  readonly ignored: readonly string[];
}

const words = z.array(z.string());

/** As a record keeps it: by its values, so that a word that gets another meaning changes no old piece. */
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

/** How a word of an understanding is meant, and the word alone. */
export function degreeIn(word: string): { readonly degree?: Degree; readonly name: string } {
  const degree = degrees.find((each) => word.startsWith(`${each}:`));
  return degree === undefined ? { name: word } : { degree, name: word.slice(degree.length + 1) };
}
