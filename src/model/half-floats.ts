/* IEEE 754 binary16 numbers, little-endian: the format of weights in model files. */

/** Whether all values are finite: others have an exponent with all bits set. */
export function areFiniteHalves(halves: Uint8Array): boolean {
  for (let high = 1; high < halves.length; high += 2) if ((halves[high]! & 0x7c) === 0x7c) return false;
  return true;
}

/** Converts halves, which must be finite, until `to` is full. */
export function readHalves(halves: Uint8Array, to: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = numbers[halves[2 * i]! | (halves[2 * i + 1]! << 8)]!;
}

/**
 * The value of each half as a lookup table, because the bot loads models on the thread that answers Discord.
 */
const numbers = Float32Array.from(new Uint16Array(65_536).keys(), numberOf);

/** A sign, 5 bits of exponent, 10 of fraction. */
function numberOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}
