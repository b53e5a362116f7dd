import type { Random } from './random.js';

type Logits = Float64Array | Float32Array;

/** Samples from the softmax of the logits; −∞ is never drawn. */
export function draw(logits: Float64Array, random: Random): number {
  const peak = highest(logits);
  let rest = random.uniform() * partition(logits, peak);
  let drawn = -1;
  for (let value = 0; value < logits.length; value++) {
    const weight = Math.exp(logits[value]! - peak);
    if (weight === 0) continue;
    drawn = value; // the last possible value, if rounding leaves a remainder
    rest -= weight;
    if (rest < 0) break;
  }
  return drawn;
}

/** Negative log-likelihood of a value in the softmax of the logits. */
export function natsOf(value: number, logits: Logits): number {
  const peak = highest(logits);
  return peak - logits[value]! + Math.log(partition(logits, peak));
}

/**
 * The logits in double precision, for rules to change.
 * @returns undefined if one is not finite
 */
export function widened(logits: Float32Array): Float64Array | undefined {
  // A loop: Float64Array.from and every() take ten times as long, for every field of every note.
  const wide = new Float64Array(logits.length);
  for (let value = 0; value < logits.length; value++) {
    const logit = logits[value]!;
    if (!Number.isFinite(logit)) return undefined;
    wide[value] = logit;
  }
  return wide;
}

export function highest(logits: Logits): number {
  let peak = -Infinity;
  for (let value = 0; value < logits.length; value++) peak = Math.max(peak, logits[value]!);
  return peak;
}

/** The denominator of the softmax, with all logits shifted by `peak` to avoid overflow. */
function partition(logits: Logits, peak: number): number {
  let sum = 0;
  for (let value = 0; value < logits.length; value++) sum += Math.exp(logits[value]! - peak);
  return sum;
}
