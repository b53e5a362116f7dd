/** The file of the figures that a Transformer learnt from (`KnownFigures`), beside its weights. */
export const figuresFile = 'figures.bin';
