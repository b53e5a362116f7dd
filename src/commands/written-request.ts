import type { Delivery } from '../bot/compose/delivery.js';
import { commandNames, readChoice, readStyleWord, writtenNames } from '../i18n/written.js';
import { rawNames, type RawOptions } from '../request/options.js';
import { merged, parseOptionsAndWords, parseOptionText } from '../request/option-text.js';
import { understand } from '../request/words/understand.js';
import { parseStyle } from '../request/style.js';
import { deliveryOfText } from './delivery-options.js';

/** A request read from a text. */
export interface WrittenRequest {
  readonly options: RawOptions;
  readonly delivery: Delivery;
}

/**
 * Reads options as written in the slash command, e.g. `notes:200 takes:2`. So that a command can be copied,
 * options may be preceded by `more:`, the slash option that takes options as text.
 * @throws UserError that says what cannot be read.
 */
export function readWrittenRequest(text: string, isPrivate: boolean): WrittenRequest {
  return requestOf(parseOptionText(text, writtenNames), isPrivate);
}

function requestOf(written: Readonly<Record<string, string>>, isPrivate: boolean): WrittenRequest {
  const more = parseOptionText(written['more'] ?? '', writtenNames);
  return {
    options: merged(readOptions(written), readOptions(more)),
    delivery: deliveryOfText(written, isPrivate),
  };
}

/** {@link readWrittenRequest} for a message, whose other words are the option `text`. */
export function readMessage(text: string): WrittenRequest {
  const { values, words } = parseOptionsAndWords(text, writtenNames, commandNames);
  const said = [values['text'], words.join(' ')]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
  const { text: _, ...others } = values;
  const { options, delivery } = requestOf(others, false);
  return { options: { ...options, ...(saysSomething(said) && { text: said }) }, delivery };
}

/** Whether it is more than words like "make some music, please". */
function saysSomething(text: string): boolean {
  const { words, untaught = [], key, ignored } = understand(text);
  return words.length + untaught.length + ignored.length > 0 || key !== undefined;
}

/**
 * Translates option values from any language to English, and replaces a style by its options.
 * @param written values by option names; other names are ignored
 * @throws UserError for a style that cannot be read, or that repeats another option
 */
export function readOptions(written: Readonly<Record<string, string>>): RawOptions {
  const own = rawNames.flatMap((name) => {
    const value = written[name];
    return value === undefined ? [] : [[name, readChoice(name, value)] as const];
  });
  return merged(Object.fromEntries(own), parseStyle(written['style'] ?? '', readStyleWord));
}
