import { z } from 'zod';
import type { Key } from '../music/theory/key.js';
import { fromGerman, isGermanSpelling, readChords } from '../music/theory/chord-text.js';
import { parseScale, parseTonic } from '../music/theory/scale.js';
import { UserError } from '../errors/user-error.js';
import { readForm } from '../plan/form.js';
import { keySchema, type Fields } from './fields.js';
import { formatDuration, parseDuration } from './duration.js';
import {
  optionSpecs,
  rawNames,
  specOf,
  without,
  type OptionName,
  type OptionSpecs,
  type RawOptions,
} from './options.js';
import { moodNames, moodSeconds } from './words/wishes.js';
import { understand, understandingFields, type Understanding } from './words/understand.js';

/** Words of a person's own, and what was understood of them when they were given. */
export interface ReadText extends Understanding {
  readonly said: string;
}

/** Options that are settings of their own. */
type PlainName = {
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

/** Always there: what has a default, and no other option instead. */
type WithFallback = {
  [Name in PlainName]: OptionSpecs[Name] extends { readonly instead: string }
    ? never
    : OptionSpecs[Name] extends { readonly fallback: unknown }
      ? Name
      : never;
}[PlainName];

/**
 * The options of a request, checked: under their names, or under `setting` of the table. Those
 * without a default are free when they are absent.
 */
export type Settings = {
  readonly [Name in WithFallback as SettingName<Name>]: ValueOf<OptionSpecs[Name]>;
} & {
  readonly [Name in Exclude<PlainName, WithFallback> as SettingName<Name>]?: ValueOf<OptionSpecs[Name]>;
} & {
  /** Every pitch belongs to this scale: of the options `key` and `scale`, or of the text. */
  readonly key?: Key;
};

/** What was asked of the character of the music. */
export type Wishes = Pick<Settings, 'mood' | 'density' | 'polyphony' | 'composer' | 'era' | 'text'>;

/** Checked options, and the name of a built-in opening if one was given. */
export interface RequestOptions {
  readonly settings: Settings;
  readonly openingName?: string;
}

const plainNames = rawNames.filter((name): name is PlainName => specOf(name).part === undefined);

/** Under which name the request has an option. */
export function settingOf<Name extends PlainName>(name: Name): SettingName<Name> {
  return (specOf(name).setting ?? name) as SettingName<Name>;
}

/**
 * A zod schema for each setting, for `z.strictObject`: what the table has, and nothing else. So are
 * requests read that were written down or sent.
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
        return z.array(z.enum(spec.choices));
      case 'notation':
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

/**
 * Checks option values and fills in the defaults. Free text is understood here and nowhere else.
 * @param randomSeed used when no seed was given, an unsigned 32-bit integer.
 * @param kept options whose values a text cannot give
 * @throws UserError naming the option, what it may be and what was given.
 */
export function parseOptions(
  given: RawOptions,
  randomSeed: number,
  kept: readonly OptionName[] = [],
): RequestOptions {
  checkOneOfEach(given);
  const text =
    given.text === undefined ? undefined : readText(String(given.text), optionSpecs.text.maxLength);
  const raw = text === undefined ? given : { ...without(saidIn(text, given), kept), ...present(given) };
  const isGivenInstead = (name: PlainName): boolean =>
    plainNames.some((other) => other === specOf(name).instead && raw[other] !== undefined);
  const values = plainNames.flatMap((name) => {
    const own = name === 'text' ? text : parsed(name, raw[name]);
    const value = own ?? (isGivenInstead(name) ? undefined : fallbackOf(name, randomSeed));
    return value === undefined ? [] : [[settingOf(name), value] as const];
  });
  const settings = withLengthOfMood(raw, Object.fromEntries(values) as unknown as Settings);
  const key = keyOption(given, text) ?? (text && keyOfText(text));
  const openingName = raw.opening === undefined ? undefined : nameIn('opening', raw.opening);
  return {
    settings: { ...settings, ...(key !== undefined && { key }) },
    ...(openingName !== undefined && { openingName }),
  };
}

/** A mood has a length of its own: so many notes are a minute of one and twelve seconds of another. */
function withLengthOfMood({ notes, length }: RawOptions, settings: Settings): Settings {
  if (notes !== undefined || length !== undefined) return settings;
  const mood = settings.mood ?? moodNames.findLast((name) => settings.text?.words.includes(name));
  if (mood === undefined) return settings;
  const { notes: _, ...others } = settings;
  return { ...others, length: moodSeconds[mood] };
}

/** The values that a text gives to options, but where another option was given in their stead. */
function saidIn(text: ReadText, given: RawOptions): RawOptions {
  return without(
    text.options ?? {},
    rawNames.filter((name) =>
      rawNames.some((other) => other === specOf(name).instead && given[other] !== undefined),
    ),
  );
}

function present(options: RawOptions): RawOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** @throws UserError when two options are given that say the same in different ways */
function checkOneOfEach(raw: RawOptions): void {
  for (const name of rawNames) {
    const { instead } = specOf(name);
    if (instead === undefined || raw[name] === undefined) continue;
    if (rawNames.some((other) => other === instead && raw[other] !== undefined)) {
      throw new UserError(`options.${name}`, { problem: 'instead', option: name, instead });
    }
  }
}

function fallbackOf(name: PlainName, randomSeed: number): number | string | undefined {
  const spec = specOf(name);
  const fallback = 'fallback' in spec ? spec.fallback : undefined;
  return fallback === 'random' ? randomSeed : fallback;
}

function parsed(
  name: PlainName,
  given: number | string | undefined,
): number | string | readonly string[] | undefined {
  if (given === undefined) return undefined;
  const spec = specOf(name);
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return numberIn(name, spec, given);
    case 'choice':
      return choiceIn(name, spec.choices, given);
    case 'duration':
      return durationIn(name, spec, given);
    case 'several':
      return severalIn(name, spec.choices, given);
    case 'notation':
      return notationIn(spec.notation, spec.maxLength, given);
    case 'name':
      return nameIn(name, given);
    case 'text':
    case 'words':
      throw new Error(`${name} stands for other options.`);
  }
}

interface Range {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
}

function numberIn(name: OptionName, { kind, min, max }: Range, given: number | string): number {
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  const whole = kind === 'integer';
  if (typeof value !== 'number' || !(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new UserError(`options.${name}`, {
      problem: 'range',
      option: name,
      whole,
      min,
      max,
      given: short(given),
    });
  }
  return value;
}

function durationIn(
  name: OptionName,
  { min, max }: { readonly min: number; readonly max: number },
  given: number | string,
): number {
  const seconds = parseDuration(String(given));
  if (seconds === undefined || seconds < min || seconds > max) {
    throw new UserError(`options.${name}`, {
      problem: 'duration',
      option: name,
      min: formatDuration(min),
      max: formatDuration(max),
      given: short(given),
    });
  }
  return seconds;
}

function choiceIn(name: OptionName, choices: readonly string[], given: number | string): string {
  const choice = choices.find((c) => c.toLowerCase() === String(given).trim().toLowerCase());
  if (choice === undefined) {
    throw new UserError(`options.${name}`, { problem: 'choice', option: name, choices, given: short(given) });
  }
  return choice;
}

function severalIn(name: OptionName, choices: readonly string[], given: number | string): readonly string[] {
  const words = String(given)
    .split(/[,，、]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) return [choiceIn(name, choices, '')];
  return [...new Set(words.map((word) => choiceIn(name, choices, word)))];
}

/** Checks that it can be read; it is read again where it is used, with the key of the piece. */
function notationIn(
  notation: 'chords' | 'form',
  maxLength: number,
  given: number | string,
): string | undefined {
  const text = String(given).replace(/["“”]/g, '').trim();
  if (text === '') return undefined;
  if (text.length > maxLength)
    throw new UserError(`options.${notation}`, { problem: 'long', option: notation, limit: maxLength });
  if (notation === 'form') {
    readForm(text);
    return text;
  }
  const international = isGermanSpelling(text) ? fromGerman(text) : text;
  readChords(international);
  return international;
}

function nameIn(name: OptionName, given: number | string): string {
  const text = String(given);
  if (!/^[\w][\w.-]{0,63}$/.test(text)) {
    throw new UserError(`options.${name}`, { problem: 'name', option: name, given: short(text) });
  }
  return text;
}

/** Undefined when nothing is said. Quotes go: they would end it where it is written as an option. */
export function readText(given: string, maxLength: number): ReadText | undefined {
  const said = given.replace(/["“”]/g, '').replace(/\s+/g, ' ').trim().slice(0, maxLength);
  return said === '' ? undefined : { said, ...understand(said) };
}

/** The key that a text alone asks for: a scale is on the tonic of a key that it names. */
export function keyOfText({ key, options }: Understanding): Key | undefined {
  const scale = options?.['scale'];
  return scale === undefined ? key : { tonic: key?.tonic ?? 'C', scale: parseScale(String(scale)) };
}

function keyOption({ key, scale }: RawOptions, text: ReadText | undefined): Key | undefined {
  if (key === undefined && scale === undefined) return undefined;
  return {
    tonic: key === undefined ? (text?.key?.tonic ?? 'C') : parseTonic(String(key)),
    scale: scale === undefined ? 'major' : parseScale(String(scale)),
  };
}

function short<T extends number | string>(given: T): T | string {
  return typeof given === 'number' ? given : given.slice(0, 40);
}
