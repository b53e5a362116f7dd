#!/usr/bin/env node
import { modelCard } from '../i18n/en/model-card.js';
import { terminal } from '../i18n/en/terminal.js';
import { english } from '../i18n/en/english.js';
import { curveWordsIn } from '../i18n/picture.js';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { weightedLoss } from '../model/lstm/architecture.js';
import { CheckpointMismatch } from '../model/lstm/training/checkpoint.js';
import { chooseEngine, engineNames, networkTopology } from '../model/lstm/training/engines.js';
import { tiledInitialisation } from '../model/lstm/training/initialisation.js';
import { Random } from '../model/random.js';
import type { TrainedModel } from '../model/lstm/training/model-training.js';
import { trainModel } from '../model/lstm/training/train-model.js';
import type { TrainingOptions, TrainingProgress } from '../model/lstm/training/training.js';
import { Windows } from '../model/lstm/training/windows.js';
import { UserError } from '../errors/user-error.js';
import { drawTrainingCurve } from '../render/curve/training-curve.js';
import { readFiles } from './progress.js';
import { openFolder } from './out-folder.js';
import { numberArgument, readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.train(engineNames);

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    data: { type: 'string' },
    files: { type: 'string' },
    epochs: { type: 'string' },
    name: { type: 'string', default: 'lstm' },
    out: { type: 'string' },
    batch: { type: 'string' },
    rate: { type: 'string' },
    schedule: { type: 'string', default: 'cosine' },
    'warm-up': { type: 'string' },
    clip: { type: 'string' },
    'pitch-weight': { type: 'string' },
    'pitch-weight-until': { type: 'string' },
    transpose: { type: 'string' },
    stretch: { type: 'string' },
    patience: { type: 'string' },
    round: { type: 'string' },
    engine: { type: 'string', default: 'auto' },
    'describe-data': { type: 'string' },
    seed: { type: 'string' },
  });
  if (values.data === undefined) throw new UsageError(terminal.wrong.noData);
  const { schedule } = values;
  if (schedule !== 'cosine' && schedule !== 'constant') {
    throw new UsageError(terminal.wrong.choice('schedule', ['cosine', 'constant'], schedule));
  }
  const whole = { min: 1, max: 1e9, whole: true };
  const seed = numberArgument('seed', values.seed, 1, { min: 0, max: 4_294_967_295, whole: true });
  const asked: TrainingOptions = {
    epochs: numberArgument('epochs', values.epochs, 10, whole),
    batchSize: numberArgument('batch', values.batch, 128, { ...whole, max: 4096 }),
    rate: numberArgument('rate', values.rate, 0.01, { min: 1e-7, max: 1 }),
    schedule,
    warmUp: numberArgument('warm-up', values['warm-up'], 15_000, { ...whole, min: 0 }),
    clipNorm: numberArgument('clip', values.clip, 0.1, { min: 1e-6, max: 1e6 }),
    pitchWeight: numberArgument('pitch-weight', values['pitch-weight'], 0.4, { min: 0, max: 100 }),
    pitchWeightUntil: numberArgument('pitch-weight-until', values['pitch-weight-until'], 0.7, {
      min: 0,
      max: 1,
    }),
    augmentation: {
      transpose: numberArgument('transpose', values.transpose, 3, { min: 0, max: 12, whole: true }),
      stretch: numberArgument('stretch', values.stretch, 0, { min: 0, max: 1 }),
    },
    patience: numberArgument('patience', values.patience, 10, whole),
    roundWindows: numberArgument('round', values.round, 250_000, whole),
    validationWindows: 20_000,
    seed,
  };

  const { name } = values;
  const folder = values.out ?? join('data', 'trainings', name);
  await openFolder(folder);
  const files = values.files === undefined ? undefined : numberArgument('files', values.files, 1, whole);
  const corpus = await readFiles(values.data, {
    seed,
    ...(files !== undefined && { files }),
    cacheFolder: join('data', 'cache', 'notes'),
  });
  // Validating a window costs a third of training on it: with a tenth as many windows, an epoch takes a
  // thirtieth longer. A thousand windows take a tenth of a second; fewer could not distinguish epochs.
  const trainingWindows = new Windows(corpus.training.map((file) => file.sequence)).count;
  const validationWindows = Math.max(1_000, Math.round(trainingWindows / 10));
  const options = { ...asked, validationWindows: Math.min(asked.validationWindows, validationWindows) };
  const engine = await chooseEngine(
    values.engine,
    tiledInitialisation(
      corpus.training.map((file) => file.sequence),
      new Random(seed),
    ),
  );
  const words = terminal.progress.training;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const bar = new SingleBar({
    format: `${words.title} [{bar}] {percentage} % | ${words.epoch} {epoch} | ${words.loss} {loss} | ${words.validation} {validation} | {eta_formatted} ${words.left}`,
    etaBuffer: 500,
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
  });
  let begun = false;
  let smoothed = NaN;
  let validation = '–';
  let from = 0;
  const onProgress = ({ step, totalSteps, epoch, loss, point }: TrainingProgress): void => {
    smoothed = Number.isNaN(smoothed) ? loss : 0.99 * smoothed + 0.01 * loss;
    if (point !== undefined) validation = weightedLoss(point.validation).toFixed(4);
    const shown = { epoch: `${epoch + 1}/${options.epochs}`, loss: smoothed.toFixed(4), validation };
    if (!begun) bar.start(totalSteps, from, shown);
    begun = true;
    bar.update(step, shown);
  };
  process.stderr.write(`${terminal.engine(engine.name)}
`);
  try {
    const trained = await trainModel({
      name,
      corpus,
      card: modelCard,
      dataDescription: values['describe-data'] ?? terminal.musicOfTrainer(files),
      engine,
      topology: await networkTopology(),
      options,
      folder,
      drawCurve: (curve) =>
        drawTrainingCurve(
          curve.map(({ step, trainingLoss, validation: losses }) => ({
            step,
            trainingLoss,
            validationLoss: weightedLoss(losses),
          })),
          curveWordsIn(english, name),
        ),
      signal: stop.signal,
      onProgress,
      onResume: (step) => {
        from = step;
        process.stderr.write(`${terminal.resuming(step)}
`);
      },
    });
    bar.stop();
    process.stdout.write(`${summary(trained)}
${terminal.trained.model(resolve(folder, 'model'))}
`);
  } catch (error) {
    bar.stop();
    if (!(error instanceof CheckpointMismatch)) throw error;
    throw new UserError('input.mismatch', { folder });
  } finally {
    engine.dispose();
  }
}

function summary({ ended, step, losses, baselines, validationWindows }: TrainedModel): string {
  const words = terminal.trained;
  const row = (name: string, ...values: (number | undefined)[]): string =>
    name.padEnd(24) + values.map((value) => (value?.toFixed(4) ?? '').padStart(12)).join('');
  return [
    words.ended(step, ended, validationWindows),
    `${' '.repeat(24)}${words.columns.map((title) => title.padStart(12)).join('')}`,
    row(words.thisModel, weightedLoss(losses), losses.pitch, losses.step, losses.duration),
    row(
      words.constant,
      undefined,
      baselines.pitchUnigram,
      baselines.stepConstant,
      baselines.durationConstant,
    ),
    row(words.bigram, undefined, baselines.pitchBigram),
  ].join('\n');
}

await runProgram(main);
