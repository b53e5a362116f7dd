import { join } from 'node:path';
import { weightedLoss, type Losses, type Parameters } from '../architecture.js';
import { baselineRows, measureBaselines } from './baselines.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { writeFolder } from '../../../storage/durable.js';
import type { CorpusFile } from '../../corpus.js';
import { encodeLayersModel } from '../layers-model.js';
import { modelFile, weightsFile } from '../../model-files.js';
import { encodeManifest, manifestFile } from '../../model-manifest.js';
import { evaluate, train, type CurvePoint } from './training.js';
import type { Sequence } from '../../sequence.js';
import type { LstmTraining, TrainedLstm } from './model-training.js';
import { Windows } from './windows.js';

const checkpointEveryMs = 60_000;

/**
 * Trains a model into its folder, resuming from the folder's checkpoint if there is one, and writes the best
 * weights as a LayersModel with card and curve when the training finishes, is stopped or diverges.
 * @throws CheckpointMismatch when the folder's checkpoint belongs to another training.
 */
export async function trainModel(run: LstmTraining): Promise<TrainedLstm> {
  const { music, engine, options, topology, folder } = run;
  const sequences = sequencesOf(music.training);
  const heldOut = sequencesOf(music.validation);
  const training = new Windows(sequences);
  const validation = new Windows(heldOut);
  const checkpoints = join(folder, 'checkpoints');
  const subject = JSON.stringify({
    options,
    files: [...music.training, ...music.validation].map(({ name }) => name).sort(),
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
  const trained: TrainedLstm = {
    ended,
    step: state.step,
    parameters: best,
    losses,
    ...(parentLosses && { parentLosses }),
    baselines: baselineRows(measureBaselines(sequences, heldOut)),
    trainingWindows: training.count,
    validationWindows: validation.count,
  };
  const { model, weights } = encodeLayersModel(best, topology, { name: run.name, losses, options });
  const card = run.card({
    ...trained,
    kind: 'lstm',
    name: run.name,
    dataDescription: run.dataDescription,
    trainingFiles: music.training.length,
    validationFiles: music.validation.length,
    ...(run.parent && { parent: run.parent.id }),
    options,
    engine: engine.name,
  });
  const files = {
    [modelFile]: Buffer.from(model),
    [weightsFile]: weights,
    'README.md': Buffer.from(card),
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
  await writeFolder(run.modelFolder, { ...files, [manifestFile]: manifest });
  return trained;
}

function sequencesOf(files: readonly CorpusFile[]): readonly Sequence[] {
  return files.map(({ sequence }) => sequence);
}

/** The curve as CSV with a header row. */
function curveCsv(curve: readonly CurvePoint[]): string {
  const rows = curve.map(({ step, epoch, trainingLoss, validation }) =>
    [
      step,
      epoch,
      trainingLoss,
      weightedLoss(validation),
      validation.pitch,
      validation.step,
      validation.duration,
    ]
      .map((value) => Number(value.toPrecision(7)))
      .join(','),
  );
  return [
    'step,epoch,training_loss,validation_loss,validation_pitch,validation_step,validation_duration',
    ...rows,
    '',
  ].join('\n');
}
