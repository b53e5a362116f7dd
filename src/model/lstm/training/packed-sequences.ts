import { sum } from '../../../music/numbers.js';
import type { Sequence } from './windows.js';

/**
 * Serialises sequences; their lengths are stored separately. The steps of all notes, then their durations
 * (seconds, float32, little-endian), then their pitches (uint8).
 */
export function packSequences(sequences: readonly Sequence[]): Uint8Array {
  const bytesOf = (values: Float32Array): Uint8Array =>
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([
    ...sequences.map(({ step }) => bytesOf(step)),
    ...sequences.map(({ duration }) => bytesOf(duration)),
    ...sequences.map(({ pitch }) => pitch),
  ]);
}

/**
 * @param lengths number of notes in each sequence
 * @throws RangeError when the bytes do not match the lengths
 */
export function unpackSequences(bytes: Uint8Array, lengths: readonly number[]): Sequence[] {
  const notes = sum(lengths);
  if (bytes.length !== 9 * notes) throw new RangeError(`${notes} notes do not have ${bytes.length} bytes.`);
  const { buffer } = Uint8Array.from(bytes); // aligned
  let first = 0;
  return lengths.map((length) => {
    const sequence = {
      step: new Float32Array(buffer, 4 * first, length),
      duration: new Float32Array(buffer, 4 * (notes + first), length),
      pitch: new Uint8Array(buffer, 8 * notes + first, length),
    };
    first += length;
    return sequence;
  });
}
