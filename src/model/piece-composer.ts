import type { GeneratedNote } from './generated.js';
import type { CompositionRequest, Opening } from '../request/request.js';

/** What a network adds to an opening. */
export interface ComposedNotes {
  /** As the network heard it: prepared for the request. */
  readonly opening: Opening;
  /** As many as were asked for. */
  readonly generated: readonly GeneratedNote[];
}

/** A piece on its way. Its notes are complete once the composer returned it as done. */
export interface PieceInProgress extends ComposedNotes {
  /** How many notes there are so far. */
  readonly progress: number;
}

/** Composes several pieces side by side, in small steps: what every kind of network is served through. */
export interface PieceComposer {
  start(request: CompositionRequest): PieceInProgress;
  /** Takes each piece a little further. @returns those that are done. @throws ModelOutputError */
  step(): readonly PieceInProgress[];
  /** Ends a piece, done or not; one that is not there is none. */
  stop(piece: PieceInProgress): void;
}

/** The network answered with something that is not a number: its weights are unusable. */
export class ModelOutputError extends Error {
  override readonly name = 'ModelOutputError';
}
