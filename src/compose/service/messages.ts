import type { CompositionRequest } from '../../request/request.js';
import type { Refusal } from '../../errors/user-error.js';
import type { ModelFolders } from '../../model/model-store.js';
import type { ComposedNotes } from '../../model/composer.js';

/** Messages from the service to its worker. */
export type ToWorker =
  | { readonly type: 'compose'; readonly id: number; readonly request: CompositionRequest }
  | { readonly type: 'cancel'; readonly id: number };

/** Messages from the worker. Each request ends in one `done` or one `failed`, unless it is cancelled. */
export type FromWorker =
  /** Sent when there is nothing else to report, to distinguish a slow thread from one that hangs. */
  | { readonly type: 'alive' }
  | { readonly type: 'progress'; readonly notes: readonly { readonly id: number; readonly count: number }[] }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly composed: ComposedNotes;
      readonly model: string;
      readonly insteadOf?: UnusableModel;
    }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly message: string;
      /** Set when a person can act on the error. */
      readonly refusal?: Refusal;
    };

/** The requested model, and why another one composed. */
export interface UnusableModel {
  readonly model: string;
  readonly refusal: Refusal;
}

export interface WorkerOptions {
  readonly modelFolders: ModelFolders;
  /** Pieces per matrix product of the network. */
  readonly batchSize: number;
}
