import type { Refusal } from '../errors/user-error.js';
import type { CurvePoint, Losses } from '../model/losses.js';
import type { ModelDetails } from '../model/model-library.js';
import type { TrainingEnd } from '../model/trainer.js';
import type { CurveWords } from '../render/picture-words.js';
import type { TrainableKind } from '../request/networks.js';
import type { ShownComposition } from '../compose/composition.js';

/** A file as a user provided it. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The training music: files (MIDI, or zips of MIDI), or a number of files of the operator's folder. */
export type TrainingMusic =
  | { readonly kind: 'files'; readonly files: readonly NamedFile[] }
  | { readonly kind: 'folder'; readonly count: number };

/** A request to fine-tune a model. */
export interface TrainingRequest {
  /** The owner of the model, an opaque ID; other owners' models are not accessible. */
  readonly server: string;
  /**
   * Name of the new model: up to 64 letters, digits, dots and dashes; must differ from the names of the
   * server's models and of the shared ones.
   */
  readonly name: string;
  /** Name of the model to start from. */
  readonly parent: string;
  /** By default, and within limits, as the registry says for the kind of the parent. */
  readonly epochs?: number | undefined;
  /** Peak learning rate; as above. */
  readonly rate?: number | undefined;
  readonly music: TrainingMusic;
  /** Stored with the training and returned when it continues after a restart; opaque here. */
  readonly memo: string;
}

/** A skipped file, and why. */
export interface RefusedFile {
  readonly name: string;
  readonly refusal: Refusal;
}

export interface TrainingProgress {
  /** From 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** 0 to 1. */
  readonly done: number;
  /** Weighted; a running mean. */
  readonly loss?: number;
  readonly secondsLeft?: number;
  /** One point for each validation so far; the first, at step 0, is the parent. */
  readonly curve: readonly CurvePoint[];
}

/** How a training ended; there is a model unless it failed. */
export interface TrainingOutcome {
  readonly ended: TrainingEnd;
  readonly model: ModelDetails;
  /** On the same held-out windows. */
  readonly losses: Losses;
  readonly parentLosses: Losses;
  /**
   * Composed from the same opening and seed by the parent and by the new model. Omits a model that cannot
   * compose at that time.
   */
  readonly samples: readonly { readonly model: string; readonly composition: ShownComposition }[];
}

/** A running training. */
export interface Training {
  readonly id: string;
  readonly server: string;
  readonly name: string;
  readonly kind: TrainableKind;
  readonly memo: string;
  readonly refused: readonly RefusedFile[];
  readonly trainingWindows: number;
  readonly validationWindows: number;
  /** Whether it was resumed after an interruption. */
  readonly resumed: boolean;
  /** The latest progress; undefined before the first step. */
  readonly progress: TrainingProgress | undefined;
  /** PNG of the curve so far, or of the finished model's curve. */
  drawCurve(words: CurveWords): Promise<Uint8Array>;
  /** Replaces the memo, also on disk. */
  remember(memo: string): Promise<void>;
  /** Stops the training early; the best checkpoint is kept. */
  cancel(): void;
  /**
   * Call it once the {@link outcome} has been reported. Until then the training stays on disk, so that its
   * outcome is reported after a restart.
   */
  told(): Promise<void>;
  /**
   * @throws UserError when it failed (disk full …), with the models unchanged; `training.interrupted` when
   *   the process ends; the training then continues with {@link Trainings.resume}.
   */
  readonly outcome: Promise<TrainingOutcome>;
}

/** Fine-tuning, one training at a time, in a thread of low priority. */
export interface Trainings {
  /** The running training. */
  readonly current: Training | undefined;
  /** Number of files in the operator's folder; 0 without one. */
  readonly folderFiles: number;
  /**
   * Reads the music, refuses unusable music, and starts.
   * @throws UserError when another training is running, the name is taken, there is too little music (it says
   *   how much is needed), a zip is too large when unpacked …
   */
  begin(request: TrainingRequest, signal?: AbortSignal): Promise<Training>;
  /**
   * Resumes the training that was interrupted by the end of the process, if any; call it once, before {@link
   * begin}.
   * @throws UserError when its files are damaged; it is then deleted.
   */
  resume(): Promise<Training | undefined>;
}
