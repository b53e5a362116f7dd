import { weightedLoss, type Losses } from '../studio/training-terms.js';
import type { ModelDetails, ModelSummary } from '../studio/trainings.js';
import { codeText, plainText } from './plain-text.js';

/** Discord takes 2000 characters. */
const maxLength = 1900;

/** A line for each model, the one in use in bold. */
export function modelList(models: readonly ModelSummary[]): string {
  return fittingLines(
    models.map(({ name, origin, current }) => {
      const line = `${codeText(name, 64)} · ${origins[origin]}`;
      return current ? `**${line} · in use**` : line;
    }),
  );
}

/** Where a model comes from, what it learnt and how well. */
export function modelDetails(model: ModelDetails): string {
  const { id, origin, current, parent, trainedAt, epochs, rate, trainingWindows, data = [] } = model;
  return fittingLines([
    `**${codeText(id)}** · ${origins[origin]}${current ? ' · in use' : ''}`,
    ...listed('Trained', [
      ...(parent === undefined ? [] : [`from ${codeText(parent)}`]),
      ...(trainedAt === undefined ? [] : [`<t:${Math.floor(Date.parse(trainedAt) / 1000)}:f>`]),
      ...(epochs === undefined ? [] : [`${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`]),
      ...(rate === undefined ? [] : [`rate ${rate}`]),
      ...(trainingWindows === undefined ? [] : [`${trainingWindows.toLocaleString('en-US')} windows`]),
    ]),
    ...held('Held-out loss', model.losses),
    ...held('Its parent’s', model.parentLosses),
    ...curveLines(model),
    ...(data.length === 0 ? [] : [`Learnt from ${data.length} ${data.length === 1 ? 'file' : 'files'}:`]),
    ...data.map(({ name, sha256 }) => `- \`${sha256.slice(0, 12)}\` ${plainText(name, 60)}`),
  ]);
}

const origins: Readonly<Record<ModelSummary['origin'], string>> = {
  shipped: 'comes with the bot',
  operator: 'from the operator of the bot',
  server: 'trained by this server',
};

function held(label: string, losses: Losses | undefined): string[] {
  if (losses === undefined) return [];
  const [pitch, step, duration] = [losses.pitch, losses.step, losses.duration].map(figure);
  return [
    `${label}: **${figure(weightedLoss(losses))}** (pitch ${pitch}, step ${step}, duration ${duration})`,
  ];
}

function curveLines({ curve = [] }: ModelDetails): string[] {
  if (curve.length === 0) return [];
  const losses = curve.map(({ validation }) => weightedLoss(validation));
  const lowest = Math.min(...losses);
  const at = curve[losses.indexOf(lowest)]!.epoch;
  return listed('Validation loss', [
    `first ${figure(losses[0]!)}`,
    `lowest ${figure(lowest)} after ${Number(at.toFixed(1))} epochs`,
    `last ${figure(losses.at(-1)!)}`,
  ]);
}

function listed(label: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${label}: ${parts.join(' · ')}`];
}

function figure(loss: number): string {
  return loss.toFixed(3);
}

/** As many lines as fit, and how many do not. */
function fittingLines(lines: readonly string[]): string {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= maxLength);
  const more = lines.length - shown.length;
  return more === 0 ? shown.join('\n') : [...shown, `… and ${more} more.`].join('\n');
}
