import { z } from 'zod';
import type { TimeSignature } from '../music/meter.js';
import { scaleNames, tonics, type Key } from '../music/theory/key.js';

/**
 * A schema for every field of a type, including the optional ones: a missing field does not compile. With
 * `z.strictObject` unknown fields are rejected, so that no field is lost.
 */
export type Fields<T> = { readonly [Name in keyof T]-?: z.ZodType<NonNullable<T[Name]>> };

const keyFields = { tonic: z.enum(tonics), scale: z.enum([...scaleNames, 'minor']) } satisfies Fields<Key>;
export const keySchema = z.strictObject(keyFields);

const meterFields = {
  numerator: z.int().min(1),
  denominator: z.int().min(1),
} satisfies Fields<TimeSignature>;
export const meterSchema = z.strictObject(meterFields);
