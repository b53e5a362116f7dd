import { pitches, windowLength } from '../architecture.js';
import type { Sequence } from '../../sequence.js';
import type { Baseline } from '../../trainer.js';

/** Losses of context-free predictors on the same target notes. */
export interface Baselines {
  /** Cross-entropy of pitch, nats, from training counts (with add-half smoothing). */
  readonly pitchUnigram: number;
  readonly pitchBigram: number;
  /** Mean squared error of predicting the training mean, s². */
  readonly stepConstant: number;
  readonly durationConstant: number;
}

/** The predictors with the losses that each has. */
export function baselineRows(baselines: Baselines): readonly Baseline[] {
  const { pitchUnigram, pitchBigram, stepConstant, durationConstant } = baselines;
  return [
    { name: 'constant', losses: { pitch: pitchUnigram, step: stepConstant, duration: durationConstant } },
    { name: 'bigram', losses: { pitch: pitchBigram } },
  ];
}

export function measureBaselines(training: readonly Sequence[], validation: readonly Sequence[]): Baselines {
  const unigram = new Float64Array(pitches).fill(0.5);
  const bigram = new Float64Array(pitches * pitches);
  const following = new Float64Array(pitches);
  let notes = 0;
  let steps = 0;
  let durations = 0;
  for (const { pitch, step, duration } of training) {
    notes += pitch.length;
    for (let i = 0; i < pitch.length; i++) {
      unigram[pitch[i]!]! += 1;
      if (i > 0) {
        bigram[pitch[i - 1]! * pitches + pitch[i]!]! += 1;
        following[pitch[i - 1]!]! += 1;
      }
      steps += step[i]!;
      durations += duration[i]!;
    }
  }
  const unigramTotal = notes + 0.5 * pitches;
  const sum = { count: 0, unigram: 0, bigram: 0, step: 0, duration: 0 };
  for (const { pitch, step, duration } of validation) {
    for (let i = windowLength; i < pitch.length; i++) {
      const p = unigram[pitch[i]!]! / unigramTotal;
      const from = pitch[i - 1]!;
      sum.count += 1;
      sum.unigram -= Math.log(p);
      // Smoothed with the unigram distribution, with the weight of one note.
      sum.bigram -= Math.log((bigram[from * pitches + pitch[i]!]! + p) / (following[from]! + 1));
      sum.step += (step[i]! - steps / notes) ** 2;
      sum.duration += (duration[i]! - durations / notes) ** 2;
    }
  }
  return {
    pitchUnigram: sum.unigram / sum.count,
    pitchBigram: sum.bigram / sum.count,
    stepConstant: sum.step / sum.count,
    durationConstant: sum.duration / sum.count,
  };
}
