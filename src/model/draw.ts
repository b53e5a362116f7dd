import type { Random } from './random.js';

/** Draws from the softmax of the logits; −∞ is never drawn. */
export function draw(logits: Float64Array, random: Random): number {
  const peak = highest(logits);
  let rest = random.uniform() * logits.reduce((sum, logit) => sum + Math.exp(logit - peak), 0);
  let drawn = -1;
  for (let value = 0; value < logits.length; value++) {
    const weight = Math.exp(logits[value]! - peak);
    if (weight === 0) continue;
    drawn = value; // the last possible one stands, should rounding leave a rest
    rest -= weight;
    if (rest < 0) break;
  }
  return drawn;
}

/** −ln of a value's probability in the softmax of the logits. */
export function natsOf(value: number, logits: Float64Array): number {
  const peak = highest(logits);
  return peak - logits[value]! + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - peak), 0));
}

export function highest(logits: Float64Array): number {
  return logits.reduce((peak, logit) => Math.max(peak, logit), -Infinity);
}
