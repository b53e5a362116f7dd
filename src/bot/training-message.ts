import { ButtonStyle } from 'discord.js';
import { weightedLoss, type Losses } from '../studio/training-terms.js';
import type { RefusedFile, Training, TrainingOutcome, TrainingProgress } from '../studio/trainings.js';
import { button, row } from './buttons.js';
import { formatCustomId } from './custom-id.js';
import type { MessageContent } from './message-content.js';
import { codeText, plainText } from './plain-text.js';
import type { TrainingMemo } from './training-memo.js';

/** What the buttons under a training do. */
export const trainingActions = { cancel: 'train-cancel', use: 'model-use', remove: 'model-delete' } as const;

/** How far a training is; without a picture, since drawing takes time. */
export function progressMessage(training: Training, memo: TrainingMemo): MessageContent {
  return {
    content: lines(
      `${heading(training, memo)}${training.resumed ? ' · goes on after a restart' : ''}`,
      ...progressLines(training.progress),
      ...musicLines(training),
    ),
    components: [row(button(formatCustomId(trainingActions.cancel, training.id), 'Cancel', '✖️'))],
  };
}

/** The last words of a bot that is stopped while a training goes on. */
export function pausedMessage(training: Training, memo: TrainingMemo): MessageContent {
  return {
    content: lines(
      heading(training, memo),
      ...progressLines(training.progress),
      'I am being restarted; the training goes on afterwards.',
      ...musicLines(training),
    ),
    components: [],
  };
}

const listen = 'Listen to both: the same opening and seed through each of them.';

/** What came out of a training, to be compared by eye and by ear. */
export function outcomeMessage(
  training: Training,
  memo: TrainingMemo,
  outcome: TrainingOutcome,
): MessageContent {
  const { name } = outcome.model;
  const { losses, parentLosses, samples, curve } = outcome;
  return {
    content: lines(
      heading(training, memo),
      endings[outcome.ended],
      verdict(name, memo.parent, weightedLoss(losses), weightedLoss(parentLosses)),
      samples.length > 1 ? listen : '',
      lossTable([
        [memo.parent, parentLosses],
        [name, losses],
      ]),
      'Nothing changes in this server until somebody who may train presses Use.',
      ...musicLines(training),
    ),
    components: [
      row(
        button(formatCustomId(trainingActions.use, name), 'Use', '✔️', ButtonStyle.Primary),
        button(formatCustomId(trainingActions.remove, name), 'Delete', '🗑️', ButtonStyle.Danger),
      ),
    ],
    files: [
      curve,
      ...samples.flatMap(({ model, audio, midi }) =>
        [audio, midi].map((file) => ({ ...file, description: `By ${model}. ${file.description}` })),
      ),
    ],
  };
}

/** The same in words, for when Discord takes no files any more; what the message shows stays. */
export function outcomeWithoutFiles({ content, components }: MessageContent): MessageContent {
  const note = '-# Discord did not take the curve and the sound; `/model show` has the figures.';
  const words = content.split('\n').filter((line) => line !== listen);
  return { content: lines(...words, note), components };
}

/** @param sentence why it came to nothing */
export function failureMessage(training: Training, memo: TrainingMemo, sentence: string): MessageContent {
  return {
    content: lines(heading(training, memo), `**It could not be carried through.** ${sentence}`),
    components: [],
  };
}

/** How far a training is, in a few words: `34 %, about 2 min left`. */
export function briefProgress(progress: TrainingProgress | undefined): string {
  if (progress === undefined) return 'it has only just begun';
  const { done, secondsLeft } = progress;
  return [percent(done), ...(secondsLeft === undefined ? [] : [timeLeft(secondsLeft)])].join(', ');
}

const endings: Readonly<Record<TrainingOutcome['ended'], string>> = {
  finished: 'It ran to its end.',
  'no-improvement': 'It ended early, since it no longer improved; this is the best of it.',
  stopped: 'It was cancelled; this is the best so far.',
  diverged: 'It ended early, since its loss was no longer a number; this is the best until then.',
};

function heading({ name }: Training, { parent, user }: TrainingMemo): string {
  return `**Training ${codeText(name)}** from ${codeText(parent)}, for <@${user}>`;
}

const barLength = 12;

function progressLines(progress: TrainingProgress | undefined): string[] {
  if (progress === undefined) return ['Getting ready.'];
  const { epoch, epochs, done, loss, secondsLeft, curve } = progress;
  const filled = Math.round(done * barLength);
  const bar = '▰'.repeat(filled) + '▱'.repeat(barLength - filled);
  const validations = curve.map(({ validation }) => weightedLoss(validation));
  return [
    [
      `${bar} ${percent(done)}`,
      `epoch ${Math.min(epoch + 1, epochs)} of ${epochs}`,
      ...(secondsLeft === undefined ? [] : [timeLeft(secondsLeft)]),
    ].join(' · '),
    [
      ...(loss === undefined ? [] : [`loss ${figure(loss)}`]),
      ...(validations.length === 0
        ? []
        : [
            `validation loss ${figure(validations.at(-1)!)}`,
            `lowest so far ${figure(Math.min(...validations))}`,
          ]),
    ].join(' · '),
  ];
}

function musicLines({ trainingWindows, validationWindows, refused }: Training): string[] {
  return [
    `-# ${grouped(trainingWindows)} windows to learn from, ${grouped(validationWindows)} held out.`,
    ...leftOut(refused),
  ];
}

/** Discord takes 2000 characters in all, and escaping may double what people wrote. */
const leftOutLength = 700;

function leftOut(files: readonly RefusedFile[]): string[] {
  const shown: string[] = [];
  let length = 0;
  for (const { name, reason } of files) {
    const line = `-# Left out: ${plainText(name, 60)}: ${plainText(reason, 160)}`;
    length += line.length;
    if (length > leftOutLength) break;
    shown.push(line);
  }
  const more = files.length - shown.length;
  return more === 0 ? shown : [...shown, `-# Left out as well: ${more} more.`];
}

function verdict(name: string, parent: string, loss: number, parentLoss: number): string {
  const change = Math.abs(1 - loss / parentLoss);
  const figures = `on held-out music its loss is ${figure(loss)}, that of ${codeText(parent)} ${figure(parentLoss)}`;
  return loss < parentLoss
    ? `**Better by ${percent(change, 1)}:** ${figures}.`
    : `**${codeText(name)} is no better than ${codeText(parent)}:** ${figures}. It is not worth using, unless your ears say otherwise.`;
}

/** A table that lines up in any client: code, since Discord has no tables. */
function lossTable(rows: readonly (readonly [model: string, losses: Losses])[]): string {
  const width = Math.max(8, ...rows.map(([model]) => model.length));
  const cells = (model: string, figures: readonly string[]): string =>
    model.padEnd(width) + figures.map((text) => text.padStart(9)).join('');
  return [
    '```',
    cells('held out', ['loss', 'pitch', 'step', 'duration']),
    ...rows.map(([model, losses]) =>
      cells(
        model.replaceAll('`', '’'),
        [weightedLoss(losses), losses.pitch, losses.step, losses.duration].map(figure),
      ),
    ),
    '```',
  ].join('\n');
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function figure(loss: number): string {
  return loss.toFixed(3);
}

function percent(fraction: number, digits = 0): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function timeLeft(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 1 ? 'less than a minute left' : `about ${minutes} min left`;
}
