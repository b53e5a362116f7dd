/** Excludes values, unless none would be left. */
export function mask(logits: Float64Array, gone: (value: number) => boolean): void {
  const masked = logits.slice();
  let isAnyLeft = false;
  for (let value = 0; value < logits.length; value++) {
    if (gone(value)) masked[value] = -Infinity;
    else isAnyLeft ||= logits[value] !== -Infinity;
  }
  if (isAnyLeft) logits.set(masked);
}
