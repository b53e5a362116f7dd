import { lossWeights, weightedLoss, type Losses, type Parameters } from '../model/lstm/architecture.js';
import { measureBaselines } from '../model/lstm/baselines.js';
import type { CorpusFile } from '../model/lstm/corpus.js';
import { KernelTrainer } from '../model/lstm/kernel/trainer.js';
import type { StoredLstm } from '../model/model-store.js';
import { LstmComposer, type LstmStream } from '../model/lstm/composer.js';
import { defaultLstmSettings } from '../model/lstm/sampling.js';
import { evaluate } from '../model/lstm/training.js';
import { Windows, type Sequence } from '../model/lstm/windows.js';
import type { Note } from '../music/note.js';
import { openingLength } from '../model/opening.js';
import type { CompositionRequest } from '../request/request.js';
import { continueWith } from './continue-primers.js';
import type { ContinueOptions, EvaluatedModel, LikelihoodTable, OnProgress } from './evaluated-model.js';
import type { Library } from './material.js';

type Sampling = NonNullable<CompositionRequest['sampling']>;

/** The LSTM, judged as the product plays it. */
export function lstmModel(
  { id, parameters }: Pick<StoredLstm, 'id' | 'parameters'>,
  sampling: Sampling,
): EvaluatedModel {
  return {
    id,
    kind: 'lstm',
    hears: 'key-held',
    primerNotes: openingLength,
    settings: { temperature: 1, ...(sampling === 'spread' && defaultLstmSettings) },
    continueAll: (primers, options) => Promise.resolve(continueAll(parameters, sampling, primers, options)),
    likelihood: (library, onProgress) => Promise.resolve(likelihood(parameters, library, onProgress)),
  };
}

/** Pieces composed side by side: more only wait for memory. */
const together = 16;

function continueAll(
  parameters: Parameters,
  sampling: Sampling,
  primers: readonly (readonly Note[])[],
  options: ContinueOptions,
): (readonly Note[])[] {
  const { temperature = 1, ...sampler } = { ...defaultLstmSettings, ...options.settings };
  const composer = new LstmComposer(parameters, Math.min(together, primers.length), sampler);
  const open = (request: CompositionRequest): LstmStream =>
    composer.open({ ...request, temperature, sampling });
  return continueWith(composer, open, primers, options);
}

/** Over every window of the held-out split. */
function likelihood(parameters: Parameters, { corpus }: Library, onProgress?: OnProgress): LikelihoodTable {
  const sequences = (files: readonly CorpusFile[]): Sequence[] => files.map(({ sequence }) => sequence);
  const heldOut = sequences(corpus.validation);
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
  const { pitchUnigram, pitchBigram, stepConstant, durationConstant } = measureBaselines(
    sequences(corpus.training),
    heldOut,
  );
  const constant = { pitch: pitchUnigram, step: stepConstant, duration: durationConstant };
  const values = (each: Losses): number[] => [weightedLoss(each), each.pitch, each.step, each.duration];
  return {
    caption: `Losses over ${windows.toLocaleString('en')} windows of 25 notes; weighted: ${lossWeights.pitch} · pitch + step + duration.`,
    columns: ['weighted', 'pitch (nats)', 'step (s²)', 'duration (s²)'],
    rows: [
      { name: 'this model', values: values(losses) },
      { name: 'constant, pitch unigram', values: values(constant) },
      { name: 'pitch bigram', values: [undefined, pitchBigram, undefined, undefined] },
    ],
  };
}
