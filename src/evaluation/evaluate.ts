import type { ControlResult } from './adherence.js';
import { featureBands, type FeatureBand } from './band.js';
import type { Cost } from './cost.js';
import { degeneracyShares, type Degeneracy } from './degeneracy.js';
import { distancesBetween, type Distances } from './distances.js';
import type { LikelihoodTable, OnProgress, SamplingSettings } from '../model/model.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { excerptLength, excerptOf, type Excerpt } from './excerpt.js';
import { featureNames, featuresOf, type FeatureName } from './features.js';
import type { Vectors } from './frechet.js';
import { excerptsOf, knownMusic, type KnownMusic } from './known-music.js';
import { drawMaterial, type Library, type Material } from './material.js';
import type { PieceJudgement } from './judge-pieces.js';
import { memorisation, type Memorisation } from './memorisation.js';
import { mean, standardDeviation, type Measured } from './statistics.js';
import type { WishRow } from './wish-bands.js';

export type DistanceName = Exclude<keyof Distances, 'importance'>;
export const distanceNames = [
  'fd26',
  'fdWithoutVelocity',
  'mmd2',
  'nearestNeighbour',
  'classifier',
  'overlap',
] as const satisfies readonly DistanceName[];

export interface DistanceRow {
  readonly name: KnownMusic | 'model';
  readonly distances: Readonly<Record<DistanceName, Measured>>;
}

/** The full evaluation of a model's music. */
export interface Evaluation {
  readonly model: string;
  readonly split: string;
  /** Only for an LSTM. */
  readonly sampling?: string;
  readonly settings: SamplingSettings;
  readonly seeds: readonly number[];
  /** Excerpts per seed, one from each piece, and notes per excerpt. */
  readonly excerpts: number;
  readonly excerptNotes: number;
  readonly primerNotes: number;
  readonly trainingPieces: number;
  readonly heldOutPieces: number;
  readonly likelihood: LikelihoodTable;
  readonly pieces: PieceJudgement;
  /** Empty for models that follow no wishes. */
  readonly wishes: readonly WishRow[];
  /** The nearest to real music first. */
  readonly distances: readonly DistanceRow[];
  /**
   * The features by which a classifier distinguishes the model's music from real music, the largest share
   * first.
   */
  readonly giveaways: readonly { readonly feature: FeatureName; readonly share: number }[];
  readonly features: Readonly<Record<FeatureName, FeatureBand>>;
  /** Share of excerpts with each fault, for the model and for real music. */
  readonly degeneracy: Readonly<Record<'model' | 'real', Readonly<Record<Degeneracy, number>>>>;
  /** How much of the model's music, and of the held-out music, is in the training music. */
  readonly memorisation: Readonly<Record<'model' | 'real', Memorisation>>;
  readonly adherence: readonly ControlResult[];
  readonly cost: Cost;
}

/** Feature vectors of all seeds, for drawing. */
export interface FeatureValues {
  readonly real: Vectors;
  readonly model: Vectors;
}

/** Each seeds the choice of pieces and excerpts, and all other random choices. */
export const evaluationSeeds = [1, 2, 3] as const;

/** Number of pieces in the validation split of MAESTRO; the Fréchet distance depends on it. */
export const evaluationExcerpts = 137;

export interface MusicOptions {
  readonly excerpts: number;
  readonly seeds: readonly number[];
  readonly settings?: SamplingSettings;
  /** Called with the number of composed notes. */
  readonly onProgress?: OnProgress;
}

/** The model's music for one seed, and the real music that it is compared with. */
export interface Session {
  readonly seed: number;
  readonly material: Material;
  readonly generated: readonly Excerpt[];
}

/** Has the model continue held-out music, once for each seed. */
export async function play(
  model: EvaluatedModel,
  library: Library,
  { excerpts, seeds, settings, onProgress }: MusicOptions,
): Promise<readonly Session[]> {
  const { primerNotes, hears } = model;
  const sessions: Session[] = [];
  for (const seed of seeds) {
    const material = await drawMaterial(library, {
      count: excerpts,
      primerNotes,
      primerLengths: hears,
      seed,
    });
    const before = sessions.reduce((sum, { generated }) => sum + generated.length, 0) * excerptLength;
    const continued = await model.continueAll(material.primers, {
      count: excerptLength,
      seed,
      ...(settings && { settings }),
      onProgress: (notes) => onProgress?.(before + notes),
    });
    sessions.push({ seed, material, generated: continued.map(excerptOf) });
  }
  return sessions;
}

export interface Comparison {
  readonly rows: readonly DistanceRow[];
  readonly giveaways: Evaluation['giveaways'];
  readonly values: FeatureValues;
}

/** The distances of the model's music and of music of known quality, the nearest first. */
export function compareWithKnown(sessions: readonly Session[], onProgress?: OnProgress): Comparison {
  const names = Object.keys(knownMusic) as KnownMusic[];
  const measured = new Map<DistanceRow['name'], Distances[]>();
  const values = { real: [] as Float64Array[], model: [] as Float64Array[] };
  let done = 0;
  for (const { seed, material, generated } of sessions) {
    const real = material.reference.map(featuresOf);
    const compare = (name: DistanceRow['name'], vectors: Vectors): void => {
      measured.set(name, [...(measured.get(name) ?? []), distancesBetween(real, vectors, seed)]);
      onProgress?.(++done);
    };
    for (const name of names) compare(name, excerptsOf(name, material, seed).map(featuresOf));
    const model = generated.map(featuresOf);
    compare('model', model);
    values.real.push(...real);
    values.model.push(...model);
  }
  const rows = [...measured].map(([name, distances]) => ({ name, distances: summary(distances) }));
  const ofModel = measured.get('model')!;
  return {
    rows: rows.sort((a, b) => a.distances.fd26.mean - b.distances.fd26.mean),
    giveaways: featureNames
      .map((feature) => ({ feature, share: mean(ofModel.map(({ importance }) => importance[feature])) }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share),
    values,
  };
}

/** How many comparisons {@link compareWithKnown} makes for one seed. */
export const comparisonsPerSeed = Object.keys(knownMusic).length + 1;

/** The distances of only the model's music. */
export function compare(sessions: readonly Session[]): DistanceRow['distances'] {
  return summary(
    sessions.map(({ seed, material, generated }) =>
      distancesBetween(material.reference.map(featuresOf), generated.map(featuresOf), seed),
    ),
  );
}

/** Bands, faults and copies: measures of single excerpts. */
export function describeMusic(
  sessions: readonly Session[],
  { real, model }: FeatureValues,
  { corpus }: Library,
): Pick<Evaluation, 'features' | 'degeneracy' | 'memorisation'> {
  const generated = sessions.flatMap((session) => session.generated);
  const training = corpus.training.map(({ sequence }) => sequence.pitch);
  return {
    features: featureBands(real, model),
    degeneracy: {
      model: degeneracyShares(generated),
      real: degeneracyShares(sessions.flatMap(({ material }) => material.reference)),
    },
    memorisation: {
      model: memorisation(
        training,
        generated.map(({ pitch }) => pitch),
      ),
      real: memorisation(
        training,
        corpus.validation.map(({ sequence }) => sequence.pitch),
      ),
    },
  };
}

function summary(all: readonly Distances[]): DistanceRow['distances'] {
  return Object.fromEntries(
    distanceNames.map((name) => {
      const values = all.map((distances) => distances[name]);
      return [name, { mean: mean(values), spread: standardDeviation(values) }];
    }),
  ) as DistanceRow['distances'];
}
