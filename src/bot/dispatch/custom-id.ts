/**
 * The custom_id of a button, a menu or a modal, up to 100 characters: the version of this format, the name of
 * an action, its arguments. Messages from before an upgrade then still work, or are at least recognised as
 * too old.
 */
export interface CustomId {
  readonly action: string;
  readonly args: readonly string[];
}

const version = '1';
const separator = ':';
const maxLength = 100;

/** @throws RangeError when it is too long, or an argument contains the separator. */
export function formatCustomId(action: string, ...args: readonly string[]): string {
  const text = customIdIfFits(action, ...args);
  if (text === undefined) throw new RangeError(`"${[action, ...args].join()}" cannot be a custom_id`);
  return text;
}

/** Undefined when it is too long, or an argument contains the separator. */
export function customIdIfFits(action: string, ...args: readonly string[]): string | undefined {
  const text = [version, action, ...args].join(separator);
  const isWhole = text.split(separator).length === args.length + 2;
  return isWhole && text.length <= maxLength ? text : undefined;
}

/** Undefined for IDs that this version did not write. */
export function parseCustomId(text: string): CustomId | undefined {
  const [given, action, ...args] = text.split(separator);
  return given === version && action !== undefined ? { action, args } : undefined;
}
