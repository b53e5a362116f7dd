import type { ModelKind } from '../request/options.js';
import { ModelFileError, type ModelFiles } from './model-files.js';
import type { Model, ModelFacts } from './model.js';

/** A kind of network, without loading its code. */
interface NetworkKind {
  /** The format named in `model.json`. */
  readonly format: string;
  /** The supported versions of the format; a `model.json` without a version has version 1. */
  readonly versions: readonly number[];
  /** Set if it has no weights, so that there is no file of them. */
  readonly isWeightless?: true;
  /** Whether servers can train models of this kind. */
  readonly isTrainable: boolean;
  /** Whether it was trained on performances, so that scores are performed for it. */
  readonly hearsPerformances: boolean;
  /** Loads the code that reads such a model, but not that of other kinds. */
  readonly load: () => Promise<ReadModel>;
}

/** @throws ModelFileError when the files do not contain such a model */
export type ReadModel = (facts: ModelFacts, files: ModelFiles) => Model | Promise<Model>;

/** Every kind of network: each has a folder here, and an entry in this table. */
export const networks: Readonly<Record<ModelKind, NetworkKind>> = {
  lstm: {
    format: 'layers-model',
    versions: [1],
    isTrainable: true,
    hearsPerformances: false,
    load: async () => (await import('./lstm/model.js')).readLstm,
  },
  transformer: {
    format: 'note-transformer',
    versions: [1, 2],
    isTrainable: false,
    hearsPerformances: true,
    load: async () => (await import('./transformer/model.js')).readTransformer,
  },
  song: {
    format: 'song-transformer',
    versions: [1],
    isTrainable: false,
    hearsPerformances: false,
    load: async () => (await import('./song/model.js')).readSong,
  },
  book: {
    format: 'pattern-book',
    versions: [1],
    isWeightless: true,
    isTrainable: false,
    hearsPerformances: false,
    load: async () => (await import('./book/model.js')).readBook,
  },
};

/** The kinds of network, in the order in which they are offered. */
export const modelKinds = Object.keys(networks) as readonly ModelKind[];

/** The kinds that servers can train. */
export const trainableKinds = modelKinds.filter((kind) => networks[kind].isTrainable);

/** @param kind undefined for a model whose files do not say */
export function isTrainable(kind: ModelKind | undefined): boolean {
  return kind !== undefined && networks[kind].isTrainable;
}

/**
 * The kind of network in a `model.json`.
 * @throws ModelFileError when it names no format, or an unsupported one
 */
export function kindOf(json: string): ModelKind {
  const { format, version = 1 } = headOf(json);
  const kind = modelKinds.find((each) => networks[each].format === format);
  if (kind === undefined) {
    throw new ModelFileError(
      typeof format === 'string'
        ? `Its format "${format.slice(0, 40)}" is not known here.`
        : 'Its model.json does not say what format it has.',
    );
  }
  const { versions } = networks[kind];
  if (!versions.some((each) => each === version)) {
    throw new ModelFileError(
      `It has version ${String(version).slice(0, 20)} of its format, and version ${versions.join(' or ')} is read here.`,
    );
  }
  return kind;
}

function headOf(json: string): { readonly format?: unknown; readonly version?: unknown } {
  try {
    return (JSON.parse(json) ?? {}) as object;
  } catch {
    throw new ModelFileError('Its model.json is damaged.');
  }
}
