import { Random } from '../random.js';

export interface Accents {
  /** Strength of the accents: 1 is that of the opening, 0 none. */
  readonly accent: number;
  /** Correlation of an accent with the one before, 0 to 1. */
  readonly accentMemory: number;
}

/**
 * Accents for notes of a network that predicts no velocity, in standard deviations: a
 * first-order autoregressive process, since loud and soft come in stretches.
 * @param seed of random numbers of its own: the notes are the same with and without accents.
 */
export function accents(seed: number, { accent, accentMemory }: Accents): () => number {
  const random = new Random(seed ^ 0x3c6e_f372);
  let last = random.normal();
  return () => {
    last = accentMemory * last + Math.sqrt(1 - accentMemory ** 2) * random.normal();
    return accent * last;
  };
}
