/** Bytes one after the other, in a buffer of their own, which can be transferred between threads. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const { length } of parts) size += length;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
