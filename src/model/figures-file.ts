/** The file with the figures of a network's training music (`KnownFigures`), next to its weights. */
export const figuresFile = 'figures.bin';
