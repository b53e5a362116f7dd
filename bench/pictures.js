/**
 * Draws the picture of a piece and that of a training repeatedly. Prints the minimum memory of the process in
 * the first and in the last third, in MiB: the pixels of a picture take nine or more, outside the heap, until
 * the thread that drew it frees them, which happens for some twenty at a time.
 */
import { english } from '../dist/i18n/en/english.js';
import { curveWordsIn, rollWordsIn } from '../dist/i18n/picture.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMusicServices } from '../dist/compose/music-services.js';
import { openTrainings } from '../dist/training/open-trainings.js';
import { wanderingMelody } from './wandering-melody.js';

const each = 90;
const dataFolder = await mkdtemp(join(tmpdir(), 'bench-'));
const music = await openMusicServices({ dataFolder, queueLimit: 8, words: rollWordsIn(english) });
const trainings = await openTrainings(
  { dataFolder, curveWords: (model) => curveWordsIn(english, model) },
  music,
);
const { outputs } = await music.composing.compose(music.requests.start({ notes: 100, seed: 1 }));
const [midi, audio] = outputs;
const written = { midi: midi.bytes, recorded: await music.reader.recorded(midi.bytes) };
const training = await trainings.begin({
  ...{ server: '1', name: 'own', parent: 'lstm', epochs: 1, rate: 0.001, memo: '' },
  music: {
    kind: 'files',
    files: [1, 2].map((seed) => ({ name: `${seed}.mid`, bytes: wanderingMelody(seed, 300) })),
  },
});
await training.outcome;
const piece = await memoryOver(() => music.restore(written, { kept: { '.ogg': audio.bytes } }));
const curve = await memoryOver(() => training.drawCurve(curveWordsIn(english, 'own')));
console.log(JSON.stringify({ each, piece, curve }));
await trainings.close();
await music.close();
await rm(dataFolder, { recursive: true });

async function memoryOver(draw) {
  const least = [Infinity, Infinity, Infinity];
  for (let n = 0; n < each; n++) {
    await draw();
    const third = Math.floor((3 * n) / each);
    least[third] = Math.min(least[third], process.memoryUsage.rss() / 2 ** 20);
  }
  return { first: least[0], last: least[2] };
}
