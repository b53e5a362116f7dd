import type { Delivery } from '../bot/compose/delivery.js';
import { readChoice, readStyleWord, writtenNames } from '../i18n/written.js';
import { rawNames, type RawOptions } from '../request/options.js';
import { parseOptionText, merged } from '../request/option-text.js';
import { parseStyle } from '../request/style.js';
import { deliveryOfText } from './delivery-options.js';

/** What somebody asks for in a text. */
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
  const written = parseOptionText(text, writtenNames);
  const more = parseOptionText(written['more'] ?? '', writtenNames);
  return {
    options: merged(readOptions(written), readOptions(more)),
    delivery: deliveryOfText(written, isPrivate),
  };
}

/**
 * Options with the words of any language, in English; what a style stands for takes its place.
 * @param written values by the names of options, of which others are left out
 * @throws UserError for a style that cannot be read, or says twice what an option says
 */
export function readOptions(written: Readonly<Record<string, string>>): RawOptions {
  const own = rawNames.flatMap((name) => {
    const value = written[name];
    return value === undefined ? [] : [[name, readChoice(name, value)] as const];
  });
  return merged(Object.fromEntries(own), parseStyle(written['style'] ?? '', readStyleWord));
}
