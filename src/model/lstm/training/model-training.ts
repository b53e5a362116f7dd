import type { DataFile } from '../../model-manifest.js';
import type { Losses, Parameters } from '../architecture.js';
import type { Baselines } from './baselines.js';
import type { Corpus } from './corpus.js';
import type { TrainingEngine } from './training-engine.js';
import type { CurvePoint, TrainingOptions, TrainingProgress } from './training.js';

export interface ModelTraining {
  readonly name: string;
  readonly corpus: Corpus;
  /** Describes the music and its origin, for the model card. */
  readonly dataDescription: string;
  readonly engine: TrainingEngine;
  readonly topology: unknown;
  readonly options: TrainingOptions;
  /** The model whose weights the engine starts from, for comparison. */
  readonly parent?: { readonly id: string; readonly parameters: Parameters };
  /** The music's files, if their bytes are known. */
  readonly data?: readonly DataFile[];
  /** Its `checkpoints` folder stores what is needed to resume. */
  readonly folder: string;
  /** Output folder for the model's files; by default `model` in the folder. */
  readonly modelFolder?: string;
  /** Writes the model card, in Markdown. */
  readonly card: (run: ModelTraining, trained: TrainedModel) => string;
  /** Draws the curve as PNG. */
  readonly drawCurve: (curve: readonly CurvePoint[]) => Uint8Array;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly onResume?: (step: number, curve: readonly CurvePoint[]) => void;
}

export interface TrainedModel {
  readonly ended: 'finished' | 'no-improvement' | 'stopped' | 'diverged';
  readonly step: number;
  readonly parameters: Parameters;
  /** Over the whole validation set. */
  readonly losses: Losses;
  readonly parentLosses?: Losses;
  readonly baselines: Baselines;
  readonly trainingWindows: number;
  readonly validationWindows: number;
}
