import type { Key } from '../music/theory/key.js';
import { fromGerman, isGermanSpelling, readChords } from '../music/theory/chord-text.js';
import { parseScale, parseTonic } from '../music/theory/scale.js';
import { UserError } from '../errors/user-error.js';
import { readForm } from '../plan/form.js';
import { formatDuration, parseDuration } from './duration.js';
import {
  optionSpecs,
  rawNames,
  specOf,
  without,
  type OptionName,
  type OptionSpec,
  type RawName,
  type RawOptions,
} from './options.js';
import { plainName } from './plain-name.js';
import { plainNames, settingOf, type PlainName, type ReadText, type Settings } from './settings.js';
import { moodNames, moodSeconds } from './words/wishes.js';
import { understand } from './words/understand.js';
import type { Understanding } from './words/understanding.js';

/** Validated options, and the name of a built-in opening if one was given. */
export interface RequestOptions {
  readonly settings: Settings;
  readonly openingName?: string;
}

/** Maximum length of an opening's name or title, with some margin. */
const longestTitle = 100;

/** Pairs of alternative options: only one of the two can be set. */
const alternatives = rawNames.flatMap((name) => {
  const instead = insteadOf(name);
  return instead === undefined ? [] : [[name, instead] as const];
});

const plainOptions = plainNames.map((name) => ({
  name,
  setting: settingOf(name),
  spec: specOf(name),
  instead: insteadOf(name),
}));

function insteadOf(name: RawName): RawName | undefined {
  return rawNames.find((other) => other === specOf(name).instead);
}

/**
 * Validates option values and fills in the defaults. Free text is interpreted only here.
 * @param randomSeed used when no seed was given, an unsigned 32-bit integer.
 * @param kept options that a text cannot set
 * @throws UserError naming the option, the allowed values and the given one.
 */
export function parseOptions(
  given: RawOptions,
  randomSeed: number,
  kept: readonly OptionName[] = [],
): RequestOptions {
  for (const [option, instead] of alternatives) {
    if (given[option] === undefined || given[instead] === undefined) continue;
    throw new UserError(`options.${option}`, { problem: 'instead', option, instead });
  }
  const text =
    given.text === undefined ? undefined : readText(String(given.text), optionSpecs.text.maxLength);
  const raw = text === undefined ? given : { ...without(saidIn(text, given), kept), ...present(given) };
  const values: Record<string, unknown> = {};
  for (const { name, setting, spec, instead } of plainOptions) {
    const value = name === 'text' ? text : parsed(name, spec, raw[name]);
    if (value !== undefined) values[setting] = value;
    else if ('fallback' in spec && (instead === undefined || raw[instead] === undefined)) {
      values[setting] = spec.fallback === 'random' ? randomSeed : spec.fallback;
    }
  }
  const settings = withLengthOfMood(raw, values as unknown as Settings);
  const key = keyOption(given, text) ?? (text && keyOfText(text));
  // A title is accepted, too.
  const openingName =
    raw.opening === undefined ? undefined : String(raw.opening).trim().slice(0, longestTitle);
  return {
    settings: { ...settings, ...(key !== undefined && { key }) },
    ...(openingName !== undefined && { openingName }),
  };
}

/**
 * Each mood has a default length: the same number of notes is a minute of one and twelve seconds of another.
 */
function withLengthOfMood({ notes, length }: RawOptions, settings: Settings): Settings {
  if (notes !== undefined || length !== undefined) return settings;
  const mood = settings.mood?.at(-1) ?? moodNames.findLast((name) => settings.text?.words.includes(name));
  if (mood === undefined) return settings;
  const { notes: _, ...others } = settings;
  return { ...others, length: moodSeconds[mood] };
}

/** Option values implied by a text, except where an alternative option was set. */
function saidIn(text: ReadText, given: RawOptions): RawOptions {
  const replaced = alternatives.filter(([, instead]) => given[instead] !== undefined);
  return without(
    text.options ?? {},
    replaced.map(([name]) => name),
  );
}

function present(options: RawOptions): RawOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function parsed(
  name: PlainName,
  spec: OptionSpec,
  given: number | string | undefined,
): number | string | readonly string[] | undefined {
  if (given === undefined) return undefined;
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
    case 'title':
      return titleIn(spec.maxLength, given);
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
  const wanted = plainName(String(given));
  const choice = choices.find((each) => plainName(each) === wanted);
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

/** Checks that it can be parsed; it is parsed again where it is used, with the key of the piece. */
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

/** A person's own title, on one line; without quotes, which would end it when formatted as an option. */
function titleIn(maxLength: number, given: number | string): string | undefined {
  const title = String(given)
    .replace(/["“”]/g, '')
    .replace(/[\p{Control}\p{Format}\s]+/gu, ' ')
    .trim();
  if (title.length > maxLength) {
    throw new UserError('options.title', { problem: 'long', option: 'title', limit: maxLength });
  }
  return title === '' ? undefined : title;
}

/** Undefined if empty. Removes quotes, which would end it when formatted as an option. */
export function readText(given: string, maxLength: number): ReadText | undefined {
  const said = given.replace(/["“”]/g, '').replace(/\s+/g, ' ').trim().slice(0, maxLength);
  return said === '' ? undefined : { said, ...understand(said) };
}

/** The key that the text asks for: its scale on the tonic of its key. */
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
