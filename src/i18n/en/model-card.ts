import { lossPartsOf, totalLoss, type Losses } from '../../model/losses.js';
import type { CardFacts } from '../../model/trainer.js';
import { registry, type LossPart, type TrainableKind } from '../../request/networks.js';

/** The last section of a model card. */
export const limitsSection = 'Limits';

/** The music of a model that a server trained, for its card. */
export const musicOfServer =
  "MIDI files that were handed over for it, or that the operator offers (their SHA-256 is in `manifest.json`). What holds for that music and for the parent's weights holds for these weights too.";

/** What a card says of all models of a kind. */
interface KindOfModel {
  readonly network: string;
  /** What training minimises. */
  readonly loss: string;
  readonly limits: string;
}

const kinds: Readonly<Record<TrainableKind, KindOfModel>> = {
  lstm: {
    network: `An LSTM that continues piano music note by note: windows of 25 notes (pitch / 128, step in seconds,
duration in seconds), LSTM(128, tanh), and heads for pitch (128 logits), step and duration. 84,354
parameters. TensorFlow.js LayersModel format (\`model.json\`, \`weights.bin\`).`,
    loss: '0.05 · pitch cross-entropy + step loss + duration loss (squared error + 10 · max(−ŷ, 0))',
    limits: `For step and duration, the model predicts a single number: the mean of what could follow, which is
neither the gap within a chord nor the gap between melody notes. Sampling therefore draws each around
that number, independently. The model predicts no velocity and no pedal, hears only the last 25 notes
and has no notion of bars. Only a sampling rule, which keeps to the key, holds a longer piece together.`,
  },
};

const lossColumns: Readonly<Record<LossPart, string>> = {
  pitch: 'pitch cross-entropy (nats)',
  step: 'step loss (s²)',
  duration: 'duration loss (s²)',
};

const baselineNames = { constant: 'constant predictor, pitch unigram', bigram: 'pitch bigram' } as const;

/** The card of a model, in Markdown and in English everywhere: provenance, metrics and limitations. */
export function modelCard(facts: CardFacts): string {
  const { kind, options, parent, losses, parentLosses, baselines } = facts;
  const { network, loss, limits } = kinds[kind];
  const parts = lossPartsOf(kind);
  const row = (...cells: string[]): string => `| ${cells.join(' | ')} |\n`;
  const figure = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '' : value.toFixed(4);
  const rowOf = (name: string, of: Losses): string =>
    row(name, figure(totalLoss(kind, of)), ...parts.map((part) => figure(of[part])));
  return `# Model card: ${facts.name}

${network}

## Data

${facts.dataDescription}

${facts.trainingFiles} training files (${grouped(facts.trainingWindows)} windows), ${facts.validationFiles} validation files
(${grouped(facts.validationWindows)} windows); no window is in both.

## Training

| | |
|---|---|
| started from | ${parent ?? 'random weights'} |
| steps | ${grouped(facts.step)} of batches of ${options.batchSize} (${ended[facts.ended]}) |
| epochs requested | ${options.epochs} |
| optimiser | Adam, rate ${options.rate}, ${options.schedule} schedule, warm-up over ${grouped(options.warmUp)} windows, gradient norm at most ${options.clipNorm} |
| loss | ${loss} |
| pitch weight in training | ${options.pitchWeight} until ${percent(options.pitchWeightUntil)} of the training, then ${registry[kind].training.lossWeights.pitch} |
| augmentation | transposition ±${options.augmentation.transpose} semitones, tempo ±${percent(options.augmentation.stretch)} |
| engine | ${facts.engine} |
| seed | ${options.seed} |

![Loss over the training](curve.png)

## Metrics, over the whole validation set

${row('', 'weighted loss', ...parts.map((part) => lossColumns[part]))}|---${'|---'.repeat(parts.length + 1)}|
${rowOf('**this model**', losses)}${parentLosses === undefined ? '' : rowOf(`its parent, ${parent}`, parentLosses)}${baselines.map((each) => rowOf(baselineNames[each.name], each.losses)).join('')}
## ${limitsSection}

${limits}
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
