import { join } from 'node:path';
import { evaluation as words } from '../i18n/en/evaluation.js';
import { english } from '../i18n/en/english.js';
import { terminal } from '../i18n/en/terminal.js';
import { rollWordsIn } from '../i18n/picture.js';
import { evaluateSongs, type SongEvaluation } from '../evaluation/song/evaluate-songs.js';
import { loadSongModel } from '../evaluation/song/load-song-model.js';
import { readPackedSongs, trainingParts } from '../evaluation/song/packed.js';
import { passagesOf } from '../evaluation/song/real-plan.js';
import { evaluateStyle, type StyleEvaluation } from '../evaluation/song/evaluate-style.js';
import { songReport, stylesReport } from '../evaluation/song/song-report.js';
import { shippedModels } from '../model/model-store.js';
import { taughtStyles, type TaughtStyle } from '../plan/song-plan.js';
import { styleNames, type StyleName } from '../plan/styles.js';
import type { CompositionRequest, SongTask } from '../request/request.js';
import { openMusicServices } from '../compose/music-services.js';
import { checkCard, updateCard } from './model-card-file.js';
import { openFolder, writeFiles } from './out-folder.js';
import { withBar } from './progress.js';
import { jsonLine, numberArgument, UsageError } from './terminal.js';

/** Default output folder of `training/song/convert.py`. */
const packedSongs = join('data', 'song', 'packed');
const cardSection = words.sections.songs;
const mostPieces = 100;
const seeds = 3;
/** The default of requests. */
const temperature = 1;

interface SongArguments {
  readonly style: string;
  readonly data?: string | undefined;
  readonly model?: string | undefined;
  readonly limit?: string | undefined;
  readonly out: string;
  readonly card?: string | undefined;
  readonly json: boolean;
}

/**
 * Evaluates a song network style by style: against held-out songs if it was trained on the style, otherwise in songs
 * that are requested. Reports styles for which there are no songs to compare with.
 */
export async function evaluateSongModel(values: SongArguments): Promise<void> {
  const { data = packedSongs, model: name = 'song', out } = values;
  const { taught, requested } = stylesIn(values.style);
  const limit = numberArgument('limit', values.limit, mostPieces, { min: 2, max: mostPieces, whole: true });
  if (values.card !== undefined) await checkCard(values.card);
  await openFolder(out);
  const dataFolder = process.env['DATA_DIR'] ?? 'data';
  const { id, model } = await loadSongModel([join(dataFolder, 'models'), shippedModels], name);
  const training = await trainingParts(data);
  const evaluations: SongEvaluation[] = [];
  for (const style of taught) {
    const passages = passagesOf(await readPackedSongs(data, 'validation', style), limit);
    if (passages.length === 0) {
      process.stderr.write(`${terminal.noSongs(style, data)}\n`);
      continue;
    }
    const evaluation = await withBar(terminal.progress.composing, passages.length * seeds, (update) =>
      evaluateSongs(model, style, passages, { seeds, temperature, training }, update),
    );
    evaluations.push(evaluation);
  }
  const ofRequests: StyleEvaluation[] = [];
  for (const style of requested) {
    const requests = await requestsIn(style, limit, { dataFolder, model: name });
    const evaluation = await withBar(terminal.progress.composing, limit, (update) =>
      evaluateStyle(model, style, requests, training, update),
    );
    ofRequests.push(evaluation);
  }
  const json = jsonLine({ model: id, temperature, styles: evaluations, requested: ofRequests });
  const markdown = [
    ...(evaluations.length > 0 ? [songReport(evaluations, id)] : []),
    ...(ofRequests.length > 0 ? [stylesReport(ofRequests, id)] : []),
  ].join('\n\n');
  await writeFiles(out, { 'report.json': json, 'report.md': `${markdown}\n` });
  if (values.card !== undefined) await updateCard(values.card, cardSection, markdown);
  process.stdout.write(values.json ? json : `${markdown}\n`);
}

type SongRequest = CompositionRequest & { readonly task: SongTask };

/** Requests of a style, seeds 1 to `count`, as the bot and the CLI make them. */
async function requestsIn(
  style: StyleName,
  count: number,
  { dataFolder, model }: { readonly dataFolder: string; readonly model: string },
): Promise<readonly SongRequest[]> {
  const music = await openMusicServices({ dataFolder, queueLimit: 1, words: rollWordsIn(english) });
  try {
    return Array.from({ length: count }, (_, i) => {
      const request = music.requests.start({ genre: style, model, seed: String(i + 1) });
      if (!isSong(request)) throw new RangeError(`${style} is no style of songs.`);
      return request;
    });
  } finally {
    await music.close();
  }
}

function isSong(request: CompositionRequest): request is SongRequest {
  return request.task.kind === 'song';
}

/** @throws UsageError naming a style that does not exist */
function stylesIn(names: string): {
  readonly taught: readonly TaughtStyle[];
  readonly requested: readonly StyleName[];
} {
  if (names === 'all') return { taught: taughtStyles, requested: [] };
  if (names === 'requested') return { taught: [], requested: styleNames };
  const taught: TaughtStyle[] = [];
  const requested: StyleName[] = [];
  for (const name of names.split(',').map((each) => each.trim())) {
    const ofTraining = taughtStyles.find((each) => each === name);
    const ofRequests = styleNames.find((each) => each === name);
    if (ofTraining !== undefined) taught.push(ofTraining);
    else if (ofRequests !== undefined) requested.push(ofRequests);
    else {
      const choices = [...new Set([...taughtStyles, ...styleNames]), 'all', 'requested'];
      throw new UsageError(terminal.wrong.choice('style', choices, name));
    }
  }
  return { taught, requested };
}
