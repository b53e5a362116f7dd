import type { Refusal } from '../errors/user-error.js';
import type { Piece } from '../music/piece.js';
import type { CompositionRequest } from '../request/request.js';
import type { RollWords } from '../render/picture-words.js';

/** Properties of an output that do not depend on the piece. */
interface OutputFacts {
  /** Includes the dot. */
  readonly extension: string;
  readonly contentType: string;
  /** Also shown when there are several takes. */
  readonly withTakes: boolean;
  /** Left out first when all files together are too large. */
  readonly isLarge: boolean;
}

/** The outputs of a piece, in the order in which messages show them. */
export const outputFacts = {
  midi: { extension: '.mid', contentType: 'audio/midi', withTakes: true, isLarge: false },
  audio: { extension: '.ogg', contentType: 'audio/ogg', withTakes: true, isLarge: true },
  image: { extension: '.png', contentType: 'image/png', withTakes: false, isLarge: false },
} as const satisfies Readonly<Record<string, OutputFacts>>;

export type OutputRole = keyof typeof outputFacts;
export const outputRoles = Object.keys(outputFacts) as readonly OutputRole[];

/** Something for each output. */
export function eachOutput<T>(of: (role: OutputRole) => T): Record<OutputRole, T> {
  return Object.fromEntries(outputRoles.map((role) => [role, of(role)])) as Record<OutputRole, T>;
}

/** A preview of the audio. */
export interface Preview {
  readonly seconds: number;
  /** Where in the piece it starts, if not at the beginning. */
  readonly fromSeconds?: number;
  /** Where in the piece it ends, if not at the end. */
  readonly cutAtSeconds?: number;
  /**
   * Loudness over time, 0–255, at most 256 values, for drawing. Absent if the preview was kept from an
   * earlier message.
   */
  readonly waveform?: Uint8Array;
}

/** A file that shows a piece. Its name and alt text are made where it is shown, in the reader's language. */
export interface Output extends OutputFacts {
  readonly role: OutputRole;
  readonly bytes: Uint8Array;
  readonly preview?: Preview;
}

/** A piece with the files that show it. */
export interface ShownComposition {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Length of the piece as heard, in seconds. */
  readonly durationSeconds: number;
  /** Model name with the first hex digits of its weights' SHA-256, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  /** One of each role that was asked for, in the order in which messages show them. */
  readonly outputs: readonly Output[];
}

/** @throws RangeError when the composition has no output of this role; it has all of them by default. */
export function outputOf({ outputs }: Pick<ShownComposition, 'outputs'>, role: OutputRole): Output {
  const output = outputs.find((each) => each.role === role);
  if (output === undefined) throw new RangeError(`The composition has no ${role}.`);
  return output;
}

/** The result of a {@link CompositionRequest}. */
export interface Composition extends ShownComposition {
  /** Set when the server's chosen model could not be loaded, and an earlier one composed. */
  readonly insteadOf?: {
    readonly model: string;
    readonly refusal: Refusal;
  };
  readonly timingsMs: Readonly<Record<'compose' | 'total' | OutputRole, number>>;
}

export type Progress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly position: number }
  | { readonly stage: 'composing'; readonly notes: number; readonly total: number }
  /** A piece whose length was given as a time. */
  | { readonly stage: 'composing-time'; readonly seconds: number; readonly total: number }
  | { readonly stage: 'rendering' };

export interface RenderOptions {
  readonly signal?: AbortSignal;
  /** Upper limit for each file; the preview is cut to fit. */
  readonly maxFileBytes?: number;
  /** The outputs to make; all by default. */
  readonly roles?: readonly OutputRole[];
  /** Text in the picture of the piece; English by default. */
  readonly words?: RollWords;
  /** Whose request this is; waiting requests are scheduled fairly between owners. */
  readonly owner?: string;
}

/** Files that a piece was shown with before, if they still exist, by extension with the dot. */
export type KeptFiles = Readonly<Record<string, Uint8Array>>;

export interface RestoreOptions extends RenderOptions {
  /** Files that need not be generated again. */
  readonly kept?: KeptFiles;
}

export interface ComposeOptions extends RenderOptions {
  /** Request ID in the bot's log, for the logs of other machines. */
  readonly requestId?: string;
  readonly onProgress?: (progress: Progress) => void;
}
