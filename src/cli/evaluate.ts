#!/usr/bin/env node
import { evaluation as words } from '../i18n/en/evaluation.js';
import { terminal } from '../i18n/en/terminal.js';
import { english } from '../i18n/en/english.js';
import { rollWordsIn } from '../i18n/picture.js';
import { join } from 'node:path';
import { adherence, requestsInAll, type ComposeMidi } from '../evaluation/adherence.js';
import { measureCost } from '../evaluation/cost.js';
import {
  comparisonsPerSeed,
  compareWithKnown,
  describeMusic,
  evaluationExcerpts,
  evaluationSeeds,
  play,
  type Evaluation,
} from '../evaluation/evaluate.js';
import { loadOpenings } from '../compose/openings.js';
import { excerptLength } from '../evaluation/excerpt.js';
import { judgePieces, piecesInAll } from '../evaluation/judge-pieces.js';
import { wishBands } from '../evaluation/wish-bands.js';
import { loadEvaluatedModel } from '../evaluation/load-evaluated-model.js';
import { libraryOf } from '../evaluation/material.js';
import { pageReport } from '../evaluation/report-page.js';
import { markdownReport, textReport } from '../evaluation/report-text.js';
import { shippedModels } from '../model/model-store.js';
import { outputOf } from '../compose/composition.js';
import { openMusicServices } from '../compose/music-services.js';
import { defaultModel, type RawOptions } from '../request/options.js';
import { evaluateSongModel } from './evaluate-songs.js';
import { openFolder, writeFiles } from './out-folder.js';
import { checkCard, updateCard } from './model-card-file.js';
import { readFiles, withBar } from './progress.js';
import { jsonLine, numberArgument, readArguments, runProgram, UsageError } from './terminal.js';

const cardSection = words.sections.music;

const usage = terminal.usage.evaluate(cardSection, evaluationExcerpts);

/** Pieces composed to measure the cost of a file. */
const costPieces = 20;

/** Pieces requested per composer, time and mood. */
const wishPieces = 102;

/** Pieces requested per value of each tag. */
const tagRequests = 20;

const bars = terminal.progress;

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    data: { type: 'string' },
    split: { type: 'string', default: 'validation' },
    model: { type: 'string' },
    style: { type: 'string' },
    sampling: { type: 'string', default: 'spread' },
    limit: { type: 'string' },
    out: { type: 'string', default: join('out', 'evaluation') },
    card: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  if (values.style !== undefined) {
    await evaluateSongModel({ ...values, style: values.style });
    return;
  }
  const { data, split, sampling, model: name = defaultModel, out } = values;
  if (data === undefined) throw new UsageError(terminal.wrong.noData);
  if (split !== 'validation' && split !== 'test') {
    throw new UsageError(terminal.wrong.choice('split', ['validation', 'test'], split));
  }
  if (sampling !== 'spread' && sampling !== 'source') {
    throw new UsageError(terminal.wrong.choice('sampling', ['spread', 'source'], sampling));
  }
  const limit = numberArgument('limit', values.limit, evaluationExcerpts, {
    min: 2,
    max: evaluationExcerpts,
    whole: true,
  });

  if (values.card !== undefined) await checkCard(values.card);
  await openFolder(out);

  const dataFolder = process.env['DATA_DIR'] ?? 'data';
  const modelFolders = [join(dataFolder, 'models'), shippedModels];
  const model = await loadEvaluatedModel(modelFolders, name, { sampling });
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, heldOut: split, cacheFolder });
  const library = libraryOf(data, corpus, cacheFolder);
  const seeds = evaluationSeeds;

  const toCome = seeds.length * limit * excerptLength;
  const sessions = await withBar(bars.composing, toCome, (onProgress) =>
    play(model, library, { excerpts: limit, seeds, onProgress }),
  );
  const {
    rows,
    giveaways,
    values: featureValues,
  } = await withBar(bars.comparing, comparisonsPerSeed * seeds.length, (update) =>
    compareWithKnown(sessions, update),
  );
  const described = await withBar(bars.copies, 1, () => describeMusic(sessions, featureValues, library));
  const judged = {
    ...library,
    corpus:
      values.limit === undefined ? corpus : { ...corpus, validation: corpus.validation.slice(0, limit) },
  };
  const positions = judged.corpus.validation.reduce((sum, { sequence }) => sum + sequence.pitch.length, 0);
  const likelihood = await withBar(bars.likelihood, positions, (update) => model.likelihood(judged, update));
  const obeyed = await withBar(bars.obeying, requestsInAll, (update) =>
    askProduct(dataFolder, { model: name, ...model.options }, update),
  );
  const tags = await withBar(bars.tags, 1, async () =>
    model.followTags?.(sessions[0]!.material.primers, values.limit === undefined ? tagRequests : 1),
  );
  const openings = await loadOpenings();
  const pieceOptions = { pieces: limit, seeds };
  const pieces = await withBar(bars.pieces, piecesInAll(pieceOptions), (onProgress) =>
    judgePieces(model, openings, library, { ...pieceOptions, onProgress }),
  );
  const wishes = await withBar(bars.wishes, 1, async () =>
    model.followTags === undefined
      ? []
      : wishBands(model, openings, library, data, values.limit === undefined ? wishPieces : 2),
  );
  const cost = await withBar(bars.timing, 1, () =>
    measureCost({
      modelFolders,
      model: name,
      options: model.options,
      primer: sessions[0]!.material.primers[0]!,
      pieces: costPieces,
    }),
  );

  const evaluation: Evaluation = {
    model: model.id,
    split,
    ...model.options,
    settings: model.settings,
    seeds,
    excerpts: sessions[0]!.generated.length,
    excerptNotes: excerptLength,
    primerNotes: model.primerNotes,
    trainingPieces: corpus.training.length,
    heldOutPieces: corpus.validation.length,
    likelihood,
    pieces,
    wishes,
    distances: rows,
    giveaways,
    ...described,
    adherence: [...obeyed, ...(tags ?? [])],
    cost,
  };
  const json = jsonLine(evaluation);
  const markdown = markdownReport(evaluation);
  await writeFiles(out, {
    'report.json': json,
    'report.md': `${markdown}\n`,
    'report.html': pageReport(evaluation, featureValues),
  });
  if (values.card !== undefined) await updateCard(values.card, cardSection, markdown);
  process.stdout.write(values.json ? json : `${textReport(evaluation)}\n\n${join(out, 'report.html')}\n`);
}

/** Composes in the same way as the bot and the CLI. */
async function askProduct(
  dataFolder: string,
  fixed: RawOptions,
  onProgress: (done: number) => void,
): ReturnType<typeof adherence> {
  const music = await openMusicServices({ dataFolder, queueLimit: 1, words: rollWordsIn(english) });
  const compose: ComposeMidi = async (wish) => {
    return outputOf(await music.composing.compose(music.requests.start({ ...fixed, ...wish })), 'midi').bytes;
  };
  try {
    return await adherence(compose, onProgress);
  } finally {
    await music.close();
  }
}

await runProgram(main);
