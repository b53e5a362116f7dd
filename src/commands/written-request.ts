import type { Delivery } from '../bot/compose/delivery.js';
import { commandNames, readChoice, readStyleWord, writtenNames } from '../i18n/written.js';
import { rawNames, type RawOptions } from '../request/options.js';
import { merged, parseOptionsAndWords, parseOptionText } from '../request/option-text.js';
import { understand } from '../request/words/understand.js';
import { parseStyle } from '../request/style.js';
import { deliveryOfText } from './delivery-options.js';

/** What someone asks for in a text. */
export interface WrittenRequest {
  readonly options: RawOptions;
  readonly delivery: Delivery;
}

/**
 * Reads options as one writes them in the command, e.g. `notes:200 takes:2`. So that a command can be
 * copied, `more:` may stand before options that a slash command has no room for.
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

/** {@link readWrittenRequest} of a message, whose words that are no options are the text. */
export function readMessage(text: string): WrittenRequest {
  const { values, words } = parseOptionsAndWords(text, writtenNames, commandNames);
  const said = [values['text'], words.join(' ')]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
  const { text: _, ...others } = values;
  const { options, delivery } = requestOf(others, false);
  return { options: { ...options, ...(saysSomething(said) && { text: said }) }, delivery };
}

/** It is more than words like "make some music, please". */
function saysSomething(text: string): boolean {
  const { words, untaught = [], key, ignored } = understand(text);
  return words.length + untaught.length + ignored.length > 0 || key !== undefined;
}

/**
 * Options with the words of any language, in English; what a style stands for takes its place.
 * @param written values by the names of options, of which others are ignored
 * @throws UserError for a style that cannot be read, or says twice what an option says
 */
export function readOptions(written: Readonly<Record<string, string>>): RawOptions {
  const own = rawNames.flatMap((name) => {
    const value = written[name];
    return value === undefined ? [] : [[name, readChoice(name, value)] as const];
  });
  return merged(Object.fromEntries(own), parseStyle(written['style'] ?? '', readStyleWord));
}
