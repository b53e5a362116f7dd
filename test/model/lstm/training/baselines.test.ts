import { describe, expect, it } from 'vitest';
import { measureBaselines } from '../../../../src/model/lstm/training/baselines.js';
import type { Sequence } from '../../../../src/model/sequence.js';

const of = (pitches: number[], steps: number[], durations: number[]): Sequence => ({
  pitch: Uint8Array.from(pitches),
  step: Float32Array.from(steps),
  duration: Float32Array.from(durations),
});

describe('baselines', () => {
  it('are those computed by hand', () => {
    // 60 62 60: counts 60 → 2, 62 → 1; 60 was followed by 62 once, 62 by 60 once.
    const training = [of([60, 62, 60], [0, 1, 0.5], [1, 2, 3])];
    // Only the notes after the first window count: here 62 after 60, then 70 after 62.
    const before = Array.from({ length: 25 }, () => 60);
    const zeros = before.map(() => 0);
    const validation = [of([...before, 62, 70], [...zeros, 1, 2], [...zeros, 2, 4]), of([60], [0], [9])];

    const p62 = 1.5 / (3 + 64);
    const p70 = 0.5 / (3 + 64);
    const { pitchUnigram, pitchBigram, stepConstant, durationConstant } = measureBaselines(
      training,
      validation,
    );
    expect(pitchUnigram).toBeCloseTo(-(Math.log(p62) + Math.log(p70)) / 2, 12);
    expect(pitchBigram).toBeCloseTo(-(Math.log((1 + p62) / 2) + Math.log((0 + p70) / 2)) / 2, 12);
    expect(stepConstant).toBeCloseTo((0.5 ** 2 + 1.5 ** 2) / 2, 12);
    expect(durationConstant).toBeCloseTo((0 + 4) / 2, 12);
  });

  it('do not count the step from the last note of one piece to the first of the next', () => {
    const before = Array.from({ length: 25 }, () => 60);
    const zeros = [...before, 0].map(() => 0);
    const validation = [of([...before, 62], zeros, zeros)];
    const apart = measureBaselines([of([60], [0], [0]), of([62], [0], [0])], validation);
    expect(apart.pitchBigram).toBeCloseTo(-Math.log(1.5 / 66), 12);
  });
});
