import { features, windowLength, windowsOf } from '../architecture.js';
import type { Random } from '../../random.js';
import type { Sequence } from '../../sequence.js';
import type { Augmentation } from '../../trainer.js';
import type { WindowBatch } from './training-engine.js';

/** Every window of 25 notes that is followed by a note; windows do not cross pieces. */
export class Windows {
  readonly #sequences: Sequence[] = [];
  /** `#ends[i]` is the number of windows in the sequences up to and including the i-th. */
  readonly #ends: number[] = [];

  constructor(sequences: readonly Sequence[]) {
    for (const sequence of sequences) {
      const windows = windowsOf(sequence.pitch.length);
      if (windows === 0) continue;
      this.#ends.push(this.count + windows);
      this.#sequences.push(sequence);
    }
  }

  get count(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /**
   * The windows with these indices (0 ≤ index < count) and the note after each.
   * @param random for `augmentation`: changes each window, with two draws per window.
   */
  batch(numbers: Uint32Array, augmentation?: Augmentation, random?: Random): WindowBatch {
    const inputs = new Float32Array(numbers.length * windowLength * features);
    const targets = new Float32Array(numbers.length * features);
    for (const [row, number] of numbers.entries()) {
      const [sequence, first] = this.#locate(number);
      let semitones = 0;
      let stretch = 1;
      if (augmentation !== undefined && random !== undefined) {
        semitones = possibleShift(
          sequence,
          first,
          random.below(2 * augmentation.transpose + 1) - augmentation.transpose,
        );
        stretch = Math.exp((2 * random.uniform() - 1) * Math.log1p(augmentation.stretch));
      }
      let to = row * windowLength * features;
      for (let i = first; i < first + windowLength; i++) {
        inputs[to++] = (sequence.pitch[i]! + semitones) / 128;
        inputs[to++] = sequence.step[i]! * stretch;
        inputs[to++] = sequence.duration[i]! * stretch;
      }
      const next = first + windowLength;
      targets[row * features] = sequence.pitch[next]! + semitones;
      targets[row * features + 1] = sequence.step[next]! * stretch;
      targets[row * features + 2] = sequence.duration[next]! * stretch;
    }
    return { rows: numbers.length, inputs, targets };
  }

  #locate(number: number): [Sequence, first: number] {
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ends[middle]! > number) high = middle;
      else low = middle + 1;
    }
    return [this.#sequences[low]!, number - (low === 0 ? 0 : this.#ends[low - 1]!)];
  }
}

/** The transposition, or 0 if it would move a note of the window off the piano (21–108). */
function possibleShift(sequence: Sequence, first: number, semitones: number): number {
  for (let i = first; i <= first + windowLength; i++) {
    const pitch = sequence.pitch[i]! + semitones;
    if (pitch < 21 || pitch > 108) return 0;
  }
  return semitones;
}
