import type { RecordedPiece } from '../music/record.js';
import { wholePiece } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import { optionsOf } from './option-text.js';
import type { RawOptions } from './options.js';
import { fixedByPiece } from './options.js';
import type { Studio } from './studio.js';

/** The same once more, under another seed: if the seed chose the opening, maybe with another. */
export function again(studio: Studio, request: CompositionRequest): CompositionRequest {
  const { seed: _, opening, ...options } = optionsOf(request);
  return remix(studio, request, request.openingBySeed === true ? options : { ...options, opening });
}

/** The same opening, and another seed for what follows. */
export function vary(studio: Studio, request: CompositionRequest): CompositionRequest {
  const { seed: _, ...options } = optionsOf(request);
  return remix(studio, request, options);
}

/** Goes on from the end of the piece, for as many notes as it was composed with. */
export function goOn(studio: Studio, recorded: RecordedPiece): CompositionRequest {
  const { seed: _, ...options } = optionsOf(recorded.request);
  return studio.continuation(without(options, fixedByPiece), wholePiece(recorded));
}

/**
 * Other options for what began as this request did: from the same file, from the same piece; where
 * it began with a built-in opening, the options choose.
 * @throws UserError when an option is wrong.
 */
export function remix(studio: Studio, request: CompositionRequest, options: RawOptions): CompositionRequest {
  const { opening, continues } = request;
  if (continues === true) return studio.continuation(options, opening);
  const isFile = opening.name === undefined && options.opening === undefined;
  return isFile ? studio.request(options, opening) : studio.request(options);
}

export function without(options: RawOptions, names: readonly string[]): RawOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}
