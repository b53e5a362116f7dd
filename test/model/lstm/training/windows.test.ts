import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/model/random.js';
import { Windows } from '../../../../src/model/lstm/training/windows.js';
import { toSequence, type Sequence } from '../../../../src/model/sequence.js';
import { melody, sequence } from '../fixtures.js';

describe('a sequence', () => {
  it('holds the notes in onset order, the first step 0', () => {
    const note = (pitch: number, onsetSeconds: number): Parameters<typeof toSequence>[0][number] => ({
      pitch,
      onsetSeconds,
      durationSeconds: pitch / 100,
      velocity: 64,
    });
    const { pitch, step, duration } = toSequence([note(64, 2.5), note(60, 2), note(67, 2), note(62, 3.25)]);
    expect([...pitch]).toEqual([60, 67, 64, 62]);
    expect([...step]).toEqual([0, 0, 0.5, 0.75]);
    expect(duration).toEqual(Float32Array.of(0.6, 0.67, 0.64, 0.62));
  });
});

const bytes = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);

/** All windows and their next notes by definition, as rows of 26 × 3 values. */
function bruteForce(sequences: readonly Sequence[]): number[][] {
  return sequences.flatMap(({ pitch, step, duration }) => {
    const notes = [...pitch].map((value, i) => [value, step[i]!, duration[i]!]);
    return notes.slice(25).map((_, first) => notes.slice(first, first + 26).flat());
  });
}

describe('windows', () => {
  const lengths = [40, 3, 25, 26, 1, 60, 26];
  const sequences = lengths.map((length, i) => sequence(i, length));
  const windows = new Windows(sequences);

  it('are counted within each piece', () => {
    expect(windows.count).toBe(15 + 1 + 35 + 1);
    expect(new Windows([]).count).toBe(0);
    expect(new Windows([sequence(1, 25)]).count).toBe(0);
  });

  it('hold 25 notes of one piece and the note after', () => {
    const expected = bruteForce(sequences);
    const { rows, inputs, targets } = windows.batch(Uint32Array.from({ length: 52 }, (_, i) => i));
    expect(rows).toBe(52);
    expect(expected).toHaveLength(52);
    expected.forEach((notes, row) => {
      const heard = notes.slice(0, 75).map((value, i) => (i % 3 === 0 ? Math.fround(value / 128) : value));
      expect([...inputs.subarray(row * 75, (row + 1) * 75)]).toEqual(heard);
      expect([...targets.subarray(row * 3, (row + 1) * 3)]).toEqual(notes.slice(75));
    });
  });

  it('can be drawn in any order and any number of times', () => {
    const numbers = Uint32Array.of(51, 3, 3, 16, 0);
    const { inputs } = windows.batch(numbers);
    numbers.forEach((number, row) => {
      expect(inputs.subarray(row * 75, (row + 1) * 75)).toEqual(windows.batch(Uint32Array.of(number)).inputs);
    });
  });
});

describe('augmentation', () => {
  const windows = new Windows([sequence(1, 80)]);
  const numbers = Uint32Array.from({ length: 150 }, (_, i) => i % 55);
  const plain = windows.batch(numbers);

  it('transposes each window as a whole and stretches its time', () => {
    const { inputs, targets } = windows.batch(numbers, { transpose: 3, stretch: 0.25 }, new Random(1));
    const shifts = new Set<number>();
    const factors: number[] = [];
    for (let row = 0; row < numbers.length; row++) {
      const shift = targets[3 * row]! - plain.targets[3 * row]!;
      const factor = targets[3 * row + 2]! / plain.targets[3 * row + 2]!;
      shifts.add(shift);
      factors.push(factor);
      for (let i = 75 * row; i < 75 * (row + 1); i += 3) {
        expect(inputs[i]! * 128).toBeCloseTo(plain.inputs[i]! * 128 + shift, 4);
        expect(inputs[i + 1]).toBeCloseTo(plain.inputs[i + 1]! * factor, 5);
        expect(inputs[i + 2]).toBeCloseTo(plain.inputs[i + 2]! * factor, 5);
      }
    }
    expect([...shifts].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(Math.min(...factors)).toBeGreaterThan(1 / 1.25 - 1e-6);
    expect(Math.max(...factors)).toBeLessThan(1.25 + 1e-6);
    expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.3);
    const logarithms = factors.map(Math.log);
    expect(Math.abs(logarithms.reduce((sum, x) => sum + x, 0) / 150)).toBeLessThan(0.04);
  });

  it('follows from the generator', () => {
    const batch = (seed: number): Float32Array =>
      windows.batch(numbers, { transpose: 3, stretch: 0.1 }, new Random(seed)).inputs;
    expect(Buffer.compare(bytes(batch(1)), bytes(batch(1)))).toBe(0);
    expect(Buffer.compare(bytes(batch(1)), bytes(batch(2)))).not.toBe(0);
    const unchanged = windows.batch(numbers, { transpose: 0, stretch: 0 }, new Random(1));
    expect(Buffer.compare(bytes(unchanged.inputs), bytes(plain.inputs))).toBe(0);
  });

  it('leaves a window unchanged if it would leave the piano’s range', () => {
    const notes = melody(1, 26).map((note, i) => ({ ...note, pitch: i === 25 ? 108 : 60 }));
    const { targets } = new Windows([toSequence(notes)]).batch(
      new Uint32Array(200),
      { transpose: 6, stretch: 0 },
      new Random(1),
    );
    const pitches = targets.filter((_, i) => i % 3 === 0);
    expect(Math.max(...pitches)).toBe(108);
    expect(Math.min(...pitches)).toBe(102);
    // Half of the transpositions go up and are dropped.
    expect(pitches.filter((pitch) => pitch === 108).length).toBeGreaterThan(80);
  });
});
