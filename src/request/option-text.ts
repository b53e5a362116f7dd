import type { CompositionRequest } from './request.js';
import { UserError } from '../errors/user-error.js';
import type { RawOptions } from './options.js';

/** The options that give this request again; those of a file to start from cannot say so. */
export function optionsOf(request: CompositionRequest): RawOptions {
  const {
    notes,
    temperature,
    tempo,
    pitch,
    velocity,
    key,
    quantise,
    voices,
    sampling,
    seed,
    model,
    opening,
  } = request;
  return {
    notes,
    temp: temperature,
    ...(request.continues !== true && { tempo }),
    ...(pitch !== undefined && { pitch }),
    ...(velocity !== undefined && { velocity }),
    ...(key !== undefined && { key: key.tonic, scale: key.scale }),
    quantise,
    voices,
    ...(sampling !== undefined && { sampling }),
    ...request.wishes,
    seed,
    model,
    ...(opening.name !== undefined && { opening: opening.name }),
  };
}

/** As one writes them in the command: `notes:200 temp:0.8`. */
export function formatOptions(options: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(options)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}:${/\s/.test(String(value)) ? `"${value}"` : value}`],
    )
    .join(' ');
}

/**
 * Reads options as one writes them in the command. A colon or an equals sign may stand between
 * name and value, spaces round it, and quotes round a value with spaces.
 * @param names what may be written for each option, in lower case, to its name
 * @returns the values as they were written, by name
 * @throws UserError that quotes what cannot be read, or is given twice
 */
export function parseOptionText(
  text: string,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [written, given, quoted, bare] of text.matchAll(option)) {
    if (given === undefined) throw unreadable(written);
    const name = names.get(given.toLowerCase());
    if (name === undefined) throw unknown(given, [...new Set(names.values())]);
    if (values.has(name)) {
      throw new UserError('options.twice', {
        problem: 'twice',
        option: name,
      });
    }
    values.set(name, quoted ?? bare ?? '');
  }
  return Object.fromEntries(values);
}

/** A name with its value, quoted or bare; or else a word that is neither. */
const option = /([\p{Letter}_-]+)\s*[:=：]\s*(?:["“”]([^"“”]*)["“”]|([^\s"“”]+))|\S+/gu;

function unreadable(word: string): UserError {
  return new UserError('options.text', { problem: 'unreadable', word: word.slice(0, 40) });
}

function unknown(name: string, names: readonly string[]): UserError {
  return new UserError('options.text', { problem: 'unknown', name: name.slice(0, 40), names });
}
