import type { Delivery } from '../bot/compose/delivery.js';
import { readChoice, writtenNames } from '../i18n/written.js';
import { optionSpecs, type RawOptions } from '../request/options.js';
import { parseOptionText } from '../request/option-text.js';
import { deliveryOfText } from './delivery-options.js';

const optionNames = Object.keys(optionSpecs);

/** What somebody asks for in a text. */
export interface WrittenOrder {
  readonly options: RawOptions;
  readonly delivery: Delivery;
}

/**
 * Reads options as one writes them in the command, e.g. `notes:200 takes:2`.
 * @throws UserError that says what cannot be read.
 */
export function readWrittenOrder(text: string, isPrivate: boolean): WrittenOrder {
  const written = parseOptionText(text, writtenNames);
  const options = Object.entries(written).flatMap(([name, value]) =>
    optionNames.includes(name) ? [[name, readChoice(name, value)] as const] : [],
  );
  return { options: Object.fromEntries(options), delivery: deliveryOfText(written, isPrivate) };
}
