import type { Random } from '../random.js';
import type { Rule, Timing } from './rule.js';

/**
 * The distribution of real steps by the network's prediction: over 56,000 notes of 64 training pieces of
 * MAESTRO, predicted in context with the built-in weights and grouped by prediction. Within each group the
 * mean prediction is accurate to a tenth or 10 ms, but real steps are of two kinds, within a chord and
 * between consecutive notes, and rarely in between.
 */
interface StepContext {
  /** Mean prediction of the group. */
  readonly predicted: number;
  /** Share of steps of at most 30 ms. */
  readonly chordShare: number;
  /** Geometric mean of the other steps, s, and the standard deviation of their logarithms. */
  readonly melodySeconds: number;
  readonly sigma: number;
}

const stepContexts: readonly StepContext[] = [
  { predicted: 0.013, chordShare: 0.88, melodySeconds: 0.063, sigma: 0.6 },
  { predicted: 0.032, chordShare: 0.78, melodySeconds: 0.075, sigma: 0.54 },
  { predicted: 0.051, chordShare: 0.54, melodySeconds: 0.081, sigma: 0.48 },
  { predicted: 0.07, chordShare: 0.36, melodySeconds: 0.088, sigma: 0.48 },
  { predicted: 0.089, chordShare: 0.27, melodySeconds: 0.099, sigma: 0.5 },
  { predicted: 0.113, chordShare: 0.26, melodySeconds: 0.122, sigma: 0.56 },
  { predicted: 0.148, chordShare: 0.27, melodySeconds: 0.164, sigma: 0.62 },
  { predicted: 0.202, chordShare: 0.25, melodySeconds: 0.228, sigma: 0.67 },
  { predicted: 0.305, chordShare: 0.24, melodySeconds: 0.324, sigma: 0.75 },
  { predicted: 0.637, chordShare: 0.22, melodySeconds: 0.583, sigma: 0.94 },
];

/**
 * For the same notes: the standard deviation of the logarithm of the ratio of a duration to its prediction.
 */
const durationContexts: readonly { readonly predicted: number; readonly sigma: number }[] = [
  { predicted: 0.041, sigma: 0.56 },
  { predicted: 0.067, sigma: 0.55 },
  { predicted: 0.099, sigma: 0.64 },
  { predicted: 0.142, sigma: 0.72 },
  { predicted: 0.206, sigma: 0.82 },
  { predicted: 0.315, sigma: 0.84 },
  { predicted: 0.515, sigma: 0.86 },
  { predicted: 1.121, sigma: 0.96 },
];

/**
 * Steps within a chord: exponential with this mean, s, truncated at 30 ms; 9.4 ms on average, as in real
 * music.
 */
const chordScale = 0.012;
const longestChordStep = 0.03;

/** Spread of step and duration around the network's output; 1 is as measured. */
export interface Spread {
  readonly stepSpread: number;
  readonly durationSpread: number;
}

export const measuredSpread: Spread = { stepSpread: 1, durationSpread: 1 };

/**
 * Draws step and duration around the network's output instead of using it directly. The squared-error heads
 * output a mean, which in music is neither the gap within a chord nor the one between two melody notes; fed
 * back, such means slow each other down until every piece drags. So the prediction only determines the
 * probability of a chord, and the centre of the melody's steps and of the durations, which are drawn from
 * their measured distributions.
 */
export function spread(
  random: Random,
  { stepSpread, durationSpread }: Spread = measuredSpread,
): Rule<Timing> {
  return (timing) => {
    const { chordShare, melodySeconds, sigma } = stepContextAt(timing.stepSeconds);
    timing.stepSeconds =
      random.uniform() < chordShare
        ? chordStep(random)
        : melodySeconds * Math.exp(stepSpread * sigma * random.normal());
    const width = durationSpread * interpolated(durationContexts, timing.durationSeconds, 'sigma');
    timing.durationSeconds *= Math.exp(width * random.normal() - (width * width) / 2);
  };
}

function stepContextAt(predicted: number): Omit<StepContext, 'predicted'> {
  const at = (name: 'chordShare' | 'melodySeconds' | 'sigma'): number =>
    interpolated(stepContexts, predicted, name);
  // Beyond the longest measured predictions, steps grow in proportion.
  const growth = Math.max(1, predicted / stepContexts.at(-1)!.predicted);
  return { chordShare: at('chordShare'), melodySeconds: at('melodySeconds') * growth, sigma: at('sigma') };
}

function chordStep(random: Random): number {
  const kept = 1 - Math.exp(-longestChordStep / chordScale);
  return -chordScale * Math.log(1 - random.uniform() * kept);
}

/** Interpolates linearly between two contexts; constant beyond the first and last. */
function interpolated<K extends string>(
  contexts: readonly ({ readonly predicted: number } & { readonly [name in K]: number })[],
  predicted: number,
  name: K,
): number {
  const next = contexts.findIndex((context) => context.predicted >= predicted);
  if (next < 0) return contexts.at(-1)![name];
  const above = contexts[next]!;
  const below = contexts[Math.max(next - 1, 0)]!;
  const width = above.predicted - below.predicted;
  const share = width === 0 ? 0 : (predicted - below.predicted) / width;
  return below[name] + share * (above[name] - below[name]);
}
