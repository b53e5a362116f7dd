import { byOnset, type Note } from '../music/note.js';
import { sum } from '../music/numbers.js';

/** A piece as training reads it: every sounding note in onset order. */
export interface Sequence {
  readonly pitch: Uint8Array;
  /** Seconds since the previous onset; the first is 0. */
  readonly step: Float32Array;
  /** Seconds for which the key is held. */
  readonly duration: Float32Array;
}

export function toSequence(notes: readonly Note[]): Sequence {
  const pitch = new Uint8Array(notes.length);
  const step = new Float32Array(notes.length);
  const duration = new Float32Array(notes.length);
  let before: Note | undefined;
  for (const [i, note] of notes.toSorted(byOnset).entries()) {
    pitch[i] = note.pitch;
    step[i] = before === undefined ? 0 : note.onsetSeconds - before.onsetSeconds;
    duration[i] = note.durationSeconds;
    before = note;
  }
  return { pitch, step, duration };
}

/** A step, a duration and a pitch. */
export const bytesPerNote = 9;

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
  if (!Number.isInteger(notes) || bytes.length !== bytesPerNote * notes) {
    throw new RangeError(`${notes} notes do not have ${bytes.length} bytes.`);
  }
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
