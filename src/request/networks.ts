/** What a network is trained to predict; its loss has a part for each. Languages name them. */
export type LossPart = 'pitch' | 'step' | 'duration';

/** Limits and default of a setting. */
interface Limits {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** How servers train models of a kind. */
export interface TrainingFacts {
  readonly epochs: Limits;
  /** Peak learning rate. */
  readonly rate: Limits;
  /** The parts of its loss, with their weights in the sum that training minimises. */
  readonly lossWeights: Readonly<Partial<Record<LossPart, number>>>;
}

/** What is known of a kind of network without loading it. */
interface NetworkFacts {
  /** The format named in `model.json`. */
  readonly format: string;
  /** The supported versions of the format; a `model.json` without a version has version 1. */
  readonly versions: readonly number[];
  /** Pieces for one keyboard, or songs for several instruments. */
  readonly composes: 'keyboard' | 'songs';
  /** Set if servers can train models of this kind; the `trainer.ts` in its folder then trains them. */
  readonly training?: TrainingFacts;
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
export const registry = {
  transformer: {
    format: 'note-transformer',
    versions: [1, 2],
    composes: 'keyboard',
    hearsPerformances: true,
    isBuiltIn: true,
  },
  lstm: {
    format: 'layers-model',
    versions: [1],
    composes: 'keyboard',
    training: {
      epochs: { min: 1, max: 100, default: 10 },
      rate: { min: 1e-6, max: 0.05, default: 0.001 },
      lossWeights: { pitch: 0.05, step: 1, duration: 1 },
    },
    hearsPerformances: false,
    isBuiltIn: true,
  },
  song: {
    format: 'song-transformer',
    versions: [1],
    composes: 'songs',
    hearsPerformances: false,
    isBuiltIn: true,
  },
  book: {
    format: 'pattern-book',
    versions: [1],
    composes: 'songs',
    hearsPerformances: false,
    isBuiltIn: true,
    isWeightless: true,
  },
} as const satisfies Record<string, NetworkFacts>;

type Registry = typeof registry;

export type ModelKind = keyof Registry;

/** The kinds that servers can train. */
export type TrainableKind = {
  [Kind in ModelKind]: Registry[Kind] extends { readonly training: TrainingFacts } ? Kind : never;
}[ModelKind];

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

/** The kinds that servers can train; the first is preferred. */
export const trainableKinds = modelKinds.filter(isTrainable);

/** Limits and defaults that are shown before it is known which kind is trained: those of the preferred one. */
export const trainingSettings: TrainingFacts = registry[trainableKinds[0]!].training;

/** Whether a kind of network composes for several instruments. */
export function composesSongs(kind: ModelKind): boolean {
  return networks[kind].composes === 'songs';
}

/** @param kind undefined for a model whose files do not say */
export function isTrainable(kind: ModelKind | undefined): kind is TrainableKind {
  return kind !== undefined && networks[kind].training !== undefined;
}
