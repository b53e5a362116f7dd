import type { ModelKind } from '../request/networks.js';
import type { NoteLengths } from '../music/midi/notes.js';
import type { Note } from '../music/note.js';
import type { ControlResult } from './adherence.js';
import type { JudgedOptions, LikelihoodTable, OnProgress, SamplingSettings } from '../model/model.js';
import type { CompositionRequest } from '../request/request.js';
import type { Library } from './material.js';
import type { WholePiece } from './whole-pieces.js';

/** A model as seen by the evaluation; every built-in model has one. */
export interface EvaluatedModel {
  /** Name and first digits of its weights' digest: `lstm@1a2b3c4d`. */
  readonly id: string;
  readonly kind: ModelKind;
  /** The note lengths that it understands; its primers have these. */
  readonly hears: NoteLengths;
  /** Number of notes that it is given before it continues by itself. */
  readonly primerNotes: number;
  /** The options under which its music is composed, as far as it supports them. */
  readonly options: JudgedOptions;
  /** Its settings and their defaults. */
  readonly settings: SamplingSettings;
  /**
   * Continues each primer by `count` sounding notes, with lengths and velocities as the product outputs them.
   * @returns only the continuation of each primer, in onset order, starting where the primer ends
   */
  readonly continueAll: (
    primers: readonly (readonly Note[])[],
    options: ContinueOptions,
  ) => Promise<readonly (readonly Note[])[]>;
  /** Composes requests with settings other than the defaults. */
  readonly composeAll: (
    requests: readonly CompositionRequest[],
    settings?: SamplingSettings,
    onProgress?: OnProgress,
  ) => Promise<readonly WholePiece[]>;
  /** Period of each composer, by full name, if the model was trained with composers. */
  readonly eraOfComposer?: Readonly<Record<string, string>>;
  /** Whether it follows its tags, if it has any; `requests` for each value, with these primers. */
  readonly followTags?: (
    primers: readonly (readonly Note[])[],
    requests: number,
  ) => Promise<readonly ControlResult[]>;
  /** How probable it finds the held-out pieces, compared with simpler predictors. */
  readonly likelihood: (library: Library, onProgress?: OnProgress) => Promise<LikelihoodTable>;
}

export interface ContinueOptions {
  /** Sounding notes. */
  readonly count: number;
  readonly seed: number;
  /** Settings other than the defaults. */
  readonly settings?: SamplingSettings;
  /** Called with the number of notes so far, over all primers. */
  readonly onProgress?: OnProgress;
}
