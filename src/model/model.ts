import type { NoteLengths } from '../music/midi/notes.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest } from '../request/request.js';
import type { ModelKind } from '../request/options.js';
import type { Composer, NoteStream } from './composer.js';
import type { Sequence } from './lstm/training/windows.js';
import type { ModelManifest } from './model-manifest.js';

/** What is known of a model, whatever its kind. */
export interface ModelFacts {
  readonly kind: ModelKind;
  /** Name and the first eight hex digits of the weights' SHA-256: `lstm@1a2b3c4d`. */
  readonly id: string;
  /** Undefined of models that were not trained here. */
  readonly manifest: ModelManifest | undefined;
}

/** A model, read from its folder: what every kind of network can be asked for. */
export interface Model extends ModelFacts {
  /**
   * Its composer, loaded on demand.
   * @param capacity how many requests side by side
   * @param settings of its sampling, if different from its defaults
   */
  readonly composer: (capacity: number, settings?: SamplingSettings) => Promise<Composer>;
  /**
   * What its music is judged by.
   * @param options for the music that is judged, as far as it follows them
   */
  readonly evaluation: (options: JudgedOptions) => Promise<ModelEvaluation>;
}

/** A setting of a model's sampling by name, e.g. `stepSpread`. */
export type SamplingSettings = Readonly<Record<string, number>>;

/** Options that music is judged under. */
export type JudgedOptions = Pick<CompositionRequest, 'sampling'>;

export type OnProgress = (done: number) => void;

export interface ModelEvaluation {
  /** What lengths it knows: it is given primers with these. */
  readonly hears: NoteLengths;
  /** Those of the options that it follows. */
  readonly options: JudgedOptions;
  /** The settings of its sampling and their defaults. */
  readonly settings: SamplingSettings;
  /** Pieces side by side; more would not be faster. */
  readonly batchSize: number;
  /** Notes to request, so that at least this many sound. */
  readonly notesFor: (sounding: number) => number;
  /** How probable it finds the held-out pieces, compared with simpler predictors. */
  readonly likelihood: (music: HeldOutMusic, onProgress?: OnProgress) => Promise<LikelihoodTable>;
  /** The era of each composer, by full name, if it was trained on them. */
  readonly eraOfComposer?: Readonly<Record<string, string>>;
  /** What of its music is controlled by name and value, if anything is. */
  readonly controls?: () => Controls;
}

/** Music that a model is judged by. */
export interface HeldOutMusic {
  readonly training: readonly Sequence[];
  readonly heldOut: readonly Sequence[];
  /** The held-out pieces with their velocities. */
  readonly performances: (lengths: NoteLengths) => Promise<readonly (readonly Note[])[]>;
}

/** Losses over the held-out split. Models differ in what they predict, so they name their columns. */
export interface LikelihoodTable {
  /** Of what, over what: for people to read. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The model first. */
  readonly rows: readonly {
    readonly name: string;
    /** Undefined where a predictor has no answer. */
    readonly values: readonly (number | undefined)[];
  }[];
}

/** A value that music can be asked to have, e.g. the third grade of density. */
export interface Control {
  readonly name: string;
  readonly value: number;
  /** Whether its values go from little to much. */
  readonly isGraded: boolean;
}

export interface Controls {
  readonly all: readonly Control[];
  readonly composer: Composer;
  /** Begins a piece of that composer's that is asked to have it. */
  readonly open: (request: CompositionRequest, control: Control) => NoteStream;
  /** The value that notes have of a control, and how much of it, where that can be told. */
  readonly measure: (
    notes: readonly Note[],
    control: Control,
  ) => { readonly value: number | undefined; readonly amount: number | undefined };
}
