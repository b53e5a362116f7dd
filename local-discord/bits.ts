/**
 * A sum of bits as the enum that names them: TypeScript's enums have no member for sums, or for
 * none. Bits that have no name are left out.
 */
export function bits<Flag extends number>(flags: Readonly<Record<string, string | Flag>>, sum: number): Flag {
  const known = Object.values(flags).filter((flag) => typeof flag === 'number');
  return known.reduce<number>((all, flag) => all | (sum & flag), 0) as Flag;
}
