/** What `model.json` calls the format of a Transformer. */
export const transformerFormat = 'note-transformer';

/** The file of the figures that a Transformer learnt from (`KnownFigures`), beside its weights. */
export const figuresFile = 'figures.bin';
