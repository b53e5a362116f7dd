import { Random } from '../random.js';

export interface Accents {
  /** Strength of the accents, as a multiple of the opening's; 0 is none. */
  readonly accent: number;
  /** Correlation of an accent with the previous one, 0 to 1. */
  readonly accentMemory: number;
}

/**
 * Accents for notes of a network that predicts no velocity, in standard deviations: a first-order
 * autoregressive process, since loud and soft notes cluster.
 * @param seed of separate random numbers, so that notes are the same with and without accents.
 */
export function accents(seed: number, { accent, accentMemory }: Accents): () => number {
  const random = new Random(seed ^ 0x3c6e_f372);
  let last = random.normal();
  return () => {
    last = accentMemory * last + Math.sqrt(1 - accentMemory ** 2) * random.normal();
    return accent * last;
  };
}
