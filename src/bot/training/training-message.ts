import { ButtonStyle } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { languageFor } from '../../i18n/languages.js';
import { soundIn } from '../../i18n/sound.js';
import { lossPartsOf, totalLoss, type Losses } from '../../model/losses.js';
import { isPianoAlone } from '../../music/piece.js';
import type { TrainableKind } from '../../request/networks.js';
import type { RefusedFile, Training, TrainingOutcome } from '../../training/trainings.js';
import { button, row } from '../reply/buttons.js';
import { formatCustomId } from '../dispatch/custom-id.js';
import type { MediaFile, MessageContent } from '../reply/message-content.js';
import { codeText, plainText } from '../reply/plain-text.js';
import type { TrainingMemo } from './training-memo.js';

/** What the buttons under a training do. */
export const trainingActions = { cancel: 'train-cancel', use: 'model-use', remove: 'model-delete' } as const;

/** The progress of a training, without the picture, since drawing takes time. */
export function progressMessage(training: Training, memo: TrainingMemo): MessageContent {
  const language = languageFor(memo.language);
  return {
    content: lines(
      `${heading(training, memo)}${training.resumed ? ` · ${language.training.resumed}` : ''}`,
      ...progressLines(language, training),
      ...musicLines(language, training),
    ),
    components: [
      row(button(formatCustomId(trainingActions.cancel, training.id), language.buttons.cancel, '✖️')),
    ],
  };
}

/** Shown when the bot is stopped while a training runs. */
export function pausedMessage(training: Training, memo: TrainingMemo): MessageContent {
  const language = languageFor(memo.language);
  return {
    content: lines(
      heading(training, memo),
      ...progressLines(language, training),
      language.training.paused,
      ...musicLines(language, training),
    ),
    components: [],
  };
}

/**
 * The result of a training, with pictures and audio.
 * @param curve its picture, unless it could not be drawn
 */
export function outcomeMessage(
  training: Training,
  memo: TrainingMemo,
  outcome: TrainingOutcome,
  curve?: MediaFile,
): MessageContent {
  const language = languageFor(memo.language);
  const { training: words, altText, buttons } = language;
  const { kind } = training;
  const { name } = outcome.model;
  const { losses, parentLosses, samples } = outcome;
  return {
    content: lines(
      heading(training, memo),
      words[outcome.ended],
      verdict(language, name, memo.parent, totalLoss(kind, losses), totalLoss(kind, parentLosses)),
      samples.length > 1 ? words.listen : '',
      lossTable(language, kind, [
        [memo.parent, parentLosses],
        [name, losses],
      ]),
      words.nothingChanges,
      ...musicLines(language, training),
    ),
    components: [
      row(
        button(formatCustomId(trainingActions.use, name), buttons.use, '✔️', ButtonStyle.Primary),
        button(formatCustomId(trainingActions.remove, name), buttons.delete, '🗑️', ButtonStyle.Danger),
      ),
    ],
    files: [
      ...(curve === undefined ? [] : [curve]),
      ...samples.flatMap(({ model, composition: { piece, outputs } }) => {
        const sound = soundIn(language, piece);
        const shown = outputs.filter(({ withTakes }) => withTakes);
        // Audio first, because people compare that.
        return shown.toReversed().map(({ role, extension, contentType, bytes }) => ({
          name: model + extension,
          contentType,
          bytes,
          description: altText.sampleBy(model, altText.outputs[role](sound, isPianoAlone(piece))),
        }));
      }),
    ],
  };
}

/** The same as text, for when Discord rejects files; files already shown stay. */
export function outcomeWithoutFiles(
  { content, components }: MessageContent,
  memo: TrainingMemo,
): MessageContent {
  const { training: words } = languageFor(memo.language);
  const others = content.split('\n').filter((line) => line !== words.listen);
  return { content: lines(...others, `-# ${words.withoutFiles}`), components };
}

/** @param sentence the error message */
export function failureMessage(training: Training, memo: TrainingMemo, sentence: string): MessageContent {
  return {
    content: lines(heading(training, memo), languageFor(memo.language).training.failed(sentence)),
    components: [],
  };
}

function heading({ name }: Training, { parent, user, language }: TrainingMemo): string {
  return languageFor(language).training.heading(codeText(name), codeText(parent), `<@${user}>`);
}

const barLength = 12;

function progressLines({ training: words, figures }: Language, { kind, progress }: Training): string[] {
  if (progress === undefined) return [words.gettingReady];
  const { epoch, epochs, done, loss, secondsLeft, curve } = progress;
  const filled = Math.round(done * barLength);
  const bar = '▰'.repeat(filled) + '▱'.repeat(barLength - filled);
  const validations = curve.map(({ validation }) => totalLoss(kind, validation));
  return [
    [
      `${bar} ${figures.percent(done)}`,
      words.epoch(Math.min(epoch + 1, epochs), epochs),
      ...(secondsLeft === undefined ? [] : [words.timeLeft(Math.round(secondsLeft / 60))]),
    ].join(' · '),
    [
      ...(loss === undefined ? [] : [words.loss(figures.loss(loss))]),
      ...(validations.length === 0
        ? []
        : [
            words.validationLoss(figures.loss(validations.at(-1)!)),
            words.lowest(figures.loss(Math.min(...validations))),
          ]),
    ].join(' · '),
  ];
}

function musicLines(language: Language, { trainingWindows, validationWindows, refused }: Training): string[] {
  return [
    `-# ${language.training.windows(trainingWindows, validationWindows)}`,
    ...leftOut(language, refused),
  ];
}

/** Discord's limit is 2000 characters in all, and escaping may double the length of people's text. */
const leftOutLength = 700;

function leftOut(language: Language, files: readonly RefusedFile[]): string[] {
  const { training: words } = language;
  const shown: string[] = [];
  let length = 0;
  for (const { name, refusal } of files) {
    const line = `-# ${words.leftOut(plainText(name, 60), plainText(language.refusal(refusal), 160))}`;
    length += line.length;
    if (length > leftOutLength) break;
    shown.push(line);
  }
  const more = files.length - shown.length;
  return more === 0 ? shown : [...shown, `-# ${words.leftOutMore(more)}`];
}

function verdict(
  { training: words, figures }: Language,
  name: string,
  parent: string,
  loss: number,
  parentLoss: number,
): string {
  const [value, parentValue] = [figures.loss(loss), figures.loss(parentLoss)];
  return loss < parentLoss
    ? words.better(1 - loss / parentLoss, value, codeText(parent), parentValue)
    : words.noBetter(codeText(name), value, codeText(parent), parentValue);
}

/** A table as a code block, which aligns in any client: Discord has no tables. */
function lossTable(
  { training: { table }, figures }: Language,
  kind: TrainableKind,
  rows: readonly (readonly [model: string, losses: Losses])[],
): string {
  const parts = lossPartsOf(kind);
  const width = Math.max(table.heldOut.length, ...rows.map(([model]) => model.length));
  const cells = (model: string, figures: readonly string[]): string =>
    model.padEnd(width) + figures.map((text) => text.padStart(9)).join('');
  return [
    '```',
    cells(table.heldOut, [table.loss, ...parts.map((part) => table[part])]),
    ...rows.map(([model, losses]) =>
      cells(
        model.replaceAll('`', '’'),
        [totalLoss(kind, losses), ...parts.map((part) => losses[part] ?? NaN)].map(figures.loss),
      ),
    ),
    '```',
  ].join('\n');
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
