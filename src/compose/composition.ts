import type { Refusal } from '../errors/user-error.js';
import type { Piece } from '../music/piece.js';
import type { CompositionRequest } from '../request/request.js';
import type { RollWords } from '../render/picture-words.js';

/** Of a file that shows a piece, what does not depend on the piece. */
interface OutputFacts {
  /** With the dot. */
  readonly extension: string;
  readonly contentType: string;
  /** Also shown next to those of other takes. */
  readonly withTakes: boolean;
  /** Left out where all files together are too large. */
  readonly isLarge: boolean;
}

/** What a piece is shown with, in the order of messages: the one table of it. */
export const outputFacts = {
  midi: { extension: '.mid', contentType: 'audio/midi', withTakes: true, isLarge: false },
  audio: { extension: '.ogg', contentType: 'audio/ogg', withTakes: true, isLarge: true },
  image: { extension: '.png', contentType: 'image/png', withTakes: false, isLarge: false },
} as const satisfies Readonly<Record<string, OutputFacts>>;

export type OutputRole = keyof typeof outputFacts;
export const outputRoles = Object.keys(outputFacts) as readonly OutputRole[];

/** Of a sound. */
export interface Preview {
  readonly seconds: number;
  /** Set when it does not begin with the piece: where it does. */
  readonly fromSeconds?: number;
  /** Set when the preview ends before the piece: where that is, in the piece. */
  readonly cutAtSeconds?: number;
  /**
   * Loudness from its start to its end, 0–255, at most 256 values: for a picture of it. Absent of one that
   * was kept.
   */
  readonly waveform?: Uint8Array;
}

/** A file that shows a piece. Its name and alt text are made where it is shown, for whoever reads them. */
export interface Output extends OutputFacts {
  readonly role: OutputRole;
  readonly bytes: Uint8Array;
  readonly preview?: Preview;
}

/** A piece with the files that show it. */
export interface ShownComposition {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Length of the piece as heard. */
  readonly durationSeconds: number;
  /** Model name with the first hex digits of its weights' SHA-256, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  /** One of each role, in the order of messages. */
  readonly outputs: readonly Output[];
}

/** @throws RangeError when the composition has none of the role, which it always has. */
export function outputOf({ outputs }: Pick<ShownComposition, 'outputs'>, role: OutputRole): Output {
  const output = outputs.find((each) => each.role === role);
  if (output === undefined) throw new RangeError(`The composition has no ${role}.`);
  return output;
}

/** What is answered to a {@link CompositionRequest}. */
export interface Composition extends ShownComposition {
  /** Set when the server's own choice could not be loaded, and an earlier one composed. */
  readonly insteadOf?: {
    readonly model: string;
    readonly refusal: Refusal;
  };
  readonly timingsMs: Readonly<Record<'compose' | 'total' | OutputRole, number>>;
}

export type Progress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly position: number }
  | { readonly stage: 'composing'; readonly notes: number; readonly total: number }
  /** A piece of a certain length. */
  | { readonly stage: 'composing-time'; readonly seconds: number; readonly total: number }
  | { readonly stage: 'rendering' };

export interface RenderOptions {
  readonly signal?: AbortSignal;
  /** Upper limit for each file; the preview is cut to fit. */
  readonly maxFileBytes?: number;
  /** What is written in the picture of the piece; in English unless it is given. */
  readonly words?: RollWords;
  /** Whose request this is; all waiting is fair between owners. */
  readonly owner?: string;
}

/** Files that a piece was shown with before, as far as they are still there, by extension with the dot. */
export type KeptFiles = Readonly<Record<string, Uint8Array>>;

export interface RestoreOptions extends RenderOptions {
  /** Files that need not be generated again. */
  readonly kept?: KeptFiles;
}

export interface ComposeOptions extends RenderOptions {
  /** Under which the bot's log has it: for the logs of other machines. */
  readonly requestId?: string;
  readonly onProgress?: (progress: Progress) => void;
}
