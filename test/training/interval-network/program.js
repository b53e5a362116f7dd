/** Trains the network as `/train` does, composes with what was trained, and prints what came of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomeMessage, progressMessage } from './dist/bot/training/training-message.js';
import { openMusicServices } from './dist/compose/music-services.js';
import { english } from './dist/i18n/en/english.js';
import { curveWordsIn, rollWordsIn } from './dist/i18n/picture.js';
import { heardNotes } from './dist/music/piece.js';
import { openTrainings } from './dist/training/open-trainings.js';

const [dataFolder, musicFolder] = process.argv.slice(2);
const music = await openMusicServices({ dataFolder, queueLimit: 8, words: rollWordsIn(english) });
const curveWords = (model) => curveWordsIn(english, model);
const trainings = await openTrainings({ dataFolder, trainingFolder: musicFolder, curveWords }, music);
const request = { server: '1', parent: 'intervals', memo: '' };
const files = (count) => ({ kind: 'folder', count });
const refusal = async (changes) =>
  trainings.begin({ ...request, name: 'no', music: files(2), ...changes }).then(
    () => 'accepted',
    ({ code, details }) => ({ code, details }),
  );

const tooFast = await refusal({ rate: 3 });
const tooLittle = await refusal({ music: files(1) });
const notTrainable = await refusal({ parent: 'transformer' });
const training = await trainings.begin({ ...request, name: 'mine', music: files(2) });
const outcome = await training.outcome;
const memo = { channel: '2', user: '3', parent: 'intervals', language: 'en' };
const notes = ({ composition }) => heardNotes(composition.piece).filter(({ isGiven }) => !isGiven);
const png = (bytes) => Buffer.from(bytes.subarray(1, 4)).toString();
const modelFolder = join(dataFolder, 'servers', '1', 'models', 'mine');
const curve = await training.drawCurve(curveWords('mine'));
process.stdout.write(
  JSON.stringify({
    tooFast,
    tooLittle,
    notTrainable,
    kind: training.kind,
    windows: [training.trainingWindows, training.validationWindows],
    progress: progressMessage(training, memo).content,
    outcome: outcomeMessage(training, memo, outcome).content,
    kept: { ...(await music.library.show('1', 'mine')), curve: undefined },
    curves: [png(curve), png(await readFile(join(modelFolder, 'curve.png')))],
    intervals: outcome.samples.map((sample) => {
      const [first, second] = notes(sample);
      return (second.pitch - first.pitch + 36) % 36;
    }),
  }),
);
await training.told();
await trainings.close();
await music.close();
