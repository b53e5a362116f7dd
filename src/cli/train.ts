#!/usr/bin/env node
import { modelCard } from '../i18n/en/model-card.js';
import { terminal } from '../i18n/en/terminal.js';
import { english } from '../i18n/en/english.js';
import { curveWordsIn } from '../i18n/picture.js';
import { join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { lossPartsOf, pointsOf, totalLoss, type Losses } from '../model/losses.js';
import { trainerOf } from '../model/registry.js';
import type { TrainedModel, TrainingOptions, TrainingProgress } from '../model/trainer.js';
import { sum } from '../music/numbers.js';
import { drawTrainingCurve } from '../render/curve/training-curve.js';
import { trainableKinds, type TrainableKind } from '../request/networks.js';
import { readFiles } from './progress.js';
import { openFolder } from './out-folder.js';
import { numberArgument, readArguments, runProgram, UsageError } from './terminal.js';

const kind = trainableKinds[0]!;
const { windows, fromScratch } = await trainerOf(kind);
const { defaults, engines, train } = fromScratch;
const usage = terminal.usage.train(engines);

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    data: { type: 'string' },
    files: { type: 'string' },
    epochs: { type: 'string' },
    name: { type: 'string', default: kind },
    out: { type: 'string' },
    batch: { type: 'string' },
    rate: { type: 'string' },
    schedule: { type: 'string', default: defaults.schedule },
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
    epochs: numberArgument('epochs', values.epochs, defaults.epochs, whole),
    batchSize: numberArgument('batch', values.batch, defaults.batchSize, { ...whole, max: 4096 }),
    rate: numberArgument('rate', values.rate, defaults.rate, { min: 1e-7, max: 1 }),
    schedule,
    warmUp: numberArgument('warm-up', values['warm-up'], defaults.warmUp, { ...whole, min: 0 }),
    clipNorm: numberArgument('clip', values.clip, defaults.clipNorm, { min: 1e-6, max: 1e6 }),
    pitchWeight: numberArgument('pitch-weight', values['pitch-weight'], defaults.pitchWeight, {
      min: 0,
      max: 100,
    }),
    pitchWeightUntil: numberArgument(
      'pitch-weight-until',
      values['pitch-weight-until'],
      defaults.pitchWeightUntil,
      { min: 0, max: 1 },
    ),
    augmentation: {
      transpose: numberArgument('transpose', values.transpose, defaults.augmentation.transpose, {
        min: 0,
        max: 12,
        whole: true,
      }),
      stretch: numberArgument('stretch', values.stretch, defaults.augmentation.stretch, { min: 0, max: 1 }),
    },
    patience: numberArgument('patience', values.patience, defaults.patience, whole),
    roundWindows: numberArgument('round', values.round, defaults.roundWindows, whole),
    validationWindows: defaults.validationWindows,
    seed,
  };

  const { name } = values;
  const folder = values.out ?? join('data', 'trainings', name);
  const modelFolder = resolve(folder, 'model');
  await openFolder(folder);
  const files = values.files === undefined ? undefined : numberArgument('files', values.files, 1, whole);
  const corpus = await readFiles(values.data, {
    seed,
    ...(files !== undefined && { files }),
    cacheFolder: join('data', 'cache', 'notes'),
  });
  // Validating a window costs a third of training on it: with a tenth as many windows, an epoch takes a
  // thirtieth longer. A thousand windows take a tenth of a second; fewer could not distinguish epochs.
  const trainingWindows = sum(corpus.training.map(({ sequence }) => windows(sequence.pitch.length)));
  const validationWindows = Math.max(1_000, Math.round(trainingWindows / 10));
  const options = { ...asked, validationWindows: Math.min(asked.validationWindows, validationWindows) };
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
    if (point !== undefined) validation = totalLoss(kind, point.validation).toFixed(4);
    const shown = { epoch: `${epoch + 1}/${options.epochs}`, loss: smoothed.toFixed(4), validation };
    if (!begun) bar.start(totalSteps, from, shown);
    begun = true;
    bar.update(step, shown);
  };
  try {
    const trained = await train({
      name,
      music: corpus,
      card: modelCard,
      dataDescription: values['describe-data'] ?? terminal.musicOfTrainer(files),
      engine: values.engine,
      options,
      folder,
      modelFolder,
      drawCurve: (curve) => drawTrainingCurve(pointsOf(kind, curve), curveWordsIn(english, name)),
      signal: stop.signal,
      onProgress,
      onEngine: (engine) => process.stderr.write(`${terminal.engine(engine)}\n`),
      onResume: (step) => {
        from = step;
        process.stderr.write(`${terminal.resuming(step)}\n`);
      },
    });
    bar.stop();
    process.stdout.write(`${summary(kind, trained)}\n${terminal.trained.model(modelFolder)}\n`);
  } finally {
    bar.stop();
  }
}

function summary(of: TrainableKind, trained: TrainedModel): string {
  const words = terminal.trained;
  const parts = lossPartsOf(of);
  const row = (name: string, cells: readonly string[]): string =>
    name.padEnd(24) + cells.map((cell) => cell.padStart(12)).join('');
  const rowOf = (name: string, losses: Losses): string =>
    row(
      name,
      [totalLoss(of, losses), ...parts.map((part) => losses[part] ?? NaN)].map((loss) =>
        Number.isNaN(loss) ? '' : loss.toFixed(4),
      ),
    );
  return [
    words.ended(trained.step, trained.ended, trained.validationWindows),
    row('', [words.weighted, ...parts.map((part) => words.parts[part])]),
    rowOf(words.thisModel, trained.losses),
    ...trained.baselines.map(({ name, losses }) => rowOf(words[name], losses)),
  ].join('\n');
}

await runProgram(main);
