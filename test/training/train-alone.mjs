/** A process that trains, in the data folder given first, on the MIDI files given after it, until it is killed. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { english } from '../../dist/i18n/en/english.js';
import { curveWordsIn, rollWordsIn } from '../../dist/i18n/picture.js';
import { openMusicServices } from '../../dist/compose/music-services.js';
import { openTrainings } from '../../dist/training/open-trainings.js';

const [dataFolder, ...paths] = process.argv.slice(2);
const music = await openMusicServices({ dataFolder, queueLimit: 4, words: rollWordsIn(english) });
const trainings = await openTrainings(
  { dataFolder, curveWords: (model) => curveWordsIn(english, model) },
  music,
);
const files = await Promise.all(
  paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
);
await trainings.begin({
  ...{ server: '1', name: 'mine', parent: 'lstm', epochs: 4, rate: 0.001, memo: 'a memo' },
  music: { kind: 'files', files },
});
