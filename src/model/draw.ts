import type { Random } from './random.js';

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
export function natsOf(value: number, logits: Float64Array): number {
  const peak = highest(logits);
  return peak - logits[value]! + Math.log(partition(logits, peak));
}

export function highest(logits: Float64Array): number {
  let peak = -Infinity;
  for (const logit of logits) peak = Math.max(peak, logit);
  return peak;
}

/** The denominator of the softmax, with all logits shifted by `peak` to avoid overflow. */
function partition(logits: Float64Array, peak: number): number {
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - peak);
  return sum;
}
