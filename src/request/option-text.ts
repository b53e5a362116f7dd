import { isDeepStrictEqual } from 'node:util';
import { distance } from 'fastest-levenshtein';
import type { CompositionRequest } from './request.js';
import { formatDuration } from './duration.js';
import { UserError } from '../errors/user-error.js';
import { rawNames, specOf, type RawName, type RawOptions } from './options.js';
import { composesSongs } from './networks.js';
import { keyOfText } from './parse-options.js';
import { settingOf } from './settings.js';

/**
 * The options that make this request again, omitting those that its text implies; a file to start from has no
 * option.
 */
export function optionsOf(request: CompositionRequest): RawOptions {
  const { task, text, key } = request;
  const isKeySaid = text !== undefined && isDeepStrictEqual(keyOfText(text), key);
  /** Whether the text implies the option. */
  const isSaid = (name: RawName): boolean =>
    specOf(name).part === 'key'
      ? isKeySaid
      : text?.options?.[name] !== undefined && text.options[name] === rawOption(request, name);
  const names = rawNames.filter((name) => {
    const { networks, fixedByPiece } = specOf(name);
    if (isSaid(name)) return false;
    if (task.kind === 'song') return networks === undefined || networks.some(composesSongs);
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
    case 'text':
      return settings.text?.said;
    default: {
      const value = settings[settingOf(name)];
      if (typeof value === 'object') return value.join(',');
      const isDuration = specOf(name).kind === 'duration' && typeof value === 'number';
      return isDuration ? formatDuration(value) : value;
    }
  }
}

/** Formats options as written in the command: `notes:200 temp:0.8`. */
export function formatOptions(options: Readonly<Record<string, string | number | undefined>>): string {
  const written: string[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) written.push(`${name}:${/\s/.test(String(value)) ? `"${value}"` : value}`);
  }
  return written.join(' ');
}

/**
 * Parses options as written in the command. Accepts a colon or an equals sign between name and value, spaces
 * around it, quotes around a value with spaces, and commas between options.
 * @param names maps every accepted spelling of an option, in lower case, to its name
 * @returns the values as written, by name
 * @throws UserError that quotes what cannot be read, or is set twice
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
 * Parses options among other words, like {@link parseOptionText}. Commas can separate them. Anything that is
 * not an option is a word, whatever follows it: `please: notes:20`.
 * @param elsewhere options that cannot be set here, in lower case: they do not count as words
 * @returns also the words that belong to no option, in order
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

/** @param isWord whether an unknown name before a colon is a word, given whether a value is attached to it */
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
    // The rest may be an option.
    next.lastIndex = match.index + before.length;
  }
  return { values: Object.fromEntries(values), words };
}

/** Minimum number of letters of a name for which typos are detected. */
const fewestLetters = 3;

/** Whether it is a mistyped option: at most one letter in four differs. */
function isAlmostOneOf(given: string, names: ReadonlyMap<string, string>): boolean {
  const written = given.toLowerCase();
  return [...names.keys()].some(
    (name) =>
      Math.min(name.length, written.length) >= fewestLetters &&
      distance(name, written) <= Math.max(1, Math.floor(name.length / 4)),
  );
}

/**
 * Merges options from several places.
 * @throws UserError when one is set twice
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

/** The error for an option that is set twice. */
export function twice(option: string): UserError {
  return new UserError('options.twice', {
    problem: 'twice',
    option,
  });
}

/**
 * A name with its value, quoted or bare; otherwise a word that is neither. A comma after a value does not
 * belong to it, nor does an option that follows it.
 */
const option =
  /([\p{Letter}_-]+)\s*[:=：]\s*(?:["“”]([^"“”]*)["“”]|([^\s"“”]+?)(?=[,，、;；]*(?:["“”\s]|$|(?<=[,，、;；])[\p{Letter}_-]+\s*[:=：])))|[,，、;；]+|\S+/gu;

function unreadable(word: string): UserError {
  return new UserError('options.text', { problem: 'unreadable', word: word.slice(0, 40) });
}

function unknown(name: string, names: readonly string[]): UserError {
  return new UserError('options.text', { problem: 'unknown', name: name.slice(0, 40), names });
}
