import {
  parametersFrom,
  pitches,
  sizeOf,
  tensors,
  type Parameters,
  type TensorName,
} from '../architecture.js';

/**
 * Layout of the kernel's block of parameters, a contiguous float32 array:
 * - input [4, 512]: the LSTM kernel and, as a fourth input that is always 1, its bias;
 * - recurrent [128, 512];
 * - head [128, 144]: the three heads side by side (128 + 1 + 1 columns, 14 of padding);
 * - head bias [144].
 */
export const headColumns = 144;
export const inputAt = 0;
export const recurrentAt = 4 * 512;
export const headAt = recurrentAt + 128 * 512;
export const headBiasAt = headAt + 128 * headColumns;
export const blockSize = headBiasAt + headColumns;

interface TensorLayout {
  readonly at: number;
  readonly columns: number;
  readonly stride: number;
}

const layouts: { readonly [name in TensorName]: TensorLayout } = {
  'lstm/kernel': { at: inputAt, columns: 512, stride: 512 },
  'lstm/recurrent_kernel': { at: recurrentAt, columns: 512, stride: 512 },
  'lstm/bias': { at: inputAt + 3 * 512, columns: 512, stride: 512 },
  'pitch/kernel': { at: headAt, columns: pitches, stride: headColumns },
  'pitch/bias': { at: headBiasAt, columns: pitches, stride: headColumns },
  'step/kernel': { at: headAt + pitches, columns: 1, stride: headColumns },
  'step/bias': { at: headBiasAt + pitches, columns: 1, stride: headColumns },
  'duration/kernel': { at: headAt + pitches + 1, columns: 1, stride: headColumns },
  'duration/bias': { at: headBiasAt + pitches + 1, columns: 1, stride: headColumns },
};

/** Writes parameters, or gradients or moments of the same shapes, into a block. */
export function writeBlock(parameters: Parameters, block: Float32Array): void {
  for (const { name } of tensors) {
    const { at, columns, stride } = layouts[name];
    const values = parameters[name];
    for (let i = 0, to = at; i < values.length; i += columns, to += stride) {
      block.set(values.subarray(i, i + columns), to);
    }
  }
}

/** Copies parameters out of a block. */
export function readBlock(block: Float32Array): Parameters {
  return parametersFrom((name, shape) => {
    const { at, columns, stride } = layouts[name];
    const values = new Float32Array(sizeOf(shape));
    for (let i = 0, from = at; i < values.length; i += columns, from += stride) {
      values.set(block.subarray(from, from + columns), i);
    }
    return values;
  });
}
