/** Takes values away, unless that would leave none. */
export function mask(logits: Float64Array, gone: (value: number) => boolean): void {
  if (logits.every((logit, value) => logit === -Infinity || gone(value))) return;
  for (let value = 0; value < logits.length; value++) {
    if (gone(value)) logits[value] = -Infinity;
  }
}
