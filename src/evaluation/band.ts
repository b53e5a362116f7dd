import { featureNames, type FeatureName } from './features.js';
import type { Vectors } from './frechet.js';
import { quantile } from './statistics.js';

/** The range of most of some values. */
export interface Band {
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
}

export function bandOf(values: readonly number[]): Band {
  return { p10: quantile(values, 0.1), median: quantile(values, 0.5), p90: quantile(values, 0.9) };
}

/** A feature compared with real music; values that are too low are as wrong as values that are too high. */
export interface FeatureBand {
  readonly real: Band;
  readonly music: Band;
  /** |median − real median| / (real p90 − real p10); undefined when real music has only one value. */
  readonly deviation: number | undefined;
}

export function featureBands(real: Vectors, music: Vectors): Readonly<Record<FeatureName, FeatureBand>> {
  const entries = featureNames.map((name, i): [FeatureName, FeatureBand] => {
    const [a, b] = [real, music].map((vectors) => bandOf(vectors.map((vector) => vector[i]!))) as [
      Band,
      Band,
    ];
    const width = a.p90 - a.p10;
    const deviation = width > 0 ? Math.abs(b.median - a.median) / width : undefined;
    return [name, { real: a, music: b, deviation }];
  });
  return Object.fromEntries(entries) as Record<FeatureName, FeatureBand>;
}
