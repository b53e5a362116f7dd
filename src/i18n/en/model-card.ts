import { weightedLoss, type Losses } from '../../model/lstm/architecture.js';
import type { ModelTraining, TrainedModel } from '../../model/lstm/training/model-training.js';

/** The last section of a model card. */
export const limitsSection = 'Limits';

/** The music of a model that a server trained, for its card. */
export const musicOfServer =
  "MIDI files that were handed over for it, or that the operator offers (their SHA-256 is in `manifest.json`). What holds for that music and for the parent's weights holds for these weights too.";

/** The card of a model, in Markdown and in English everywhere: provenance, metrics and limitations. */
export function modelCard(run: ModelTraining, trained: TrainedModel): string {
  const { options, corpus, engine } = run;
  const { parentLosses, baselines } = trained;
  const row = (...cells: (string | number)[]): string =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(4) : cell)).join(' | ')} |`;
  const rowOf = (name: string, losses: Losses): string =>
    row(name, weightedLoss(losses), losses.pitch, losses.step, losses.duration);
  const parentRow =
    parentLosses === undefined ? '' : `${rowOf(`its parent, ${run.parent?.id}`, parentLosses)}\n`;
  const constantLoss = 0.05 * baselines.pitchUnigram + baselines.stepConstant + baselines.durationConstant;
  return `# Model card: ${run.name}

An LSTM that continues piano music note by note: windows of 25 notes (pitch / 128, step in seconds,
duration in seconds), LSTM(128, tanh), and heads for pitch (128 logits), step and duration. 84,354
parameters. TensorFlow.js LayersModel format (\`model.json\`, \`weights.bin\`).

## Data

${run.dataDescription}

${corpus.training.length} training files (${grouped(trained.trainingWindows)} windows), ${corpus.validation.length} validation files
(${grouped(trained.validationWindows)} windows); no window is in both.

## Training

| | |
|---|---|
| started from | ${run.parent?.id ?? 'random weights'} |
| steps | ${grouped(trained.step)} of batches of ${options.batchSize} (${ended[trained.ended]}) |
| epochs requested | ${options.epochs} |
| optimiser | Adam, rate ${options.rate}, ${options.schedule} schedule, warm-up over ${grouped(options.warmUp)} windows, gradient norm at most ${options.clipNorm} |
| loss | 0.05 · pitch cross-entropy + step loss + duration loss (squared error + 10 · max(−ŷ, 0)) |
| pitch weight in training | ${options.pitchWeight} until ${percent(options.pitchWeightUntil)} of the training, then 0.05 |
| augmentation | transposition ±${options.augmentation.transpose} semitones, tempo ±${percent(options.augmentation.stretch)} |
| engine | ${engine.name} |
| seed | ${options.seed} |

![Loss over the training](curve.png)

## Metrics, over the whole validation set

${row('', 'weighted loss', 'pitch cross-entropy (nats)', 'step loss (s²)', 'duration loss (s²)')}
|---|---|---|---|---|
${rowOf('**this model**', trained.losses)}
${parentRow}${row('constant predictor, pitch unigram', constantLoss, baselines.pitchUnigram, baselines.stepConstant, baselines.durationConstant)}
${row('pitch bigram', '', baselines.pitchBigram, '', '')}

## ${limitsSection}

For step and duration, the model predicts a single number: the mean of what could follow, which is
neither the gap within a chord nor the gap between melody notes. Sampling therefore draws each around
that number, independently. The model predicts no velocity and no pedal, hears only the last 25 notes
and has no notion of bars. Only a sampling rule, which keeps to the key, holds a longer piece together.
`;
}

const ended = {
  finished: 'completed',
  'no-improvement': 'stopped early: the validation loss no longer fell',
  stopped: 'stopped by the user',
  diverged: 'stopped when the loss was no longer finite; kept the best weights so far',
} as const;

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(6))} %`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
