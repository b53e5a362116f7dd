import { isDeepStrictEqual } from 'node:util';
import { distance } from 'fastest-levenshtein';
import type { CompositionRequest } from './request.js';
import { formatDuration } from './duration.js';
import { UserError } from '../errors/user-error.js';
import { rawNames, specOf, type RawName, type RawOptions } from './options.js';
import { keyOfText } from './parse-options.js';
import { settingOf } from './settings.js';

/** The options that give this request again, without those that its text says; those of a file to start from cannot say so. */
export function optionsOf(request: CompositionRequest): RawOptions {
  const { task, text, key } = request;
  const isKeySaid = text !== undefined && isDeepStrictEqual(keyOfText(text), key);
  /** What the text says need not be said again. */
  const isSaid = (name: RawName): boolean =>
    specOf(name).part === 'key'
      ? isKeySaid
      : text?.options?.[name] !== undefined && text.options[name] === rawOption(request, name);
  const names = rawNames.filter((name) => {
    const { networks, fixedByPiece } = specOf(name);
    if (isSaid(name)) return false;
    if (task.kind === 'song') return networks === undefined || networks.includes('book');
    return task.kind !== 'continue' || fixedByPiece === undefined;
  });
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = rawOption(request, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function rawOption({ task, ...settings }: CompositionRequest, name: RawName): RawOptions[RawName] {
  switch (name) {
    case 'key':
      return settings.key?.tonic;
    case 'scale':
      return settings.key?.scale;
    case 'opening':
      return task.kind === 'start' ? task.opening.name : undefined;
    case 'length':
      return settings.length === undefined ? undefined : formatDuration(settings.length);
    case 'text':
      return settings.text?.said;
    case 'mood':
    case 'instruments':
    case 'without':
      return settings[name]?.join(',');
    default:
      return settings[settingOf(name)];
  }
}

/** As written in the command: `notes:200 temp:0.8`. */
export function formatOptions(options: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(options)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}:${/\s/.test(String(value)) ? `"${value}"` : value}`],
    )
    .join(' ');
}

/**
 * Reads options as written in the command. A colon or an equals sign may stand between name and value, spaces
 * round it, quotes round a value with spaces, and commas between options.
 * @param names what may be written for each option, in lower case, to its name
 * @returns the values as they were written, by name
 * @throws UserError that quotes what cannot be read, or is given twice
 */
export function parseOptionText(
  text: string,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const { values, words } = read(text, names, () => false);
  const [word] = words;
  if (word !== undefined) throw unreadable(word);
  return values;
}

/**
 * Reads options among other words, as {@link parseOptionText} does. Commas may stand between them.
 * What is no option is a word, whatever stands behind it: `please: notes:20`.
 * @param elsewhere options that cannot be given here, in lower case: they are no words
 * @returns the words that belong to no option as well, in their order
 * @throws UserError when an option is mistyped or set twice
 */
export function parseOptionsAndWords(
  text: string,
  names: ReadonlyMap<string, string>,
  elsewhere: ReadonlySet<string> = new Set(),
): { readonly values: Readonly<Record<string, string>>; readonly words: readonly string[] } {
  const isWord = (given: string, isAttached: boolean): boolean =>
    !elsewhere.has(given.toLowerCase()) && !(isAttached && isAlmostOneOf(given, names));
  return read(text, names, isWord);
}

/**
 * @param isWord whether what stands before a colon and is no option is a word of its own, by whether its value is
 * attached to it
 */
function read(
  text: string,
  names: ReadonlyMap<string, string>,
  isWord: (given: string, isAttached: boolean) => boolean,
): { readonly values: Readonly<Record<string, string>>; readonly words: readonly string[] } {
  const values = new Map<string, string>();
  const words: string[] = [];
  const next = new RegExp(option);
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [written, given, quoted, bare] = match;
    if (given === undefined) {
      if (!/^[,，、;；]+$/u.test(written)) words.push(written);
      continue;
    }
    const name = names.get(given.toLowerCase());
    if (name !== undefined) {
      if (values.has(name)) throw twice(name);
      values.set(name, quoted ?? bare ?? '');
      continue;
    }
    const [before = ''] = /^[^:=：]+[:=：]/u.exec(written) ?? [];
    const isAttached = /\S/.test(written.charAt(before.length));
    if (!isWord(given, isAttached)) throw unknown(given, [...new Set(names.values())]);
    words.push(given);
    // What follows may be an option.
    next.lastIndex = match.index + before.length;
  }
  return { values: Object.fromEntries(values), words };
}

/** Letters from which on a name may be mistyped. */
const fewestLetters = 3;

/** It is a mistyped option, at most one letter in four being another. */
function isAlmostOneOf(given: string, names: ReadonlyMap<string, string>): boolean {
  const written = given.toLowerCase();
  return [...names.keys()].some(
    (name) =>
      Math.min(name.length, written.length) >= fewestLetters &&
      distance(name, written) <= Math.max(1, Math.floor(name.length / 4)),
  );
}

/**
 * Options that were given in several places.
 * @throws UserError when one is among them twice
 */
export function merged(...parts: readonly RawOptions[]): RawOptions {
  const all = new Map<string, number | string>();
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      if (value === undefined) continue;
      if (all.has(name)) throw twice(name);
      all.set(name, value);
    }
  }
  return Object.fromEntries(all);
}

/** The refusal of an option that is given twice. */
export function twice(option: string): UserError {
  return new UserError('options.twice', {
    problem: 'twice',
    option,
  });
}

/**
 * A name with its value, quoted or bare; or else a word that is neither. A comma behind a value does not
 * belong to it, nor what follows it when that is an option again.
 */
const option =
  /([\p{Letter}_-]+)\s*[:=：]\s*(?:["“”]([^"“”]*)["“”]|([^\s"“”]+?)(?=[,，、;；]*(?:["“”\s]|$|(?<=[,，、;；])[\p{Letter}_-]+\s*[:=：])))|[,，、;；]+|\S+/gu;

function unreadable(word: string): UserError {
  return new UserError('options.text', { problem: 'unreadable', word: word.slice(0, 40) });
}

function unknown(name: string, names: readonly string[]): UserError {
  return new UserError('options.text', { problem: 'unknown', name: name.slice(0, 40), names });
}
