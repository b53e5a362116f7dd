/**
 * Casts a sum of bits to the enum that names them: TypeScript's enums have no members for sums, or for zero.
 * Drops bits without a name.
 */
export function bits<Flag extends number>(flags: Readonly<Record<string, string | Flag>>, sum: number): Flag {
  const known = Object.values(flags).filter((flag) => typeof flag === 'number');
  return known.reduce<number>((all, flag) => all | (sum & flag), 0) as Flag;
}
