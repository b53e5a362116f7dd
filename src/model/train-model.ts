import { join } from 'node:path';
import type { Losses, Parameters } from './architecture.js';
import { measureBaselines, type Baselines } from './baselines.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { writeFolder } from './durable.js';
import type { Corpus } from './corpus.js';
import { curveCsv, modelCard } from './model-card.js';
import { encodeLayersModel, modelFile, weightsFile } from './layers-model.js';
import { encodeManifest, manifestFile, type DataFile } from './model-manifest.js';
import type { TrainingEngine } from './training-engine.js';
import { evaluate, train, type CurvePoint, type TrainingOptions, type TrainingProgress } from './training.js';
import { Windows } from './windows.js';

export interface ModelTraining {
  readonly name: string;
  readonly corpus: Corpus;
  /** What the music is and whose, for the model card. */
  readonly dataDescription: string;
  readonly engine: TrainingEngine;
  readonly topology: unknown;
  readonly options: TrainingOptions;
  /** The model whose weights the engine starts from, to be compared with. */
  readonly parent?: { readonly id: string; readonly parameters: Parameters };
  /** The music's files, where their bytes are known. */
  readonly data?: readonly DataFile[];
  /** Its `checkpoints` hold what is needed to go on. */
  readonly folder: string;
  /** Receives the model's files; by default `model` in the folder. */
  readonly modelFolder?: string;
  /** Draws the curve as PNG. */
  readonly drawCurve: (curve: readonly CurvePoint[]) => Uint8Array;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly onResume?: (step: number, curve: readonly CurvePoint[]) => void;
}

export interface TrainedModel {
  readonly ended: 'finished' | 'no-improvement' | 'stopped' | 'diverged';
  readonly step: number;
  readonly parameters: Parameters;
  /** Over the whole validation set. */
  readonly losses: Losses;
  readonly parentLosses?: Losses;
  readonly baselines: Baselines;
  readonly trainingWindows: number;
  readonly validationWindows: number;
}

const checkpointEveryMs = 60_000;

/**
 * Trains a model into its folder, going on from the folder's checkpoint if there is one,
 * and writes the best weights as a LayersModel with card and curve when the training ends,
 * is stopped or diverges.
 * @throws CheckpointMismatch when the folder's checkpoint is of another training.
 */
export async function trainModel(run: ModelTraining): Promise<TrainedModel> {
  const { corpus, engine, options, topology, folder } = run;
  const sequences = (files: Corpus['training']): Windows => new Windows(files.map((file) => file.sequence));
  const training = sequences(corpus.training);
  const validation = sequences(corpus.validation);
  const checkpoints = join(folder, 'checkpoints');
  const subject = JSON.stringify({
    options,
    files: [...corpus.training, ...corpus.validation].map(({ name }) => name).sort(),
  });

  const from = await loadCheckpoint(checkpoints, subject);
  if (from !== undefined) run.onResume?.(from.step, from.curve);
  let savedAt = performance.now();
  const { state, ended } = await train({
    engine,
    training,
    validation,
    options,
    ...(from && { from }),
    ...(run.signal && { signal: run.signal }),
    onStep: async (progress, stateNow) => {
      run.onProgress?.(progress);
      if (progress.point !== undefined || performance.now() - savedAt > checkpointEveryMs) {
        await saveCheckpoint(checkpoints, stateNow(), subject, topology);
        savedAt = performance.now();
      }
    },
  });
  if (ended !== 'diverged') await saveCheckpoint(checkpoints, state, subject, topology);

  const best = Number.isFinite(state.bestLoss) ? state.best : state.parameters;
  const lossesOf = (parameters: Parameters): Losses => {
    engine.restore(parameters);
    return evaluate(engine, validation);
  };
  const parentLosses = run.parent && lossesOf(run.parent.parameters);
  const losses = lossesOf(best);
  const baselines = measureBaselines(
    corpus.training.map((file) => file.sequence),
    corpus.validation.map((file) => file.sequence),
  );
  const trained: TrainedModel = {
    ended,
    step: state.step,
    parameters: best,
    losses,
    ...(parentLosses && { parentLosses }),
    baselines,
    trainingWindows: training.count,
    validationWindows: validation.count,
  };
  const { model, weights } = encodeLayersModel(best, topology, { name: run.name, losses, options });
  const files = {
    [modelFile]: Buffer.from(model),
    [weightsFile]: weights,
    'README.md': Buffer.from(modelCard(run, trained)),
    'curve.csv': Buffer.from(curveCsv(state.curve)),
    'curve.png': run.drawCurve(state.curve),
  };
  const manifest = encodeManifest(
    {
      name: run.name,
      ...(run.parent && { parent: run.parent.id }),
      trainedAt: new Date().toISOString(),
      ...(run.data && { data: run.data }),
      options,
      engine: engine.name,
      ended,
      steps: state.step,
      trainingWindows: training.count,
      validationWindows: validation.count,
      losses,
      ...(parentLosses && { parentLosses }),
      curve: state.curve,
    },
    files,
  );
  await writeFolder(run.modelFolder ?? join(folder, 'model'), { ...files, [manifestFile]: manifest });
  return trained;
}
