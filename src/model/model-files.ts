/** File names in every model's folder. */
export const modelFile = 'model.json';
export const weightsFile = 'weights.bin';

/** The files of a model. */
export interface ModelFiles {
  /** Text of `model.json`. */
  readonly json: string;
  /** Bytes of `weights.bin`. */
  readonly weights: Uint8Array;
  /** Any other file of the folder; undefined if there is none. */
  readonly other: (name: string) => Promise<Uint8Array | undefined>;
}

/** A model file is damaged, or contains another network than it claims. Its message is for logs. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}
