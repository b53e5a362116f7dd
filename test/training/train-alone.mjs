/** A process that trains, in the data folder given first, on the MIDI files given after it, until it is killed. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { english } from '../../dist/i18n/en/english.js';
import { pictureWordsIn } from '../../dist/i18n/picture.js';
import { createStudio } from '../../dist/studio/create.js';

const [dataFolder, ...paths] = process.argv.slice(2);
const studio = await createStudio({ dataFolder, queueLimit: 4, words: pictureWordsIn(english) });
const files = await Promise.all(
  paths.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
);
await studio.trainings.begin({
  ...{ server: '1', name: 'mine', parent: 'lstm', epochs: 4, rate: 0.001, memo: 'a memo' },
  music: { kind: 'files', files },
});
