/** Names of the grids that a piece can stand on. */
export const grids = ['none', 'seed', 'straight', 'triplet'] as const;
export type Grid = (typeof grids)[number];
