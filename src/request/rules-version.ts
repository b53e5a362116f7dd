/**
 * Version of everything between a network's answers and the notes of a piece: the sampling rules, what
 * wishes mean, how a piece is finished, and how much of a file it begins with. Raise it whenever the same request under the same weights
 * gives other notes than before, so that Info can say so of earlier pieces.
 */
export const rulesVersion = 6;
