import type { CurveWords } from '../render/picture-words.js';
import type { TrainingOutcome, TrainingProgress } from './trainings.js';

export interface TrainerData {
  /** Of the job. */
  readonly folder: string;
  /** Where the model goes. */
  readonly modelFolder: string;
  /** For the curve that is kept with the model. */
  readonly words: CurveWords;
}

/** What the thread that trains is told. */
export interface ToTrainer {
  readonly type: 'stop';
}

/**
 * What the thread that trains says: that it is loaded, progress now and then, and one `done` or one
 * `failed` at the end.
 */
export type FromTrainer =
  | { readonly type: 'loaded' }
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  | ({ readonly type: 'done' } & Pick<TrainingOutcome, 'ended' | 'losses' | 'parentLosses'>)
  /** `code` of an error of the system, e.g. `ENOSPC`. */
  | { readonly type: 'failed'; readonly message: string; readonly code?: string };
