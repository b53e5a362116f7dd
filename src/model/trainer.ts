import type { TrainableKind } from '../request/networks.js';
import type { CorpusFile, TrainingMusic } from './corpus.js';
import type { CurvePoint, Losses } from './losses.js';
import type { ModelFiles } from './model-files.js';

/**
 * Trains models of one kind: what the `trainer.ts` in its network's folder exports as `trainer`. The code that
 * trains is loaded when it is called.
 */
export interface Trainer {
  /**
   * Splits music into training music and held-out music.
   * @param seed chooses the pieces
   * @throws UserError `training.too-little-music`
   */
  readonly split: (pieces: readonly CorpusFile[], seed: number) => TrainingMusic;
  /** Number of examples that it learns from in a piece with this number of notes. */
  readonly windows: (notes: number) => number;
  /** Trains a model further, as servers do. */
  readonly fineTune: (run: FineTuning) => Promise<TrainedModel>;
  /** For operators: trains a model from random weights. */
  readonly fromScratch: {
    readonly defaults: Omit<TrainingOptions, 'seed'>;
    /** What can train it on this machine, besides `auto`. */
    readonly engines: readonly string[];
    readonly train: (run: FirstTraining) => Promise<TrainedModel>;
  };
}

/** A training of any kind of network, into its folder; resumes from the checkpoint there, if there is one. */
export interface TrainingRun {
  readonly name: string;
  readonly music: TrainingMusic;
  /** Describes the music and its origin, for the model card. */
  readonly dataDescription: string;
  /** Stores what is needed to resume. */
  readonly folder: string;
  /** Output folder for the model's files. */
  readonly modelFolder: string;
  /** Writes the model card, in Markdown. */
  readonly card: (facts: CardFacts) => string;
  /** Draws the curve as PNG. */
  readonly drawCurve: (curve: readonly CurvePoint[]) => Uint8Array;
  /** Stops the training after the current batch; the best weights are kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly onResume?: (step: number, curve: readonly CurvePoint[]) => void;
}

/** A file of the music. */
export interface DataFile {
  readonly name: string;
  /** Digest of the file's bytes. */
  readonly sha256: string;
}

export interface FineTuning extends TrainingRun {
  /** The model to start from. All that it consists of is in these two files. */
  readonly parent: { readonly id: string; readonly files: Pick<ModelFiles, 'json' | 'weights'> };
  readonly epochs: number;
  /** Peak learning rate. */
  readonly rate: number;
  /** Seed of all random choices. */
  readonly seed: number;
  /** The music's files. */
  readonly data: readonly DataFile[];
}

export interface FirstTraining extends TrainingRun {
  readonly options: TrainingOptions;
  /** `auto`, or one of the trainer's engines. */
  readonly engine: string;
  /** Called with the engine before the training starts. */
  readonly onEngine?: (name: string) => void;
}

/** Hyperparameters of a training. */
export interface TrainingOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** Peak learning rate of Adam. */
  readonly rate: number;
  /** `cosine`: from `rate` to zero over the whole training (Loshchilov & Hutter 2017). */
  readonly schedule: 'constant' | 'cosine';
  /** Number of windows over which the rate rises linearly from zero. */
  readonly warmUp: number;
  /** Maximum global norm of a gradient: lengths are heavy-tailed, and one fermata could undo many steps. */
  readonly clipNorm: number;
  /**
   * Weight of the pitch loss up to `pitchWeightUntil`, a fraction of the training; afterwards, and always in
   * validation, it is the published one.
   */
  readonly pitchWeight: number;
  readonly pitchWeightUntil: number;
  readonly augmentation: Augmentation;
  /** Number of rounds without a better validation loss after which training stops. */
  readonly patience: number;
  /** Length of a round, which ends with a validation: an epoch, or this many windows if that is less. */
  readonly roundWindows: number;
  /** Maximum number of validation windows used in each round. */
  readonly validationWindows: number;
  readonly seed: number;
  /**
   * The initial parameters are those of a trained model: they are validated first, as round 0, so that the
   * best ones are never worse.
   */
  readonly fromTrained?: true;
}

/** Augmentations that preserve the music. */
export interface Augmentation {
  /** Transposition in semitones, uniform in ±this. */
  readonly transpose: number;
  /** Tempo factor, log-uniform in [1 / (1 + this), 1 + this]. */
  readonly stretch: number;
}

export interface TrainingProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  /** Weighted loss of the last batch. */
  readonly loss: number;
  /** Set on the steps that end a round. */
  readonly point?: CurvePoint;
}

/**
 * `no-improvement`: stopped early; `stopped`: cancelled; `diverged`: the loss became NaN or infinite. The best
 * weights are kept in every case.
 */
export type TrainingEnd = 'finished' | 'no-improvement' | 'stopped' | 'diverged';

export interface TrainedModel {
  readonly ended: TrainingEnd;
  readonly step: number;
  /** Over all held-out music. */
  readonly losses: Losses;
  readonly parentLosses?: Losses;
  readonly baselines: readonly Baseline[];
  readonly trainingWindows: number;
  readonly validationWindows: number;
}

/** A predictor without context, and its losses on the same music, as far as it predicts them. */
export interface Baseline {
  readonly name: 'constant' | 'bigram';
  readonly losses: Losses;
}

/** What a model card says of a training. */
export interface CardFacts extends TrainedModel {
  readonly kind: TrainableKind;
  readonly name: string;
  readonly dataDescription: string;
  readonly trainingFiles: number;
  readonly validationFiles: number;
  /** The model that it started from, e.g. `lstm@1a2b3c4d`. */
  readonly parent?: string;
  readonly options: TrainingOptions;
  readonly engine: string;
}
