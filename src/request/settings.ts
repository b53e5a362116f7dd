import { z } from 'zod';
import type { Key } from '../music/theory/key.js';
import { keySchema, type Fields } from './fields.js';
import { rawNames, specOf, type OptionName, type OptionSpecs } from './options.js';
import { understandingFields, type Understanding } from './words/understanding.js';

/** A person's text, and what was understood of it. */
export interface ReadText extends Understanding {
  readonly said: string;
}

/** Options that are settings themselves. */
export type PlainName = {
  [Name in OptionName]: OptionSpecs[Name] extends { readonly part: string } ? never : Name;
}[OptionName];

type SettingName<Name extends PlainName> = Name extends PlainName
  ? OptionSpecs[Name] extends { readonly setting: infer Other extends string }
    ? Other
    : Name
  : never;

type ValueOf<Spec> = Spec extends { readonly kind: 'integer' | 'number' }
  ? number
  : Spec extends { readonly kind: 'duration' }
    ? number
    : Spec extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : Spec extends { readonly kind: 'several'; readonly choices: readonly (infer Choice)[] }
        ? readonly Choice[]
        : Spec extends { readonly kind: 'text' }
          ? ReadText
          : string;

/** Settings with a default and no alternative are always present. */
type WithFallback = {
  [Name in PlainName]: OptionSpecs[Name] extends { readonly instead: string }
    ? never
    : OptionSpecs[Name] extends { readonly fallback: unknown }
      ? Name
      : never;
}[PlainName];

/**
 * The validated options of a request, under their names, or under `setting` in the table. Those without a
 * default are free when absent.
 */
export type Settings = {
  readonly [Name in WithFallback as SettingName<Name>]: ValueOf<OptionSpecs[Name]>;
} & {
  readonly [Name in Exclude<PlainName, WithFallback> as SettingName<Name>]?: ValueOf<OptionSpecs[Name]>;
} & {
  /** All pitches belong to this scale; set by the options `key` and `scale`, or by the text. */
  readonly key?: Key;
};

/** The requested character of the music. */
export type Wishes = Pick<Settings, 'mood' | 'density' | 'polyphony' | 'composer' | 'era' | 'text'>;

export const plainNames = rawNames.filter((name): name is PlainName => specOf(name).part === undefined);

/** The name of an option in the request. */
export function settingOf<Name extends PlainName>(name: Name): SettingName<Name> {
  return (specOf(name).setting ?? name) as SettingName<Name>;
}

/**
 * A zod schema for each setting, for `z.strictObject`: exactly those in the table. Used to read stored and
 * received requests.
 */
export const settingFields = {
  ...Object.fromEntries(plainNames.map((name) => [settingOf(name), schemaOf(name)])),
  key: keySchema.exactOptional(),
} as unknown as Fields<Settings>;

function schemaOf(name: PlainName): z.ZodType {
  const spec = specOf(name);
  const value = ((): z.ZodType => {
    switch (spec.kind) {
      case 'integer':
        return z.int().min(spec.min).max(spec.max);
      case 'number':
        return z.number().min(spec.min).max(spec.max);
      case 'choice':
        return z.enum(spec.choices);
      case 'duration':
        return z.int().min(spec.min).max(spec.max);
      case 'several':
        // Earlier versions recorded a single mood.
        return z.union([z.array(z.enum(spec.choices)), z.enum(spec.choices).transform((one) => [one])]);
      case 'notation':
      case 'title':
        return z.string().max(spec.maxLength);
      case 'name':
        return z.string();
      case 'words':
        throw new Error(`${name} stands for other options.`);
      case 'text': {
        const fields: Fields<ReadText> = { said: z.string(), ...understandingFields };
        return z.strictObject(fields);
      }
    }
  })();
  return 'fallback' in spec && spec.instead === undefined ? value : z.exactOptional(value);
}
