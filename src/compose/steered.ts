import { optionsOf } from '../request/option-text.js';
import type { RawOptions } from '../request/options.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import { startsFromFile, type CompositionRequest, type Opening, type Stretch } from '../request/request.js';
import { wholePiece } from '../request/whole-piece.js';
import type { Composition } from './composition.js';
import type { RequestMaker } from './requests.js';

/**
 * Keeps what of a piece for one keyboard begins before a moment, and goes on from there by other options. The request
 * records how the notes before it were composed, if this program composed them.
 * @param seconds from the start of the piece
 * @throws UserError when an option is wrong
 */
export function steer(
  requests: RequestMaker,
  { piece, request }: Pick<RecordedPiece, 'piece'> & { readonly request?: CompositionRequest | undefined },
  seconds: number,
  options: RawOptions,
  server?: string,
): CompositionRequest {
  const whole = wholePiece({ piece });
  const heard = whole.notes.filter(({ onsetSeconds }) => onsetSeconds < seconds);
  const notes = heard.length === 0 ? whole.notes.slice(0, 1) : heard;
  const stretches = request && stretchesBefore(request, notes.length);
  return steeredRequest(requests, options, { ...whole, notes }, stretches, server);
}

/** A record has to fit into one text event. */
const mostStretches = 50;

/**
 * The stretches of a piece that is steered now.
 * @returns undefined if options alone do not make it again, or there are too many
 */
function stretchesBefore(request: CompositionRequest, notes: number): readonly Stretch[] | undefined {
  const { task } = request;
  if (task.kind === 'song') return undefined;
  const earlier = task.kind === 'continue' ? task.stretches : startsFromFile(task) ? undefined : [];
  if (earlier === undefined || earlier.length >= mostStretches) return undefined;
  return [...earlier, { options: optionsOf(request), notes }];
}

/** A request for what follows some stretches. */
export function steeredRequest(
  requests: RequestMaker,
  options: RawOptions,
  piece: Opening,
  stretches: readonly Stretch[] | undefined,
  server?: string,
): CompositionRequest {
  const request = requests.continue(options, piece, server);
  if (stretches === undefined || request.task.kind !== 'continue') return request;
  return { ...request, task: { ...request.task, stretches } };
}

export interface ReplayOptions {
  readonly requests: RequestMaker;
  readonly compose: (request: CompositionRequest) => Promise<Pick<Composition, 'piece'>>;
  /** Whose models can be used. */
  readonly server?: string | undefined;
  /** Added to each seed; 0 gives the same piece. */
  readonly seedsAhead?: number;
}

/**
 * Composes all but the last stretch of a steered piece again, from their options alone.
 * @returns the request for the whole piece; undefined if the piece was not steered
 * @throws UserError when an option is no longer valid
 */
export async function replay(
  request: CompositionRequest,
  { requests, compose, server, seedsAhead = 0 }: ReplayOptions,
): Promise<CompositionRequest | undefined> {
  const stretches = request.task.kind === 'continue' ? request.task.stretches : undefined;
  if (stretches === undefined) return undefined;
  const reseeded = (options: RawOptions): RawOptions => ({
    ...options,
    seed: (Number(options.seed) + seedsAhead) % 2 ** 32,
  });
  const [first, ...later] = [...stretches.map(({ options }) => options), optionsOf(request)].map(reseeded);
  let next = requests.start(first!, undefined, server);
  for (const [i, options] of later.entries()) {
    const { piece } = await compose(next);
    const whole = wholePiece({ piece });
    const notes = whole.notes.slice(0, stretches[i]!.notes);
    const before = stretches.slice(0, i + 1).map((stretch) => ({
      ...stretch,
      options: reseeded(stretch.options),
    }));
    next = steeredRequest(requests, options, { ...whole, notes }, before, server);
  }
  return next;
}
