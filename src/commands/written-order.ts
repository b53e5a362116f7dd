import type { Delivery } from '../bot/delivery.js';
import { readChoice, writtenNames } from '../language/written.js';
import { optionSpecs, type RawOptions } from '../studio/options.js';
import { parseOptionText } from '../studio/option-text.js';
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
