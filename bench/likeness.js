/**
 * How alike the pieces of a radio are: composes as many as play in two hours, as the radio does, and compares each with
 * every other. Prints a table for each style, and exits with 1 if a piece is a copy of another. `npm run bench:likeness`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openMusicServices } from '../dist/compose/music-services.js';
import { english } from '../dist/i18n/en/english.js';
import { rollWordsIn } from '../dist/i18n/picture.js';
import { Random } from '../dist/model/random.js';
import { Programme } from '../dist/radio/programme.js';
import { figuresOf, mostShared, sharedOf } from '../dist/radio/resemblance.js';
import { quantile, sorted, Table } from './stage.js';

const { values } = parseArgs({
  options: {
    /** Styles of songs, and `piano`. */
    styles: { type: 'string', default: 'piano,pop,bossa,chorale' },
    pieces: { type: 'string', default: '55' },
    seed: { type: 'string', default: '1' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'likeness-'));
const music = await openMusicServices({
  ...{ dataFolder: folder, queueLimit: 10, words: rollWordsIn(english) },
});
const table = new Table(`${values.pieces} pieces of a radio, each compared with every other`);
for (const style of values.styles.split(',')) {
  const random = new Random(Number(values.seed));
  let composed = 0;
  const programme = new Programme({
    requests: music.requests,
    compose(request, options) {
      composed += 1;
      return music.composing.compose(request, options);
    },
    wishes: () => ({ seed: random.integer(), ...(style !== 'piano' && { genre: style }) }),
    ...{ server: '1', random: () => random.uniform(), now: () => 0 },
  });
  const all = [];
  for (let n = 0; n < Number(values.pieces); n++) {
    const { piece } = await programme.next(0, { roles: ['midi'] });
    programme.played(piece);
    all.push(figuresOf(piece));
  }
  const shares = sorted(
    all.flatMap((a, i) => all.flatMap((b, j) => (i === j ? [] : [100 * sharedOf(a, b)]))),
  );
  const shared = [0.5, 0.99, 1].map((part) => `${quantile(shares, part).toFixed(1)} %`).join(', ');
  table.row(`${style}: pieces composed for them`, composed);
  table.row(`${style}: figures of one in another, median, 99th percentile, most`, shared);
  const copies = shares.filter((each) => each > 100 * mostShared).length;
  table.row(`${style}: copies`, copies, 'none', copies === 0);
}
table.end();
await music.close();
rmSync(folder, { recursive: true });
process.exit();
