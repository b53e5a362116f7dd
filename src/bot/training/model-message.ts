import type { Language } from '../../i18n/language.js';
import { makingIn, networkIn } from '../../i18n/network.js';
import { lossPartsOf, totalLoss, type Losses } from '../../model/losses.js';
import type { ModelDetails, ModelSummary } from '../../model/model-library.js';
import { isTrainable } from '../../request/networks.js';
import { codeText, plainText } from '../reply/plain-text.js';

/** Below Discord's limit of 2000 characters. */
const maxLength = 1900;

/** A line for each model, the one in use in bold. */
export function modelList({ models: words }: Language, models: readonly ModelSummary[]): string {
  return fittingLines(
    words,
    models.map(({ name, origin, current }) => {
      const line = `${codeText(name, 64)} · ${words[origin]}`;
      return current ? `**${line} · ${words.current}**` : line;
    }),
  );
}

/** The origin of a model, its training data and its results. */
export function modelDetails(language: Language, model: ModelDetails): string {
  const { models: words, figures, training } = language;
  const { id, kind, origin, current, parent, trainedAt, epochs, rate, trainingWindows, data = [] } = model;
  const held = (label: string, losses: Losses | undefined): string[] => {
    if (losses === undefined || !isTrainable(kind)) return [];
    const parts = lossPartsOf(kind).map(
      (part) => `${training.table[part]} ${figures.loss(losses[part] ?? NaN)}`,
    );
    return [`${label}: **${figures.loss(totalLoss(kind, losses))}** (${parts.join(' · ')})`];
  };
  return fittingLines(words, [
    `**${codeText(id)}** · ${words[origin]}${current ? ` · ${words.current}` : ''}`,
    ...(origin === 'shipped' ? [networkIn(language, kind), ...makingIn(language, kind)] : []),
    ...listed(words.trained, [
      ...(parent === undefined ? [] : [words.from(codeText(parent))]),
      ...(trainedAt === undefined ? [] : [`<t:${Math.floor(Date.parse(trainedAt) / 1000)}:f>`]),
      ...(epochs === undefined ? [] : [words.epochs(epochs)]),
      ...(rate === undefined ? [] : [words.rate(String(rate))]),
      ...(trainingWindows === undefined ? [] : [words.windows(trainingWindows)]),
    ]),
    ...held(words.heldOutLoss, model.losses),
    ...held(words.parentLoss, model.parentLosses),
    ...curveLines(words, figures, model),
    ...(data.length === 0 ? [] : [words.learntFrom(data.length)]),
    ...data.map(({ name, sha256 }) => `- \`${sha256.slice(0, 12)}\` ${plainText(name, 60)}`),
  ]);
}

type Words = Language['models'];

function curveLines(
  words: Words,
  { loss }: Language['figures'],
  { kind, curve = [] }: ModelDetails,
): string[] {
  if (curve.length === 0 || !isTrainable(kind)) return [];
  const losses = curve.map(({ validation }) => totalLoss(kind, validation));
  const lowest = Math.min(...losses);
  const at = curve[losses.indexOf(lowest)]!.epoch;
  return listed(words.validationLoss, [
    words.first(loss(losses[0]!)),
    words.lowest(loss(lowest), Number(at.toFixed(1))),
    words.last(loss(losses.at(-1)!)),
  ]);
}

function listed(label: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${label}: ${parts.join(' · ')}`];
}

/** As many lines as fit, and the number of omitted ones. */
function fittingLines(words: Words, lines: readonly string[]): string {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= maxLength);
  const more = lines.length - shown.length;
  return more === 0 ? shown.join('\n') : [...shown, words.more(more)].join('\n');
}
