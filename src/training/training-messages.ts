import type { CurveWords } from '../render/picture-words.js';
import type { TrainingOutcome, TrainingProgress } from './trainings.js';

export interface TrainerData {
  /** The folder of the job. */
  readonly folder: string;
  /** The folder to write the model to. */
  readonly modelFolder: string;
  /** Text in the curve that is stored with the model. */
  readonly words: CurveWords;
}

/** Messages to the training thread. */
export interface ToTrainer {
  readonly type: 'stop';
}

/** Messages from the training thread: that it is loaded, progress, and finally one `done` or one `failed`. */
export type FromTrainer =
  | { readonly type: 'loaded' }
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  | ({ readonly type: 'done' } & Pick<TrainingOutcome, 'ended' | 'losses' | 'parentLosses'>)
  /** `code` is that of a system error, e.g. `ENOSPC`. */
  | { readonly type: 'failed'; readonly message: string; readonly code?: string };
