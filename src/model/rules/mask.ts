/** Excludes values, unless none would be left. */
export function mask(logits: Float64Array, gone: (value: number) => boolean): void {
  const masked = logits.slice();
  let isAnyLeft = false;
  for (const [value, logit] of logits.entries()) {
    if (gone(value)) masked[value] = -Infinity;
    else isAnyLeft ||= logit !== -Infinity;
  }
  if (isAnyLeft) logits.set(masked);
}
