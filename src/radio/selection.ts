import { outputOf, type Composition, type Output } from '../compose/composition.js';
import { endSeconds, type Piece } from '../music/piece.js';
import type { CompositionRequest } from '../request/request.js';

/** A piece to play: composed for the radio, or brought by someone. */
export interface Selection {
  readonly piece: Piece;
  /** The piece's file; it holds a record if there is a request. */
  readonly midi: Uint8Array;
  /** Absent for a file that this program did not compose. */
  readonly request?: CompositionRequest | undefined;
  readonly picture?: Output | undefined;
  /** As heard. */
  readonly durationSeconds: number;
  /** ID of the person who brought it. */
  readonly askedBy?: string | undefined;
}

/** A piece composed for the radio. */
export function composedSelection(composition: Composition): Selection {
  const { piece, request, durationSeconds } = composition;
  const midi = outputOf(composition, 'midi').bytes;
  return { piece, midi, request, durationSeconds, picture: outputOf(composition, 'image') };
}

/** A piece that someone brings. */
export type Brought = Pick<Selection, 'piece' | 'midi' | 'request' | 'picture'>;

export function broughtSelection(brought: Brought, askedBy: string): Selection {
  return { ...brought, durationSeconds: endSeconds(brought.piece), askedBy };
}
