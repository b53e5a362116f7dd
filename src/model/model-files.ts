/** The files of every model's folder. */
export const modelFile = 'model.json';
export const weightsFile = 'weights.bin';

/** What a model is read from. */
export interface ModelFiles {
  /** Text of `model.json`. */
  readonly json: string;
  /** Bytes of `weights.bin`. */
  readonly weights: Uint8Array;
  /** Another file of the folder; undefined when there is none. */
  readonly other: (name: string) => Promise<Uint8Array | undefined>;
}

/** A model's file is damaged, or holds a different network than it says. Its message is a full sentence. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}
