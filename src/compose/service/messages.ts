import type { CompositionRequest } from '../../request/request.js';
import type { Refusal } from '../../errors/user-error.js';
import type { ModelFolders } from '../../model/model-store.js';
import type { ComposedNotes } from '../../model/composer.js';

/** What the service tells its worker. */
export type ToWorker =
  | { readonly type: 'compose'; readonly id: number; readonly request: CompositionRequest }
  | { readonly type: 'cancel'; readonly id: number };

/** What the worker answers. Each request ends in one `done` or one `failed`, unless it is cancelled. */
export type FromWorker =
  /** While nothing else is to be told: a thread that is slow is not one that hangs. */
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
      /** Set when a person can do something about it. */
      readonly refusal?: Refusal;
    };

/** The model that was asked for, and why another one composed. */
export interface UnusableModel {
  readonly model: string;
  readonly refusal: Refusal;
}

export interface WorkerOptions {
  readonly modelFolders: ModelFolders;
  /** Name of the shared model that most requests will use: it is read at the start. */
  readonly firstModel?: string | undefined;
  /** Pieces that share the network's product. */
  readonly batchSize: number;
}
