import { isDeepStrictEqual } from 'node:util';
import { endOf } from '../music/note.js';
import { givenCount, heardNotes, noteCount, type Piece } from '../music/piece.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import { extentOf, startsFromFile, type CompositionRequest } from '../request/request.js';
import { optionsOf } from '../request/option-text.js';
import { fixedByPiece, optionSpecs, without, type RawOptions } from '../request/options.js';
import { rulesVersion } from '../request/rules-version.js';
import { understand } from '../request/words/understand.js';
import { wholePiece } from '../request/whole-piece.js';
import type { ModelLibrary } from '../model/model-library.js';
import { steeredRequest } from './steered.js';
import { extendedSong, variedSong } from './song.js';
import type { RequestMaker } from './requests.js';

/** Makes a request from options; throws a UserError when one is invalid. */
export type MakeRequest = (options: RawOptions) => CompositionRequest;

/** A number of requests that differ only in their seeds; the first has the seed of the options, if any. */
export function takesOf(
  count: number,
  options: RawOptions,
  make: MakeRequest,
): readonly CompositionRequest[] {
  const first = make(options);
  const { task } = first;
  const opening = task.kind === 'start' ? task.opening.name : undefined;
  const others = Array.from({ length: count - 1 }, (_, i) =>
    make({
      ...options,
      ...(opening !== undefined && { opening }),
      seed: (first.seed + i + 1) % 2 ** 32,
    }),
  );
  return [first, ...others];
}

/**
 * Makes requests that begin as another one did: from the same file, or the same piece. If it began with a
 * built-in opening, the options choose.
 * @param server whose models can be used
 */
export function remixing(requests: RequestMaker, request: CompositionRequest, server?: string): MakeRequest {
  const { task } = request;
  if (task.kind === 'continue') {
    const { piece, stretches } = task;
    return (options) => steeredRequest(requests, options, piece, stretches, server);
  }
  if (task.kind === 'song' && task.from !== undefined) {
    const keepsPlan = (options: RawOptions): boolean =>
      isDeepStrictEqual(without(options, ['seed', 'model']), without(optionsOf(request), ['seed', 'model']));
    return (options) =>
      keepsPlan(options) ? requests.song(options, task, server) : requests.start(options, undefined, server);
  }
  return (options) => {
    const isSame = startsFromFile(task) && options.opening === undefined;
    return requests.start(options, isSame ? task.opening : undefined, server);
  };
}

/** The settings to compose the same request again, with the same opening, under another seed. */
export function againOptions(request: CompositionRequest): RawOptions {
  return without(optionsOf(request), ['seed']);
}

/** Share of the composed notes that a variation keeps. */
const keptByVariation = 1 / 4;

/**
 * Keeps the beginning of a piece as it was heard, its opening and the first quarter of the composed notes,
 * and continues differently from there, to about the same length.
 */
export function vary(requests: RequestMaker, recorded: RecordedPiece, server?: string): CompositionRequest {
  const { request, piece } = recorded;
  if (request.task.kind === 'song') {
    return requests.song(newSeed(request), variedSong(request.task, piece), server);
  }
  const given = givenCount(piece);
  const kept = Math.max(given === 0 ? 1 : 0, Math.floor(keptByVariation * (noteCount(piece) - given)));
  const whole = wholePiece(recorded);
  const beginning = { ...whole, notes: whole.notes.slice(0, beforeNew(piece, kept)) };
  const { unit, amount } = extentOf(request);
  const rest =
    unit === 'notes'
      ? { notes: Math.max(1, amount - kept) }
      : { length: Math.max(optionSpecs.length.min, Math.round(amount - endOf(beginning.notes))) };
  const options = { ...continuingOptions(request), ...rest };
  return requests.continue(options, beginning, server);
}

/** Number of notes that precede the point where a piece has more than `most` new ones. */
function beforeNew(piece: Piece, most: number): number {
  const notes = heardNotes(piece);
  let newNotes = 0;
  for (const [i, { isGiven }] of notes.entries()) {
    if (isGiven) continue;
    if (newNotes === most) return i;
    newNotes += 1;
  }
  return notes.length;
}

/** Continues from the end of a piece, by as many notes as it was composed with. */
export function goOn(requests: RequestMaker, recorded: RecordedPiece, server?: string): CompositionRequest {
  const { request, piece } = recorded;
  if (request.task.kind === 'song') {
    return requests.song(newSeed(request), extendedSong(request.task, piece), server);
  }
  return requests.continue(continuingOptions(request), wholePiece(recorded), server);
}

function newSeed(request: CompositionRequest): RawOptions {
  return without(optionsOf(request), ['seed']);
}

/** The settings for a continuation, under another seed. */
function continuingOptions(request: CompositionRequest): RawOptions {
  return without(optionsOf(request), ['seed', ...fixedByPiece]);
}

/**
 * Whether the options of a piece might give another result now: the model has other weights or was deleted,
 * the rules have changed, or a text is understood differently.
 * @param server whose models can be used
 */
export async function givesAnother(
  library: Pick<ModelLibrary, 'id'>,
  { request: { model, text }, weights, rules }: RecordedPiece,
  server?: string,
): Promise<boolean> {
  if (rules !== rulesVersion) return true;
  if (text !== undefined && !isDeepStrictEqual(text, { said: text.said, ...understand(text.said) }))
    return true;
  const now = await library.id(server, model).catch(() => undefined);
  return now !== weights;
}
