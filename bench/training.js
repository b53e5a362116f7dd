/**
 * Fine-tuning as a server does it. Prints, as JSON: `latency`: median times in ms to compose a piece of 300
 * notes, alone and while a training runs; `music`, given a folder of MIDI files: five of them for up to ten
 * epochs, in seconds.
 */
import { english } from '../dist/i18n/en/english.js';
import { curveWordsIn, rollWordsIn } from '../dist/i18n/picture.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMusicServices } from '../dist/compose/music-services.js';
import { openTrainings } from '../dist/training/open-trainings.js';
import { wanderingMelody } from './wandering-melody.js';

const [trainingFolder] = process.argv.slice(2);
const rounds = 9;
const dataFolder = await mkdtemp(join(tmpdir(), 'bench-'));
const music = await openMusicServices({
  dataFolder,
  queueLimit: 8,
  words: rollWordsIn(english),
});
const trainings = await openTrainings(
  { dataFolder, trainingFolder, curveWords: (model) => curveWordsIn(english, model) },
  music,
);

function begin(name, epochs, from) {
  return trainings.begin({
    ...{ server: '1', name, parent: 'lstm', epochs, rate: 0.001, memo: '' },
    music: from,
  });
}

async function composeMs() {
  const times = [];
  for (let seed = 0; seed <= rounds; seed++) {
    const start = performance.now();
    await music.composing.compose(music.requests.start({ notes: 300, seed, opening: 'bach-prelude' }));
    if (seed > 0) times.push(performance.now() - start); // the first is a warm-up
  }
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
}

const alone = await composeMs();
const files = [1, 2, 3, 4].map((seed) => ({ name: `${seed}.mid`, bytes: wanderingMelody(seed, 5000) }));
const training = await begin('beside', 100, { kind: 'files', files });
while (training.progress === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
const beside = await composeMs();
const stillTraining = trainings.current === training;
training.cancel();
await training.outcome;
if (!stillTraining) throw new Error('The training ended before the pieces did.');

let timed;
if (trainingFolder !== undefined) {
  const start = performance.now();
  const five = await begin('five', 10, { kind: 'folder', count: 5 });
  const { ended, model } = await five.outcome;
  const epochs = model.curve.at(-1).epoch;
  timed = { windows: five.trainingWindows, epochs, ended, seconds: (performance.now() - start) / 1000 };
}
console.log(JSON.stringify({ latency: { alone, beside }, music: timed }));
await trainings.close();
await music.close();
await rm(dataFolder, { recursive: true });
