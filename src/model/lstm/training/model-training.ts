import type { DataFile, TrainedModel, TrainingOptions, TrainingRun } from '../../trainer.js';
import type { Losses, Parameters } from '../architecture.js';
import type { TrainingEngine } from './training-engine.js';

/** A training of the LSTM, from the parameters of an engine on. */
export interface LstmTraining extends TrainingRun {
  readonly engine: TrainingEngine;
  readonly topology: unknown;
  readonly options: TrainingOptions;
  /** The model whose weights the engine starts from, for comparison. */
  readonly parent?: { readonly id: string; readonly parameters: Parameters };
  /** The music's files, if their bytes are known. */
  readonly data?: readonly DataFile[];
}

export interface TrainedLstm extends TrainedModel {
  readonly parameters: Parameters;
  readonly losses: Losses;
  readonly parentLosses?: Losses;
}
