/**
 * Version of everything between a network's output and the notes of a piece: the sampling rules, the meaning
 * of wishes, the finishing of a piece, and the length of the opening taken from a file. Increment it whenever
 * the same request with the same weights gives different notes, so that Info can say so for earlier pieces.
 */
export const rulesVersion = 15;
