import type { HeldOutMusic, JudgedOptions, LikelihoodTable, ModelEvaluation, OnProgress } from '../model.js';
import { lossWeights, weightedLoss, type Losses, type Parameters } from './architecture.js';
import { measureBaselines } from './training/baselines.js';
import { KernelTrainer } from './kernel/trainer.js';
import { defaultLstmSettings } from './sampling.js';
import { evaluate } from './training/training.js';
import { Windows } from './training/windows.js';

/** Pieces composed in one batch: with more, memory is the bottleneck. */
const batchSize = 16;

/** Maximum number of notes, rests included, drawn to get the requested number of sounding ones. */
const mostNotes = 2000;

/** Evaluates the LSTM as the product uses it. */
export function evaluationOf(
  parameters: Parameters,
  { sampling = 'spread' }: JudgedOptions,
): ModelEvaluation {
  return {
    hears: 'key-held',
    options: { sampling },
    settings: { ...(sampling === 'spread' && defaultLstmSettings) },
    batchSize,
    notesFor: () => mostNotes,
    likelihood: (music, onProgress) => Promise.resolve(likelihood(parameters, music, onProgress)),
  };
}

/** Over every window of the held-out split. */
function likelihood(
  parameters: Parameters,
  { training, heldOut }: HeldOutMusic,
  onProgress?: OnProgress,
): LikelihoodTable {
  const engine = new KernelTrainer(parameters);
  const sums = { pitch: 0, step: 0, duration: 0 };
  let windows = 0;
  for (const sequence of heldOut) {
    const piece = new Windows([sequence]);
    const losses = evaluate(engine, piece);
    for (const name of ['pitch', 'step', 'duration'] as const) sums[name] += losses[name] * piece.count;
    windows += piece.count;
    onProgress?.(windows);
  }
  engine.dispose();
  const losses: Losses = {
    pitch: sums.pitch / windows,
    step: sums.step / windows,
    duration: sums.duration / windows,
  };
  const { pitchUnigram, pitchBigram, stepConstant, durationConstant } = measureBaselines(training, heldOut);
  const constant = { pitch: pitchUnigram, step: stepConstant, duration: durationConstant };
  const values = (each: Losses): number[] => [weightedLoss(each), each.pitch, each.step, each.duration];
  return {
    measure: 'losses',
    weights: lossWeights,
    count: windows,
    columns: ['weighted', 'pitchLoss', 'stepLoss', 'durationLoss'],
    rows: [
      { name: 'model', values: values(losses) },
      { name: 'constant', values: values(constant) },
      { name: 'bigram', values: [undefined, pitchBigram, undefined, undefined] },
    ],
  };
}
