import type { CurvePoint } from '../model/lstm/training/training.js';
import type { Losses } from '../model/lstm/architecture.js';
import type { Refusal } from '../errors/user-error.js';
import type { ModelDetails } from '../model/model-library.js';
import type { CurveWords } from '../render/picture-words.js';
import type { ShownComposition } from '../compose/composition.js';

/** A file as someone handed it over. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The training music: files (MIDI, or zips of MIDI), or a number of files of the operator's folder. */
export type TrainingMusic =
  | { readonly kind: 'files'; readonly files: readonly NamedFile[] }
  | { readonly kind: 'folder'; readonly count: number };

/** A fine-tuning that someone asked for. */
export interface TrainingRequest {
  /** The owner of the model: an opaque ID; other owners' models are not involved. */
  readonly server: string;
  /**
   * Of the model to be: up to 64 letters, digits, dots and dashes; a name that no model of the server's or of
   * everyone's has.
   */
  readonly name: string;
  /** Name of the model to start from. */
  readonly parent: string;
  /** 1–100. */
  readonly epochs: number;
  /** Adam's learning rate at its highest, 0.000001–0.05. */
  readonly rate: number;
  readonly music: TrainingMusic;
  /**
   * Kept with the training and given back when it continues after a restart; nothing here
   * looks into it.
   */
  readonly memo: string;
}

/** A file that is left out, and why. */
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
  /** Weighted, a running mean. */
  readonly loss?: number;
  readonly secondsLeft?: number;
  /** One point for each validation so far; the first, at step 0, is the parent. */
  readonly curve: readonly CurvePoint[];
}

/** How a training ended, with a model in all cases but `failed`. */
export interface TrainingOutcome {
  /** `stopped`: cancelled; `diverged`: the loss was no longer a number. The best checkpoint is kept in all of them. */
  readonly ended: 'finished' | 'no-improvement' | 'stopped' | 'diverged';
  readonly model: ModelDetails;
  /** On the same held-out windows. */
  readonly losses: Losses;
  readonly parentLosses: Losses;
  /**
   * The same opening and seed through the parent and through the new model. A model that cannot compose at
   * that time is missing.
   */
  readonly samples: readonly { readonly model: string; readonly composition: ShownComposition }[];
}

/** A training on its way. */
export interface Training {
  readonly id: string;
  readonly server: string;
  readonly name: string;
  readonly memo: string;
  readonly refused: readonly RefusedFile[];
  readonly trainingWindows: number;
  readonly validationWindows: number;
  /** Whether it continues after an interruption. */
  readonly resumed: boolean;
  /** The latest; undefined before the first step. */
  readonly progress: TrainingProgress | undefined;
  /** PNG of the curve so far, and of the model's once it has ended with one. */
  drawCurve(words: CurveWords): Promise<Uint8Array>;
  /** Replaces the memo, on disk too. */
  remember(memo: string): Promise<void>;
  /** Ends it early; the best so far is kept. */
  cancel(): void;
  /**
   * Call it once the {@link outcome} has been reported. Until then the training stays on disk, so that it
   * reaches the same end again after a restart.
   */
  told(): Promise<void>;
  /**
   * @throws UserError when it failed (disk full …), with the models unchanged; `training.interrupted` when
   *   the bot ended, and the training continues with {@link Trainings.resume}.
   */
  readonly outcome: Promise<TrainingOutcome>;
}

/** Fine-tuning, one at a time, each in a thread of low priority. */
export interface Trainings {
  /** The running one. */
  readonly current: Training | undefined;
  /** Files that the operator's folder holds; 0 without one. */
  readonly folderFiles: number;
  /**
   * Reads the music, refuses unusable music, and starts.
   * @throws UserError when another training is running, the name is taken, there is too little music (it says
   *   how much is needed), a zip is too large when unpacked …
   */
  begin(request: TrainingRequest, signal?: AbortSignal): Promise<Training>;
  /**
   * Continues the training that the end of the process interrupted, if there is one; to be called
   * once, before {@link begin}.
   * @throws UserError when what is left of it is damaged; it is then forgotten.
   */
  resume(): Promise<Training | undefined>;
}
