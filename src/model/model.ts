import type { NoteLengths } from '../music/midi/notes.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest } from '../request/request.js';
import type { ModelKind } from '../request/networks.js';
import type { Composer, NoteStream } from './composer.js';
import type { Losses } from './losses.js';
import type { ModelFiles } from './model-files.js';
import type { ModelManifest } from './model-manifest.js';
import type { Sequence } from './sequence.js';

/** Facts about a model of any kind. */
export interface ModelFacts {
  readonly kind: ModelKind;
  /** Name and the first eight hex digits of the weights' SHA-256: `lstm@1a2b3c4d`. */
  readonly id: string;
  /** Undefined for models that were not trained with this program. */
  readonly manifest: ModelManifest | undefined;
}

/** A model, read from its folder: the common interface of all networks. */
export interface Model extends ModelFacts {
  /**
   * Loads its composer.
   * @param capacity maximum number of concurrent requests
   * @param settings of its sampling, if different from its defaults
   */
  readonly composer: (capacity: number, settings?: SamplingSettings) => Promise<Composer>;
  /**
   * Loads what its evaluation needs.
   * @param options for the evaluated music, as far as it supports them
   */
  readonly evaluation: (options: JudgedOptions) => Promise<ModelEvaluation>;
}

/**
 * Reads a model's files: what the `model.ts` of each network exports as `read`.
 * @throws ModelFileError when the files do not contain this network
 */
export type ReadModel = (facts: ModelFacts, files: ModelFiles) => Model | Promise<Model>;

/** Settings of a model's sampling by name, e.g. `stepSpread`. */
export type SamplingSettings = Readonly<Record<string, number>>;

/** Options that apply to evaluated music. */
export type JudgedOptions = Pick<CompositionRequest, 'sampling'>;

export type OnProgress = (done: number) => void;

export interface ModelEvaluation {
  /** The note lengths that it understands; its primers have these. */
  readonly hears: NoteLengths;
  /** The options that it supports. */
  readonly options: JudgedOptions;
  /** Its sampling settings and their defaults. */
  readonly settings: SamplingSettings;
  /** Number of pieces per batch; more would not be faster. */
  readonly batchSize: number;
  /** Number of notes to request, so that at least this many sound. */
  readonly notesFor: (sounding: number) => number;
  /** How probable it finds the held-out pieces, compared with simpler predictors. */
  readonly likelihood: (music: HeldOutMusic, onProgress?: OnProgress) => Promise<LikelihoodTable>;
  /** The period of each composer, by full name, if it was trained on them. */
  readonly eraOfComposer?: Readonly<Record<string, string>>;
  /** The named controls of its music, if any. */
  readonly controls?: () => Controls;
}

/** Held-out music for evaluating a model. */
export interface HeldOutMusic {
  readonly training: readonly Sequence[];
  readonly heldOut: readonly Sequence[];
  /** The held-out pieces with their velocities. */
  readonly performances: (lengths: NoteLengths) => Promise<readonly (readonly Note[])[]>;
}

/** Losses over the held-out split. Models predict different things, so each has its own columns. */
export interface LikelihoodTable {
  /** Losses of windows as in training, or nats of notes. */
  readonly measure: 'losses' | 'nats';
  /** Of the parts in the weighted loss. */
  readonly weights?: Losses;
  /** Number of windows or notes. */
  readonly count: number;
  readonly columns: readonly (
    | 'weighted'
    | 'pitchLoss'
    | 'stepLoss'
    | 'durationLoss'
    | 'all'
    | 'class'
    | 'dt'
    | 'pitch'
    | 'velocity'
    | 'duration'
  )[];
  /** The model is the first row; simpler predictors follow. */
  readonly rows: readonly {
    readonly name: 'model' | 'constant' | 'bigram';
    /** Undefined if a predictor does not apply. */
    readonly values: readonly (number | undefined)[];
  }[];
}

/** A requested value of a control, e.g. the third grade of density. */
export interface Control {
  readonly name: string;
  readonly value: number;
  /** Whether its values are ordered by amount. */
  readonly isGraded: boolean;
}

export interface Controls {
  readonly all: readonly Control[];
  readonly composer: Composer;
  /** Begins a piece with this control set. */
  readonly open: (request: CompositionRequest, control: Control) => NoteStream;
  /** The value of a control that notes have, and its amount, if measurable. */
  readonly measure: (
    notes: readonly Note[],
    control: Control,
  ) => { readonly value: number | undefined; readonly amount: number | undefined };
}
