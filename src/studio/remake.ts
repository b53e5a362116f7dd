import { wholePiece, type RecordedPiece } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import { optionsOf } from './option-text.js';
import { fixedByPiece, type OptionName, type RawOptions } from './options.js';
import type { Studio } from './studio.js';

/** The same once more, under another seed: if the seed chose the opening, maybe with another. */
export function again(studio: Studio, request: CompositionRequest): CompositionRequest {
  const chosen = request.openingBySeed === true ? (['seed', 'opening'] as const) : (['seed'] as const);
  return remix(studio, request, without(optionsOf(request), chosen));
}

/** The same opening, and another seed for what follows. */
export function vary(studio: Studio, request: CompositionRequest): CompositionRequest {
  return remix(studio, request, without(optionsOf(request), ['seed']));
}

/** Goes on from the end of the piece, for as many notes as it was composed with. */
export function goOn(studio: Studio, recorded: RecordedPiece): CompositionRequest {
  const options = without(optionsOf(recorded.request), ['seed', ...fixedByPiece]);
  return studio.continuation(options, wholePiece(recorded));
}

/**
 * Other options for what began as this request did: from the same file, or the same piece. Where
 * it began with a built-in opening, the options choose.
 * @throws UserError when an option is wrong.
 */
export function remix(studio: Studio, request: CompositionRequest, options: RawOptions): CompositionRequest {
  const { opening, continues } = request;
  if (continues === true) return studio.continuation(options, opening);
  const isFile = opening.name === undefined && options.opening === undefined;
  return isFile ? studio.request(options, opening) : studio.request(options);
}

/** The options but these. */
export function without(options: RawOptions, names: readonly OptionName[]): RawOptions {
  const left: readonly string[] = names;
  return Object.fromEntries(Object.entries(options).filter(([name]) => !left.includes(name)));
}
