import { lossWeights, weightedLoss, type Losses, type Parameters } from '../model/architecture.js';
import { measureBaselines } from '../model/baselines.js';
import type { CorpusFile } from '../model/corpus.js';
import { KernelTrainer } from '../model/kernel/trainer.js';
import type { StoredModel } from '../model/model-store.js';
import { Random } from '../model/random.js';
import { Composer, defaultSettings, type Composing } from '../model/sampling/composer.js';
import { evaluate } from '../model/training.js';
import { Windows, type Sequence } from '../model/windows.js';
import { finishPiece } from '../music/finish.js';
import type { Note } from '../music/note.js';
import { openingLength } from '../music/opening.js';
import type { CompositionRequest } from '../music/request.js';
import type { ContinueOptions, EvaluatedModel, LikelihoodTable, OnProgress } from './evaluated-model.js';
import type { Library } from './material.js';

type Sampling = CompositionRequest['sampling'];

/** The LSTM, judged as the product plays it. */
export function lstmModel(
  { id, parameters }: Pick<StoredModel, 'id' | 'parameters'>,
  sampling: Sampling,
): EvaluatedModel {
  return {
    id,
    hears: 'key-held',
    primerNotes: openingLength,
    settings: { temperature: 1, ...(sampling === 'spread' && defaultSettings) },
    continueAll: (primers, options) => Promise.resolve(continueAll(parameters, sampling, primers, options)),
    likelihood: (library, onProgress) => Promise.resolve(likelihood(parameters, library, onProgress)),
  };
}

/** Pieces composed side by side: more only wait for memory. */
const together = 16;

/** The most notes, rests included, of which the asked number must sound. */
const mostNotes = 2000;

function continueAll(
  parameters: Parameters,
  sampling: Sampling,
  primers: readonly (readonly Note[])[],
  { count, seed, settings = {}, onProgress }: ContinueOptions,
): (readonly Note[])[] {
  const { temperature = 1, ...sampler } = { ...defaultSettings, ...settings };
  const seeds = new Random(seed);
  const requests = primers.map((primer): CompositionRequest => ({
    notes: mostNotes,
    temperature,
    tempo: 1,
    quantise: 'none',
    voices: 'poly',
    sampling,
    seed: seeds.integer(),
    model: '',
    opening: { title: '', notes: primer, tempoBpm: 120, timeSignature: { numerator: 4, denominator: 4 } },
  }));
  const composer = new Composer(parameters, Math.min(together, primers.length));
  const results: (readonly Note[])[] = [];
  const waiting = [...requests.entries()];
  const running = new Map<Composing, { at: number; request: CompositionRequest; enough: number }>();
  let notes = 0;
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < composer.capacity) {
      const [at, request] = waiting.shift()!;
      running.set(composer.start(request, sampler), { at, request, enough: count });
    }
    composer.step();
    for (const [composing, job] of running) {
      if (composing.generated.length < job.enough && !composing.done) continue;
      const finished = composed(job.request, composing);
      // Rests do not sound and repeats within a moment are one note: a few more may be needed.
      job.enough = composing.generated.length + count - finished.length;
      if (finished.length < count && !composing.done) continue;
      results[job.at] = finished.slice(0, count);
      running.delete(composing);
      composer.stop(composing);
      notes += count;
      onProgress?.(notes);
    }
  }
  return results;
}

/** The new notes of the piece as the product would finish it now. */
function composed(request: CompositionRequest, { opening, generated }: Composing): readonly Note[] {
  const piece = finishPiece(request, opening, generated);
  return piece.notes.slice(piece.givenNotes);
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
