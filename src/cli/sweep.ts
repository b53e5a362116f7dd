#!/usr/bin/env node
import { evaluation as words } from '../i18n/en/evaluation.js';
import { terminal } from '../i18n/en/terminal.js';
import { join } from 'node:path';
import { evaluationExcerpts, evaluationSeeds } from '../evaluation/evaluate.js';
import { loadOpenings } from '../compose/openings.js';
import { loadEvaluatedModel } from '../evaluation/load-evaluated-model.js';
import { libraryOf } from '../evaluation/material.js';
import { markdownTable, textTable } from '../evaluation/report-text.js';
import { grid, sweep, sweepTable } from '../evaluation/sweep.js';
import { shippedModels } from '../model/model-store.js';
import { defaultModel } from '../request/options.js';
import { openFolder, writeFiles } from './out-folder.js';
import { checkCard, updateCard } from './model-card-file.js';
import { readFiles, withBar } from './progress.js';
import { numberArgument, readArguments, runProgram, UsageError } from './terminal.js';

const cardSection = words.sections.sampling;

const usage = terminal.usage.sweep(cardSection, evaluationExcerpts, evaluationSeeds.length);

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    data: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    split: { type: 'string', default: 'validation' },
    model: { type: 'string', default: defaultModel },
    limit: { type: 'string' },
    seeds: { type: 'string' },
    out: { type: 'string', default: join('out', 'sweep') },
    card: { type: 'string' },
  });
  const { data, split, out } = values;
  if (data === undefined) throw new UsageError(terminal.wrong.noData);
  if (split !== 'validation' && split !== 'test') {
    throw new UsageError(terminal.wrong.choice('split', ['validation', 'test'], split));
  }
  const whole = { min: 2, max: evaluationExcerpts, whole: true };
  const excerpts = numberArgument('limit', values.limit, evaluationExcerpts, whole);
  const seedCount = numberArgument('seeds', values.seeds, evaluationSeeds.length, { ...whole, min: 1 });
  const seeds = Array.from({ length: seedCount }, (_, i) => i + 1);

  if (values.card !== undefined) await checkCard(values.card);
  await openFolder(out);

  const modelFolders = [join(process.env['DATA_DIR'] ?? 'data', 'models'), shippedModels];
  const model = await loadEvaluatedModel(modelFolders, values.model, { sampling: 'spread' });
  const settings = grid(settingsGiven(values.set, Object.keys(model.settings)));
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, heldOut: split, cacheFolder });
  const openings = await loadOpenings();
  const rows = await withBar(terminal.progress.settings, settings.length, (update) =>
    sweep(model, libraryOf(data, corpus, cacheFolder), settings, openings, { excerpts, seeds }, update),
  );
  const table = sweepTable(rows, { excerpts, seeds });
  const markdown = markdownTable(table);
  await writeFiles(out, { 'sweep.md': `${markdown}\n` });
  if (values.card !== undefined) await updateCard(values.card, cardSection, markdown);
  process.stdout.write(`${textTable(table)}\n\n${join(out, 'sweep.md')}\n`);
}

/** `name=1,2` options; the same name twice adds values. */
function settingsGiven(given: readonly string[], names: readonly string[]): Record<string, number[]> {
  const values: Record<string, number[]> = {};
  for (const each of given) {
    const [, name = '', list = ''] = /^([^=]*)=(.*)$/.exec(each) ?? [];
    if (!names.includes(name)) {
      throw new UsageError(terminal.wrong.setting(names, each));
    }
    const numbers = list
      .split(',')
      .map((text) => numberArgument(`set ${name}`, text, NaN, { min: 0, max: 100 }));
    values[name] = [...(values[name] ?? []), ...numbers];
  }
  if (given.length === 0) throw new UsageError(terminal.wrong.noSetting);
  return values;
}

await runProgram(main);
