/** What is known of a kind of network without loading it. */
interface NetworkFacts {
  /** The format named in `model.json`. */
  readonly format: string;
  /** The supported versions of the format; a `model.json` without a version has version 1. */
  readonly versions: readonly number[];
  /** Pieces for one keyboard, or songs for several instruments. */
  readonly composes: 'keyboard' | 'songs';
  /** Whether servers can train models of this kind. */
  readonly isTrainable: boolean;
  /** Whether it was trained on performances, so that scores are performed for it. */
  readonly hearsPerformances: boolean;
  /** Set if a model of this kind comes with the program; each language then says what it is. */
  readonly isBuiltIn?: true;
  /** Set if it has no weights, so that there is no file of them. */
  readonly isWeightless?: true;
}

/**
 * The registry of networks: each has an entry here, and a folder of that name in `src/model`. Of those that
 * compose the same, the first is preferred.
 */
const registry = {
  transformer: {
    format: 'note-transformer',
    versions: [1, 2],
    composes: 'keyboard',
    isTrainable: false,
    hearsPerformances: true,
    isBuiltIn: true,
  },
  lstm: {
    format: 'layers-model',
    versions: [1],
    composes: 'keyboard',
    isTrainable: true,
    hearsPerformances: false,
    isBuiltIn: true,
  },
  song: {
    format: 'song-transformer',
    versions: [1],
    composes: 'songs',
    isTrainable: false,
    hearsPerformances: false,
    isBuiltIn: true,
  },
  book: {
    format: 'pattern-book',
    versions: [1],
    composes: 'songs',
    isTrainable: false,
    hearsPerformances: false,
    isBuiltIn: true,
    isWeightless: true,
  },
} as const satisfies Record<string, NetworkFacts>;

type Registry = typeof registry;

export type ModelKind = keyof Registry;

/** The kinds that languages describe. */
export type BuiltInKind = {
  [Kind in ModelKind]: Registry[Kind] extends { readonly isBuiltIn: true } ? Kind : never;
}[ModelKind];

export const networks: Readonly<Record<ModelKind, NetworkFacts>> = registry;
export const modelKinds = Object.keys(networks) as readonly ModelKind[];

/** The kinds that compose for one keyboard. */
export const keyboardKinds = modelKinds.filter((kind) => !composesSongs(kind));

/** The kinds that compose for several instruments. */
export const songKinds = modelKinds.filter(composesSongs);

/** The kinds that servers can train. */
export const trainableKinds = modelKinds.filter(isTrainable);

/** Whether a kind of network composes for several instruments. */
export function composesSongs(kind: ModelKind): boolean {
  return networks[kind].composes === 'songs';
}

/** @param kind undefined for a model whose files do not say */
export function isTrainable(kind: ModelKind | undefined): boolean {
  return kind !== undefined && networks[kind].isTrainable;
}
