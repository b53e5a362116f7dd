import { join } from 'node:path';
import { evaluation as words } from '../i18n/en/evaluation.js';
import { terminal } from '../i18n/en/terminal.js';
import { evaluateSongs, type SongEvaluation } from '../evaluation/song/evaluate-songs.js';
import { loadSongModel } from '../evaluation/song/load-song-model.js';
import { readPackedSongs, trainingParts } from '../evaluation/song/packed.js';
import { songReport } from '../evaluation/song/song-report.js';
import { shippedModels } from '../model/model-store.js';
import { taughtStyles, type TaughtStyle } from '../plan/song-plan.js';
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

/** Evaluates a song network style by style; reports styles for which there are no songs to compare with. */
export async function evaluateSongModel(values: SongArguments): Promise<void> {
  const { data = packedSongs, model: name = 'song', out } = values;
  const styles = stylesIn(values.style);
  const limit = numberArgument('limit', values.limit, mostPieces, { min: 2, max: mostPieces, whole: true });
  if (values.card !== undefined) await checkCard(values.card);
  await openFolder(out);
  const dataFolder = process.env['DATA_DIR'] ?? 'data';
  const { id, model } = await loadSongModel([join(dataFolder, 'models'), shippedModels], name);
  const training = await trainingParts(data);
  const evaluations: SongEvaluation[] = [];
  for (const style of styles) {
    const songs = await readPackedSongs(data, 'validation', style);
    if (songs.length === 0) {
      process.stderr.write(`${terminal.noSongs(style, data)}\n`);
      continue;
    }
    const evaluation = await withBar(
      terminal.progress.composing,
      Math.min(limit, songs.length) * seeds,
      (update) => evaluateSongs(model, style, songs, { limit, seeds, temperature, training }, update),
    );
    evaluations.push(evaluation);
  }
  const json = jsonLine({ model: id, temperature, styles: evaluations });
  const markdown = songReport(evaluations, id);
  await writeFiles(out, { 'report.json': json, 'report.md': `${markdown}\n` });
  if (values.card !== undefined) await updateCard(values.card, cardSection, markdown);
  process.stdout.write(values.json ? json : `${markdown}\n`);
}

/** @throws UsageError naming a style that the network was not trained on */
function stylesIn(names: string): readonly TaughtStyle[] {
  if (names === 'all') return taughtStyles;
  return names.split(',').map((name) => {
    const style = taughtStyles.find((each) => each === name.trim());
    if (style === undefined)
      throw new UsageError(terminal.wrong.choice('style', [...taughtStyles, 'all'], name));
    return style;
  });
}
