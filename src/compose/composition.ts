import type { Piece } from '../music/piece.js';
import type { CompositionRequest } from '../request/request.js';
import type { RollWords } from '../render/picture-words.js';

/** A file as it leaves the house. */
export interface MediaFile {
  /** With extension, e.g. `composition.ogg`. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What it sounds or looks like, for people who cannot hear or see it. */
  readonly description: string;
}

/** A piece with the files that show it. */
export interface ShownComposition {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Length of the piece as heard. */
  readonly durationSeconds: number;
  /** Model name with the first hex digits of its weights' SHA-256, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  readonly midi: MediaFile;
  readonly audio: MediaFile;
  /** Set when the preview holds only the first seconds of the piece. */
  readonly audioCutAtSeconds?: number;
  readonly image: MediaFile;
}

/** What the studio answers to a {@link CompositionRequest}. */
export interface Composition extends ShownComposition {
  /** Set when the server's own choice could not be loaded, and an earlier one composed. */
  readonly insteadOf?: {
    readonly model: string;
    /** A sentence. */
    readonly reason: string;
  };
  /** Length of the preview. */
  readonly audioSeconds: number;
  /** Loudness of the preview from its start to its end, 0–255, at most 256 values: for a picture of it. */
  readonly waveform: Uint8Array;
  readonly timingsMs: Readonly<Record<'compose' | 'midi' | 'audio' | 'image' | 'total', number>>;
}

export type Progress =
  | { readonly stage: 'queued'; /** 1 is next. */ readonly place: number }
  | { readonly stage: 'composing'; readonly notes: number; readonly total: number }
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

/** Files that a piece was shown with before, as far as they are still there. */
export interface KeptFiles {
  readonly audio?: Uint8Array | undefined;
  readonly image?: Uint8Array | undefined;
}

export interface RestoreOptions extends RenderOptions {
  /** What need not be made anew. */
  readonly kept?: KeptFiles;
}

export interface ComposeOptions extends RenderOptions {
  /** Under which the bot's log has it: for the logs of other machines. */
  readonly requestId?: string;
  readonly onProgress?: (progress: Progress) => void;
}
